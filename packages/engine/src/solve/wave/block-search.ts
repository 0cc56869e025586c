// Decides which orders are planned anew together: blocks that contend for the same limits, around orders that could be cheaper.
// Each block is an exact program over its known plans of small reduced cost; all other orders stay as they are.
import { stepsAfter } from '../../base/cost-steps.ts';
import { type BlockRow, solveBlock } from './block-program.ts';
import type { CutBook } from './parity-cuts.ts';
import { type HighsRuntime, proposal } from './highs-runtime.ts';
import type { MasterAnswer } from './master-lp.ts';
import type { PlanPool } from './plan-pool.ts';
import { addStanding } from './pool-plans.ts';
import { MAX_TABLE_LINES, type WaveModel } from './wave-model.ts';
import { type PlanCopy, planCopy, type WaveState } from './wave-state.ts';

export interface BlockSearchInput {
  readonly model: WaveModel;
  readonly pool: PlanPool;
  readonly book: CutBook;
  /** What orders and limits are worth; an order costs at least its micros at the prices. */
  readonly master: Pick<MasterAnswer, 'prices' | 'cutPrices' | 'orderMicros'>;
  readonly highs: HighsRuntime;
  /** Plans whose reduced cost is above this many micros are left out. */
  readonly marginMicros: number;
  /** Known plans in one block at most, pass by pass. */
  readonly blockPlans: readonly number[];
  readonly maxWork: number;
  /** Asked after each block with the cost so far; ends the search when it answers true. */
  readonly shouldStop: (spent: number, costMicros: number) => boolean | Promise<boolean>;
}

const MAX_NODES = 100;
/** What an order or a limit costs more than prices ask for is worth a block from here on. */
const LEAST_EXCESS_MICROS = 100;
/** Table look-ups that take as long as building a block, and as an iteration on one. */
const BLOCK_WORK = 20_000;
const ITERATION_WORK = 40;

/** Improves the state in place; returns the work done. */
export function searchBlocks(state: WaveState, input: BlockSearchInput): Promise<number> {
  return new BlockSearch(state, input).run();
}

class BlockSearch {
  readonly #state: WaveState;
  readonly #input: BlockSearchInput;
  /** By order: its plan in the pool. */
  readonly #now: Int32Array;
  /** By plan. */
  readonly #reduced: Float64Array;
  /** By order: plans within the margin. */
  readonly #kept: readonly number[][];
  /** By resource: orders with a kept plan that uses it. */
  readonly #users: readonly number[][];
  /** By cut: what plans count now. */
  readonly #counted: Float64Array;
  readonly #copy: PlanCopy = planCopy(1);
  /** Blocks as they were left: nothing better is in them. */
  readonly #settled = new Set<string>();
  #spent = 0;

  constructor(state: WaveState, input: BlockSearchInput) {
    const { pool, model, book, marginMicros } = input;
    this.#state = state;
    this.#input = input;
    this.#now = Int32Array.from(model.views.keys(), (order) => addStanding(pool, state, order));
    this.#reduced = reducedCosts(input);
    this.#kept = model.views.map(() => []);
    this.#users = model.resources.map(() => []);
    this.#counted = new Float64Array(book.cuts.length);
    const kept = (plan: number): boolean =>
      this.#reduced[plan]! <= marginMicros || this.#now[pool.order[plan]!] === plan;
    for (let order = 0; order < this.#now.length; order++) {
      for (const plan of pool.plansOf(order)) if (kept(plan)) this.#keep(order, plan);
      book.countPlan(pool, this.#now[order]!, (cut, times) => (this.#counted[cut]! += times));
    }
  }

  async run(): Promise<number> {
    const { model, blockPlans, maxWork, shouldStop } = this.#input;
    for (const most of blockPlans) {
      const done = new Uint8Array(model.views.length);
      for (const seed of this.#seeds()) {
        if (done[seed] === 1) continue;
        if (this.#spent >= maxWork || (await shouldStop(this.#spent, this.#state.totalMicros()))) return this.#spent;
        const block = this.#blockAround(seed, most);
        for (const order of block) done[order] = 1;
        this.#solve(block);
      }
    }
    return this.#spent;
  }

  #keep(order: number, plan: number): void {
    const { pool } = this.#input;
    this.#kept[order]!.push(plan);
    for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++) {
      const users = this.#users[pool.resource[at]!]!;
      if (users.at(-1) !== order) users.push(order);
    }
  }

  /** Orders that cost more than prices ask for, or could use what prices do not want left; the most first. */
  #seeds(): number[] {
    const { model, master } = this.#input;
    const excess = Float64Array.from(this.#now, (plan) => this.#reduced[plan]!);
    for (const [resource, users] of this.#users.entries()) {
      const wasted = master.prices[resource]! * this.#state.left[resource]!;
      if (wasted > 0) for (const order of users) excess[order]! += wasted;
    }
    return [...model.views.keys()]
      .filter((order) => excess[order]! > LEAST_EXCESS_MICROS && this.#kept[order]!.length > 1)
      .sort((a, b) => excess[b]! - excess[a]! || a - b);
  }

  /** Orders reached from the seed through limits that kept plans could break, nearest first. */
  #blockAround(seed: number, most: number): number[] {
    const { pool, master } = this.#input;
    const block = [seed];
    const seen = new Set(block);
    let plans = this.#kept[seed]!.length;
    for (let at = 0; at < block.length && plans < most; at++) {
      for (const plan of this.#kept[block[at]!]!) {
        for (let use = pool.useStart[plan]!; use < pool.useStart[plan + 1]!; use++) {
          const resource = pool.resource[use]!;
          if (this.#state.left[resource]! >= 1 && master.prices[resource] === 0) continue;
          for (const order of this.#users[resource]!) {
            if (seen.has(order) || this.#kept[order]!.length < 2 || plans >= most) continue;
            seen.add(order);
            block.push(order);
            plans += this.#kept[order]!.length;
          }
        }
      }
    }
    return block.sort((a, b) => a - b);
  }

  #solve(block: readonly number[]): void {
    const { pool, highs } = this.#input;
    if (this.#settled.has(this.#keyOf(block))) return;
    const columns = block.flatMap((order) => this.#kept[order]!);
    const group = block.flatMap((order, position) => this.#kept[order]!.map(() => position));
    const columnOf = new Map(columns.map((plan, column) => [plan, column]));
    const start = block.map((order) => columnOf.get(this.#now[order]!)!);
    const micros = columns.map((plan) => pool.micros[plan]!);
    const rows = this.#rowsOf(columns, group, start);
    const program = { group, groups: block.length, micros, rows, start };
    const answer = proposal(() => solveBlock(highs, program, MAX_NODES));
    this.#spent += BLOCK_WORK + (answer?.iterations ?? 0) * ITERATION_WORK;
    const plans = answer?.columns?.map((column) => columns[column]!);
    if (plans) this.#take(block, plans);
    this.#settled.add(this.#keyOf(block));
  }

  #keyOf(block: readonly number[]): string {
    return block.map((order) => this.#now[order]!).join(' ');
  }

  /** Resources and cuts that the columns could break; what the block holds now is there again. */
  #rowsOf(columns: readonly number[], group: readonly number[], start: readonly number[]): BlockRow[] {
    const { model, pool, book, master } = this.#input;
    const limits = new Map<number, Limit>();
    const cuts = new Map<number, Limit>();
    const stands = new Set(start);
    for (const [column, plan] of columns.entries()) {
      for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++) {
        limitAt(limits, pool.resource[at]!).use(column, group[column]!, pool.units[at]!, stands.has(column));
      }
      book.countPlan(pool, plan, (cut, times) => {
        if ((master.cutPrices[cut] ?? 0) > 0) limitAt(cuts, cut).use(column, group[column]!, times, stands.has(column));
      });
    }
    const rows: BlockRow[] = [];
    for (const [resource, limit] of limits) limit.addTo(rows, this.#state.left[resource]!, model, resource);
    for (const [cut, limit] of cuts) limit.addTo(rows, book.cuts[cut]!.most - this.#counted[cut]!, model);
    return rows;
  }

  /** Takes the plans if they are cheaper and all there, by our own count; else leaves everything as it was. */
  #take(block: readonly number[], plans: readonly number[]): void {
    const before = block.map((order) => this.#now[order]!);
    const costMicros = this.#state.totalMicros();
    for (const [at, order] of block.entries()) this.#place(order, plans[at]!);
    const fits = this.#state.left.every((units) => units >= 0);
    if (fits && this.#state.totalMicros() < costMicros) return;
    for (const [at, order] of block.entries()) this.#place(order, before[at]!);
  }

  #place(order: number, plan: number): void {
    const { pool, book } = this.#input;
    if (this.#now[order] === plan) return;
    book.countPlan(pool, this.#now[order]!, (cut, times) => (this.#counted[cut]! -= times));
    book.countPlan(pool, plan, (cut, times) => (this.#counted[cut]! += times));
    const first = pool.partStart[plan]!;
    const parts = pool.partStart[plan + 1]! - first;
    this.#copy.large[0] = pool.large[plan]!;
    this.#copy.parts[0] = parts;
    this.#copy.micros[0] = pool.micros[plan]!;
    for (let part = 0; part < Math.min(parts, MAX_TABLE_LINES); part++) {
      this.#copy.source[part] = pool.source[first + part]!;
      this.#copy.mask[part] = pool.mask[first + part]!;
    }
    this.#state.restore(order, this.#copy, 0);
    this.#now[order] = plan;
  }
}

/** One limit of a block while its row is gathered. */
class Limit {
  readonly #columns: number[] = [];
  readonly #values: number[] = [];
  #most = 0;
  #own = 0;
  #group = -1;
  #groupMost = 0;

  /** Columns come group by group. */
  use(column: number, group: number, units: number, stands: boolean): void {
    this.#columns.push(column);
    this.#values.push(units);
    if (stands) this.#own += units;
    if (group !== this.#group) [this.#group, this.#groupMost] = [group, 0];
    if (units > this.#groupMost) {
      this.#most += units - this.#groupMost;
      this.#groupMost = units;
    }
  }

  /** `left` is there besides what the block holds now; `resource` is none for a cut. */
  addTo(rows: BlockRow[], left: number, { steps, supply }: WaveModel, resource?: number): void {
    const most = left + this.#own;
    const row = { most, columns: this.#columns, values: this.#values };
    const own = resource === undefined ? undefined : steps[resource];
    if (own) rows.push({ ...row, steps: stepsAfter(own, supply[resource!]! - most) });
    else if (this.#most > most) rows.push(row);
  }
}

function limitAt(limits: Map<number, Limit>, key: number): Limit {
  let limit = limits.get(key);
  if (!limit) limits.set(key, (limit = new Limit()));
  return limit;
}

/** What each plan costs more than prices say its order may. */
function reducedCosts({ pool, book, master }: BlockSearchInput): Float64Array {
  const reduced = new Float64Array(pool.size);
  for (let plan = 0; plan < pool.size; plan++) {
    let micros = pool.micros[plan]! - master.orderMicros[pool.order[plan]!]!;
    for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++) {
      micros += master.prices[pool.resource[at]!]! * pool.units[at]!;
    }
    book.countPlan(pool, plan, (cut, times) => (micros += (master.cutPrices[cut] ?? 0) * times));
    reduced[plan] = micros;
  }
  return reduced;
}
