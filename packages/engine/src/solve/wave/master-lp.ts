// Decides the best mix of known plans, each order one in all, under limits and cuts: a linear program that HiGHS keeps and solves again.
// Its duals are prices to try; leaves proving anything with them to cut-oracle.ts.
import type { CutBook } from './parity-cuts.ts';
import type { PlanPool } from './plan-pool.ts';
import type { HighsModel, HighsRuntime } from './highs-runtime.ts';
import type { WaveModel } from './wave-model.ts';

export interface MasterAnswer {
  /** Micros of the mix. */
  readonly micros: number;
  /** By plan of the pool. */
  readonly share: Float64Array;
  /** By order; 0 for orders without rows. */
  readonly orderMicros: Float64Array;
  /** By resource, at least 0; 0 for those without a row, which no known plans can exhaust or which have no price. */
  readonly prices: Float64Array;
  /** By cut, at least 0. */
  readonly cutPrices: Float64Array;
  readonly iterations: number;
  readonly rows: number;
}

export interface MasterLimits {
  readonly model: WaveModel;
  /** By resource: what orders without tables use of it; their plans stand. */
  readonly taken: Float64Array;
}

/** HiGHS sees currency, not micros: its tolerances are absolute. */
export const MICROS = 1e6;
const NONE = -1;

export class MasterLp {
  readonly #highs: HighsRuntime;
  readonly #model: HighsModel;
  readonly #pool: PlanPool;
  readonly #book: CutBook;
  readonly #limits: MasterLimits;
  readonly #rowOfOrder: Int32Array;
  readonly #rowOfResource: Int32Array;
  readonly #rowOfCut: number[] = [];
  /** By resource: what known plans can use of it at most, each order by its hungriest; and the plans that use it. */
  readonly #most: Float64Array;
  readonly #mostOf = new Map<number, number>();
  readonly #plansOf: number[][];
  readonly #columnOfPlan: number[] = [];
  #rows = 0;
  #columns = 0;

  constructor(highs: HighsRuntime, pool: PlanPool, book: CutBook, limits: MasterLimits) {
    const { tabled, supply } = limits.model;
    this.#highs = highs;
    this.#pool = pool;
    this.#book = book;
    this.#limits = limits;
    this.#rowOfOrder = Int32Array.from(tabled, (held) => (held === 1 ? this.#rows++ : NONE));
    this.#rowOfResource = new Int32Array(supply.length).fill(NONE);
    this.#most = new Float64Array(supply.length);
    this.#plansOf = Array.from({ length: supply.length }, () => []);
    this.#model = highs.createModel();
    this.#model.options.set({ output_flag: false, random_seed: 0 });
    const ones = new Float64Array(this.#rows).fill(1);
    this.#model.addRows({ lower: ones, upper: ones, matrix: emptyRows(this.#rows) });
  }

  dispose(): void {
    this.#model.dispose();
  }

  /** Takes in what pool and book have gained; null where HiGHS finds no optimum within the iterations. */
  solve(maxIterations: number): MasterAnswer | null {
    const fresh = this.#columnOfPlan.length;
    const contested = this.#register();
    this.#addPlans(fresh);
    this.#addRows(contested);
    this.#model.options.set({ simplex_iteration_limit: maxIterations });
    this.#model.run();
    return this.#model.getModelStatus() === this.#highs.constants.modelStatus.optimal ? this.#read() : null;
  }

  #read(): MasterAnswer {
    const { colValue, rowDual } = this.#model.getSolution();
    const priceAt = (row: number): number => (row === NONE ? 0 : Math.max(0, -rowDual[row]! * MICROS));
    return {
      micros: this.#model.getObjectiveValue() * MICROS,
      share: Float64Array.from(this.#columnOfPlan, (column) => colValue[column]!),
      orderMicros: Float64Array.from(this.#rowOfOrder, (row) => (row === NONE ? 0 : rowDual[row]! * MICROS)),
      prices: Float64Array.from(this.#rowOfResource, priceAt),
      cutPrices: Float64Array.from(this.#rowOfCut, priceAt),
      iterations: Number(this.#model.info.get('simplex_iteration_count')),
      rows: this.#rows,
    };
  }

  /** Counts in the plans that are new; answers with resources that can run out, or cost more with use, from now on. */
  #register(): number[] {
    const { order, resource, units, useStart } = this.#pool;
    const { priced, supply, steps } = this.#limits.model;
    const contested = new Set<number>();
    for (let plan = this.#columnOfPlan.length; plan < this.#pool.size; plan++) {
      this.#columnOfPlan.push(NONE);
      for (let at = useStart[plan]!; at < useStart[plan + 1]!; at++) {
        const used = resource[at]!;
        this.#plansOf[used]!.push(plan);
        const key = order[plan]! * supply.length + used;
        const before = this.#mostOf.get(key) ?? 0;
        if (units[at]! <= before) continue;
        this.#mostOf.set(key, units[at]!);
        this.#most[used]! += units[at]! - before;
        const bound = steps[used] !== undefined || this.#most[used]! + this.#limits.taken[used]! > supply[used]!;
        if (bound && this.#rowOfResource[used] === NONE && priced[used] === 1) contested.add(used);
      }
    }
    return [...contested].sort((a, b) => a - b);
  }

  #addPlans(first: number): void {
    const { order, micros, resource, units, useStart } = this.#pool;
    const count = this.#columnOfPlan.length - first;
    if (count === 0) return;
    const columns = new Packed();
    for (let plan = first; plan < this.#columnOfPlan.length; plan++) {
      this.#columnOfPlan[plan] = this.#columns++;
      columns.put(this.#rowOfOrder[order[plan]!]!, 1);
      for (let at = useStart[plan]!; at < useStart[plan + 1]!; at++) {
        const row = this.#rowOfResource[resource[at]!]!;
        if (row !== NONE) columns.put(row, units[at]!);
      }
      this.#book.countPlan(this.#pool, plan, (cut, times) => {
        if (cut < this.#rowOfCut.length) columns.put(this.#rowOfCut[cut]!, times);
      });
      columns.end();
    }
    this.#model.addCols({
      cost: Float64Array.from(micros.slice(first), (amount) => amount / MICROS),
      lower: new Float64Array(count),
      upper: new Float64Array(count).fill(this.#highs.infinity),
      matrix: { format: 'csc', numRows: this.#rows, numCols: count, ...columns.arrays() },
    });
  }

  #addRows(contested: readonly number[]): void {
    const { supply, steps } = this.#limits.model;
    const upper: number[] = [];
    const rows = new Packed();
    for (const resource of contested) {
      this.#rowOfResource[resource] = this.#rows++;
      upper.push((steps[resource] ? 0 : supply[resource]!) - this.#limits.taken[resource]!);
      for (const plan of this.#plansOf[resource]!) rows.put(this.#columnOfPlan[plan]!, this.#unitsOf(plan, resource));
      rows.end();
    }
    this.#addCuts(rows, upper);
    if (upper.length === 0) return;
    const lower = new Float64Array(upper.length).fill(-this.#highs.infinity);
    const matrix = { format: 'csr' as const, numRows: upper.length, numCols: this.#columns, ...rows.arrays() };
    this.#model.addRows({ lower, upper: Float64Array.from(upper), matrix });
    for (const resource of contested) this.#addSteps(resource);
  }

  /** Room on a resource whose cost rises is bought step by step. */
  #addSteps(resource: number): void {
    let left = this.#limits.model.supply[resource]!;
    const entries = { indices: Int32Array.of(this.#rowOfResource[resource]!), values: Float64Array.of(-1) };
    for (const { units, perUnitMicros } of this.#limits.model.steps[resource] ?? []) {
      if (left <= 0) break;
      this.#model.addCol(perUnitMicros / MICROS, 0, Math.min(units, left), entries);
      this.#columns += 1;
      left -= units;
    }
  }

  #addCuts(rows: Packed, upper: number[]): void {
    const first = this.#rowOfCut.length;
    const { cuts } = this.#book;
    const entries: { plan: number; times: number }[][] = cuts.slice(first).map(() => []);
    if (entries.length === 0) return;
    const orders = new Set<number>();
    for (const [order, own] of this.#book.ofOrder.entries()) if ((own.at(-1) ?? -1) >= first) orders.add(order);
    for (const order of orders) {
      for (const plan of this.#pool.plansOf(order)) {
        this.#book.countPlan(this.#pool, plan, (cut, times) => {
          if (cut >= first) entries[cut - first]!.push({ plan, times });
        });
      }
    }
    for (const [position, own] of entries.entries()) {
      this.#rowOfCut.push(this.#rows++);
      upper.push(cuts[first + position]!.most);
      for (const { plan, times } of own) rows.put(this.#columnOfPlan[plan]!, times);
      rows.end();
    }
  }

  #unitsOf(plan: number, resource: number): number {
    const { useStart, resource: used, units } = this.#pool;
    for (let at = useStart[plan]!; at < useStart[plan + 1]!; at++) if (used[at] === resource) return units[at]!;
    return 0;
  }
}

/** Rows or columns one after another. */
export class Packed {
  readonly #starts: number[] = [0];
  readonly #indices: number[] = [];
  readonly #values: number[] = [];

  put(index: number, value: number): void {
    this.#indices.push(index);
    this.#values.push(value);
  }

  end(): void {
    this.#starts.push(this.#indices.length);
  }

  arrays(): { starts: Int32Array; indices: Int32Array; values: Float64Array } {
    return {
      starts: Int32Array.from(this.#starts),
      indices: Int32Array.from(this.#indices),
      values: Float64Array.from(this.#values),
    };
  }
}

function emptyRows(count: number) {
  const none = new Int32Array(0);
  const starts = new Int32Array(count + 1);
  return { format: 'csr' as const, numRows: count, numCols: 0, starts, indices: none, values: new Float64Array(0) };
}
