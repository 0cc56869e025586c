// Decides which parity cuts a fractional mix of plans breaks: sets of limits with an odd sum whose slack and odd plans weigh less than 1.
// Searched depth first from every limit that a fractional plan meets: the heaviest odd plan is evened out by one more of its limits.
import { type CutBook, type ParityCut, parityCut } from './parity-cuts.ts';
import type { PlanPool } from './plan-pool.ts';
import type { WaveModel } from './wave-model.ts';

export interface SeparationLimits {
  /** Limits in one cut at most. */
  readonly maxLimits: number;
  /** Sets looked at from each start. */
  readonly maxSets: number;
  /** Cuts of one answer that may share a limit. */
  readonly maxShared: number;
}

export interface Separation {
  /** Most broken first, new to the book. */
  readonly cuts: readonly ParityCut[];
  /** Sets looked at. */
  readonly work: number;
}

const ZERO = 1e-6;
/** A cut is broken by (1 - weight) ÷ 2. */
const MOST_WEIGHT = 0.95;

/** `share` is by plan of the pool; `supply` what tabled orders have of each resource. Cuts found go into the book. */
export function separateParity(
  model: WaveModel,
  pool: PlanPool,
  share: ArrayLike<number>,
  supply: Float64Array,
  book: CutBook,
  limits: SeparationLimits,
): Separation {
  const support = new Support(model, pool, share, supply);
  const search = new ParitySearch(support, limits);
  for (const seed of support.seeds) search.from(seed);
  const found = search.found.sort((a, b) => a.weight - b.weight || a.limits.length - b.limits.length);
  const shared = new Map<number, number>();
  const cuts: ParityCut[] = [];
  for (const { limits: chosen } of found) {
    if (chosen.some((limit) => (shared.get(limit) ?? 0) >= limits.maxShared)) continue;
    const cut = support.cutOf(chosen);
    if (!book.add(cut)) continue;
    for (const limit of chosen) shared.set(limit, (shared.get(limit) ?? 0) + 1);
    cuts.push(cut);
  }
  return { cuts, work: search.work };
}

/** Plans with a share, and their limits: resources by number, after them one for each order. */
class Support {
  readonly seeds: readonly number[];
  readonly share: number[] = [];
  /** By plan of the support: limits it uses an odd number of. */
  readonly oddLimits: number[][] = [];
  /** By limit: plans of the support that use an odd number of it. */
  readonly oddPlans: readonly number[][];
  readonly slack: Float64Array;
  /** By limit: 1 where its supply is odd. */
  readonly odd: Uint8Array;
  readonly #model: WaveModel;

  constructor(model: WaveModel, pool: PlanPool, share: ArrayLike<number>, supply: Float64Array) {
    const resources = supply.length;
    const limits = resources + model.views.length;
    this.#model = model;
    this.slack = new Float64Array(limits);
    this.slack.set(supply);
    this.odd = new Uint8Array(limits).fill(1, resources);
    for (let resource = 0; resource < resources; resource++) this.odd[resource] = supply[resource]! % 2 === 1 ? 1 : 0;
    this.oddPlans = Array.from({ length: limits }, () => []);
    const seeds = new Set<number>();
    for (let plan = 0; plan < pool.size; plan++) {
      if (share[plan]! > ZERO) this.#add(pool, plan, share[plan]!, seeds);
    }
    for (let resource = 0; resource < resources; resource++) {
      // Where half of a price would be charged for nothing, or a use is not in whole units, no cut is made.
      const cuttable = model.priced[resource] === 1 && Number.isInteger(supply[resource]);
      if (!cuttable) this.slack[resource] = Infinity;
      else if (this.slack[resource]! < 0) this.slack[resource] = 0;
    }
    this.seeds = [...seeds].filter((limit) => this.slack[limit]! < MOST_WEIGHT).sort((a, b) => a - b);
  }

  cutOf(limits: readonly number[]): ParityCut {
    const resources = this.#model.supply.length;
    const orders = limits.filter((limit) => limit >= resources).map((limit) => limit - resources);
    return parityCut(
      this.#model,
      limits.filter((limit) => limit < resources),
      orders,
    );
  }

  #add(pool: PlanPool, plan: number, share: number, seeds: Set<number>): void {
    const position = this.share.push(share) - 1;
    const own = [this.#model.supply.length + pool.order[plan]!];
    for (let at = pool.useStart[plan]!; at < pool.useStart[plan + 1]!; at++) {
      const resource = pool.resource[at]!;
      this.slack[resource]! -= share * pool.units[at]!;
      if (pool.units[at]! % 2 === 1) own.push(resource);
      if (share < 1 - ZERO) seeds.add(resource);
    }
    for (const limit of own) this.oddPlans[limit]!.push(position);
    this.oddLimits.push(own);
    if (share < 1 - ZERO) seeds.add(own[0]!);
  }
}

interface Found {
  readonly limits: readonly number[];
  readonly weight: number;
}

class ParitySearch {
  readonly found: Found[] = [];
  work = 0;
  readonly #support: Support;
  readonly #limits: SeparationLimits;
  readonly #chosen: number[] = [];
  readonly #isChosen: Uint8Array;
  readonly #isOdd: Uint8Array;
  readonly #oddPlans: number[] = [];
  readonly #seen = new Set<string>();
  #oddShare = 0;
  #slack = 0;
  #parity = 0;
  #sets = 0;

  constructor(support: Support, limits: SeparationLimits) {
    this.#support = support;
    this.#limits = limits;
    this.#isChosen = new Uint8Array(support.slack.length);
    this.#isOdd = new Uint8Array(support.share.length);
  }

  from(seed: number): void {
    this.#sets = 0;
    this.#oddPlans.length = 0;
    this.#slack = 0;
    this.#oddShare = 0;
    this.#grow(seed);
    this.work += this.#sets;
  }

  #grow(limit: number): void {
    this.#toggle(limit, 1);
    this.#sets += 1;
    this.#keep();
    const heaviest = this.#chosen.length < this.#limits.maxLimits ? this.#heaviest() : -1;
    if (heaviest >= 0) {
      for (const next of this.#support.oddLimits[heaviest]!) {
        if (this.#isChosen[next] === 1 || this.#slack + this.#support.slack[next]! >= MOST_WEIGHT) continue;
        if (this.#sets >= this.#limits.maxSets) break;
        this.#grow(next);
      }
    }
    this.#toggle(limit, -1);
  }

  #keep(): void {
    const weight = this.#slack + this.#oddShare;
    if (this.#parity === 0 || weight >= MOST_WEIGHT) return;
    const limits = [...this.#chosen].sort((a, b) => a - b);
    const key = limits.join(' ');
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.found.push({ limits, weight });
  }

  #toggle(limit: number, sign: 1 | -1): void {
    const { slack, odd, oddPlans, share } = this.#support;
    this.#isChosen[limit] = sign === 1 ? 1 : 0;
    if (sign === 1) this.#chosen.push(limit);
    else this.#chosen.pop();
    this.#slack += sign * slack[limit]!;
    this.#parity ^= odd[limit]!;
    for (const plan of oddPlans[limit]!) {
      if (this.#isOdd[plan] === 1) {
        this.#isOdd[plan] = 0;
        this.#oddShare -= share[plan]!;
        this.#oddPlans.splice(this.#oddPlans.indexOf(plan), 1);
      } else {
        this.#isOdd[plan] = 1;
        this.#oddShare += share[plan]!;
        this.#oddPlans.push(plan);
      }
    }
  }

  #heaviest(): number {
    let heaviest = -1;
    let most = ZERO;
    for (const plan of this.#oddPlans) {
      const share = this.#support.share[plan]!;
      if (share > most || (share === most && plan < heaviest)) [heaviest, most] = [plan, share];
    }
    return heaviest;
  }
}
