// Decides how cheap a large order can be at given prices, by dual ascent (Erlenkotter 1978) on its facility-location relaxation,
// and which sources the ascent points to. Leaves exact plans to the order solver.
import { type Basket, fitSlopes } from './basket.ts';
import { PlanMemory } from './plan-memory.ts';
import type { EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE } from './resource-index.ts';
import type { WaveModel } from './wave-model.ts';

/** Micros below which a source's slack counts as used up. */
const EXHAUSTED = 1e-6;
/** Share of a line below which nothing is left of it. */
const NO_SHARE = 1e-9;
/** Days of one node are weighed together up to this many. */
const MOST_DAYS = 4;
/** Solves between two fittings of the slopes. */
const FIT_EVERY = 16;

/** One order under changing prices. Ranks of sources are kept from call to call, for they change little. */
export class BasketAscent {
  readonly basket: Basket;
  /** Plans that the order has had. */
  readonly memory = new PlanMemory();
  /** By cell: units of the last plan. */
  readonly taken: Float64Array;
  /** By cell: micros of the line's goods there at the last prices, were it taken whole; Infinity where it is not all there. */
  readonly goods: Float64Array;
  /** By source: micros that the last prices add to a shipment. */
  readonly added: Float64Array;
  readonly #model: WaveModel;
  readonly #level: Float64Array;
  readonly #share: Float64Array;
  /** Cells of each line by rising level. */
  readonly #ranked: Int32Array;
  readonly #unitPrice: Float64Array;
  readonly #fixed: Float64Array;
  readonly #slack: Float64Array;
  readonly #reduced: Float64Array;
  readonly #value: Float64Array;
  readonly #active: Int32Array;
  readonly #nodeShare: Float64Array;
  readonly #isOpen: Uint8Array;
  readonly #open: number[] = [];
  readonly #nothing: number;
  #untouched = false;
  #solves = 0;

  constructor(model: WaveModel, basket: Basket) {
    const { lineCount: n, sourceCount: m } = basket;
    const cells = basket.sourceOf.length;
    this.basket = basket;
    this.taken = new Float64Array(cells);
    this.goods = new Float64Array(cells);
    this.added = new Float64Array(m);
    this.#model = model;
    this.#level = new Float64Array(cells);
    this.#share = new Float64Array(cells);
    this.#ranked = Int32Array.from({ length: cells }, (_, cell) => cell);
    this.#unitPrice = new Float64Array(m);
    this.#fixed = new Float64Array(m);
    this.#slack = new Float64Array(m);
    this.#reduced = new Float64Array(m);
    this.#value = new Float64Array(n);
    this.#active = new Int32Array(n);
    this.#nodeShare = new Float64Array(basket.nodeCount);
    this.#isOpen = new Uint8Array(m);
    this.#nothing = basket.penalty.reduce((sum, micros) => sum + micros, 0);
  }

  /**
   * Micros that no plan of the order goes below at these prices; `taken` is a plan near it. With `left` only what is still there
   * may be taken, a line that a source has whole is not split, and no bound is worked out; `rising` is what the next unit of each
   * resource costs by itself, in place of a lower price.
   */
  solve(prices: EffectivePrices, left: Float64Array | null = null, rising?: Float64Array): number {
    if (left === null && this.#solves++ % FIT_EVERY === 1) fitSlopes(this.basket, this.#value, this.#level);
    if (left !== null) this.#supplyLeft(left);
    else if (!this.#untouched) this.#supplyAll();
    this.#price(prices, rising);
    this.#ascend();
    const { splitMicros } = this.basket.problem;
    const micros = left === null ? Math.max(0, Math.min(this.#nothing, this.#bound() - splitMicros - 1)) : 0;
    this.#plan();
    return micros;
  }

  /** Units the source can handle out of what is left. */
  unitsLeft(j: number, left: Float64Array): number {
    const unit = this.#model.unitResource[this.basket.firstSource + j]!;
    const { unitsLeft } = this.basket.problem.sources[j]!;
    return unit === NO_RESOURCE ? unitsLeft : Math.min(unitsLeft, left[unit]!);
  }

  #supplyAll(): void {
    const { lineCount: n, cellStart, units, quantity } = this.basket;
    for (let i = 0; i < n; i++) {
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) this.#share[cell] = units[cell]! / quantity[i]!;
    }
    this.#untouched = true;
  }

  /** What each source still has of each line, as a share of its quantity. */
  #supplyLeft(left: Float64Array): void {
    const { lineCount: n, cellStart, quantity, sourceOf, problem } = this.basket;
    const room = this.#reduced;
    for (let j = 0; j < this.basket.sourceCount; j++) {
      const shipment = this.#model.shipmentResource[this.basket.firstSource + j]!;
      room[j] = shipment !== NO_RESOURCE && left[shipment]! < 1 ? 0 : this.unitsLeft(j, left);
    }
    for (let i = 0; i < n; i++) {
      let whole = !problem.splitQuantity;
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
        const there = Math.min(room[sourceOf[cell]!]!, this.#stillThere(cell, left));
        this.#share[cell] = there / quantity[i]!;
        whole ||= there === quantity[i];
      }
      if (!whole) continue;
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
        if (this.#share[cell]! < 1) this.#share[cell] = 0;
      }
    }
    this.#untouched = false;
  }

  #stillThere(cell: number, left: Float64Array): number {
    const { next } = this.#model;
    let there = this.basket.units[cell]!;
    for (let at = this.basket.stockOf[cell]!; at !== NO_RESOURCE; at = next[at]!)
      if (left[at]! < there) there = left[at]!;
    return there;
  }

  #price({ ofResource }: EffectivePrices, rising: Float64Array | undefined): void {
    const priceOf = (resource: number): number => {
      if (resource === NO_RESOURCE) return 0;
      return rising === undefined ? ofResource[resource]! : Math.max(rising[resource]!, ofResource[resource]!);
    };
    const { lineCount: n, sourceCount: m, firstSource, quantity, weight, slope, fixed } = this.basket;
    const { cellStart, sourceOf, stockOf, lineMicros, goodsMicros } = this.basket;
    const { shipmentResource, unitResource } = this.#model;
    for (let j = 0; j < m; j++) {
      this.added[j] = priceOf(shipmentResource[firstSource + j]!);
      this.#unitPrice[j] = priceOf(unitResource[firstSource + j]!);
      this.#fixed[j] = fixed[j]! + this.added[j]!;
    }
    for (let i = 0; i < n; i++) {
      const count = quantity[i]!;
      const heavy = weight[i]!;
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
        const share = this.#share[cell]!;
        if (share === 0) {
          this.#level[cell] = this.goods[cell] = Infinity;
          continue;
        }
        const j = sourceOf[cell]!;
        const price = this.#unitPrice[j]! + priceOf(stockOf[cell]!);
        const goods = lineMicros[cell]! / share + goodsMicros[cell]! + price * count;
        this.goods[cell] = share === 1 ? goods : Infinity;
        this.#level[cell] = goods + slope[j]! * heavy;
      }
      this.#rank(cellStart[i]!, cellStart[i + 1]!);
    }
  }

  /** Insertion sort: nearly sorted from the last call. */
  #rank(start: number, end: number): void {
    const level = this.#level;
    const ranked = this.#ranked;
    for (let k = start + 1; k < end; k++) {
      const cell = ranked[k]!;
      const own = level[cell]!;
      let at = k - 1;
      while (at >= start && level[ranked[at]!]! > own) {
        ranked[at + 1] = ranked[at]!;
        at -= 1;
      }
      ranked[at + 1] = cell;
    }
  }

  #ascend(): void {
    const { lineCount: n, sourceCount: m, penalty, cellStart } = this.basket;
    for (let j = 0; j < m; j++) this.#slack[j] = Math.max(0, this.#fixed[j]!);
    let active = 0;
    for (let i = 0; i < n; i++) {
      const start = cellStart[i]!;
      const first = start === cellStart[i + 1] ? Infinity : this.#level[this.#ranked[start]!]!;
      this.#value[i] = Math.min(penalty[i]!, first);
      if (first < penalty[i]!) this.#active[active++] = i;
    }
    while (active > 0) {
      let kept = 0;
      for (let at = 0; at < active; at++) {
        if (this.#raise(this.#active[at]!)) this.#active[kept++] = this.#active[at]!;
      }
      active = kept;
    }
  }

  /** Raises a line to the next level, or until a source is used up. Returns whether it may rise further. */
  #raise(i: number): boolean {
    const { sourceOf, nodeOf, cellStart } = this.basket;
    const start = cellStart[i]!;
    const end = cellStart[i + 1]!;
    const now = this.#value[i]!;
    const nodeShare = this.#nodeShare;
    const ranked = this.#ranked;
    let room = Infinity;
    let counted = 0;
    let k = start;
    for (; k < end; k++) {
      const cell = ranked[k]!;
      if (this.#level[cell]! > now) break;
      const j = sourceOf[cell]!;
      const share = this.#share[cell]!;
      if (this.#slack[j]! > EXHAUSTED) {
        const most = this.#slack[j]! / share;
        if (most < room) room = most;
      } else if (share > nodeShare[nodeOf[j]!]!) {
        counted += share - nodeShare[nodeOf[j]!]!;
        nodeShare[nodeOf[j]!] = share;
      }
    }
    if (counted > 0) for (let back = start; back < k; back++) nodeShare[nodeOf[sourceOf[ranked[back]!]!]!] = 0;
    if (counted >= 1 - NO_SHARE) return false;
    const penalty = this.basket.penalty[i]!;
    const next = k < end ? Math.min(penalty, this.#level[ranked[k]!]!) : penalty;
    const step = Math.min(next - now, room);
    for (let back = start; back < k; back++) {
      const j = sourceOf[ranked[back]!]!;
      if (this.#slack[j]! > EXHAUSTED) this.#slack[j]! -= step * this.#share[ranked[back]!]!;
    }
    this.#value[i] = step === next - now ? next : now + step;
    return this.#value[i]! < penalty;
  }

  /** The dual objective at the values reached: what sources gain beyond their fixed cost is lost. */
  #bound(): number {
    const { lineCount: n, sourceCount: m, cellStart, sourceOf, nodeOf } = this.basket;
    const reduced = this.#reduced;
    reduced.set(this.#fixed);
    let micros = 0;
    for (let i = 0; i < n; i++) {
      micros += this.#value[i]!;
      for (let k = cellStart[i]!; k < cellStart[i + 1]!; k++) {
        const cell = this.#ranked[k]!;
        const gain = this.#value[i]! - this.#level[cell]!;
        if (gain <= 0) break;
        reduced[sourceOf[cell]!]! -= gain * this.#share[cell]!;
      }
    }
    for (let j = 0; j < m; j++) {
      if (reduced[j]! >= 0) continue;
      const node = nodeOf[j]!;
      const group: number[] = [];
      for (let day = j; day < m; day++) if (nodeOf[day] === node && reduced[day]! < 0) group.push(day);
      if (group.length === 1) micros += reduced[j]!;
      else if (group.length <= MOST_DAYS) micros += this.#bestDays(group);
      else for (const day of group) micros += reduced[day]!;
      for (const day of group) reduced[day] = 0;
    }
    return micros;
  }

  /** The least that opening some of a node's days adds: its stock counts once for all of them. */
  #bestDays(group: readonly number[]): number {
    let best = 0;
    for (let mask = 1; mask < 1 << group.length; mask++) {
      best = Math.min(best, this.#daysMicros(group.filter((_, bit) => (mask >> bit) & 1)));
    }
    return best;
  }

  /** What is shipped early is also gone later: units go to the day that gains most, as far as no later day runs short. */
  #daysMicros(days: readonly number[]): number {
    const { lineCount: n, cellStart, sourceOf } = this.basket;
    let micros = 0;
    for (const j of days) micros += this.#fixed[j]!;
    const share = new Float64Array(days.length);
    const given = new Float64Array(days.length);
    for (let i = 0; i < n; i++) {
      share.fill(0);
      given.fill(0);
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
        const at = days.indexOf(sourceOf[cell]!);
        if (at >= 0) share[at] = this.#share[cell]!;
      }
      // Ranked by level: the first gains most.
      for (let k = cellStart[i]!; k < cellStart[i + 1]!; k++) {
        const cell = this.#ranked[k]!;
        const gain = this.#value[i]! - this.#level[cell]!;
        if (gain <= 0) break;
        const at = days.indexOf(sourceOf[cell]!);
        if (at < 0) continue;
        let most = Infinity;
        let before = 0;
        for (let day = 0; day < days.length; day++) {
          before += given[day]!;
          if (day >= at && share[day]! > 0) most = Math.min(most, share[day]! - before);
        }
        if (most <= 0) continue;
        given[at] = most;
        micros -= gain * most;
      }
    }
    return micros;
  }

  /** A plan over the sources that are used up: those that do not pay are dropped one by one. */
  #plan(): void {
    const { sourceCount: m } = this.basket;
    const open = this.#open;
    open.length = 0;
    for (let j = 0; j < m; j++) {
      const used = this.#slack[j]! <= EXHAUSTED;
      this.#isOpen[j] = used ? 1 : 0;
      if (used) open.push(j);
    }
    this.taken.fill(0);
    if (open.length === 0) return;
    let micros = this.#fill(false);
    for (let again = true; again && open.length > 0; ) {
      again = false;
      let worst = -1;
      for (let at = 0; at < open.length; at++) {
        this.#isOpen[open[at]!] = 0;
        const without = this.#fill(false);
        this.#isOpen[open[at]!] = 1;
        if (without < micros) [worst, micros, again] = [at, without, true];
      }
      if (worst >= 0) this.#isOpen[open.splice(worst, 1)[0]!] = 0;
    }
    this.#fill(true);
  }

  /** Micros with the open sources, units from the cheapest first; `keep` notes them in `taken`. */
  #fill(keep: boolean): number {
    const { lineCount: n, penalty, nodeOf, cellStart, sourceOf, quantity } = this.basket;
    const isOpen = this.#isOpen;
    let micros = 0;
    for (const j of this.#open) if (isOpen[j] === 1) micros += this.#fixed[j]!;
    const given = this.#nodeShare;
    for (let i = 0; i < n; i++) {
      let left = 1;
      let k = cellStart[i]!;
      let parts = false;
      for (const end = cellStart[i + 1]!; k < end && left > NO_SHARE; k++) {
        const cell = this.#ranked[k]!;
        if (this.#level[cell]! >= penalty[i]!) break;
        const j = sourceOf[cell]!;
        if (isOpen[j] === 0) continue;
        const share = Math.min(left, this.#share[cell]! - given[nodeOf[j]!]!);
        if (share <= 0) continue;
        given[nodeOf[j]!]! += share;
        left -= share;
        parts = true;
        micros += share * this.#level[cell]!;
        if (keep) this.taken[cell] = Math.round(share * quantity[i]!);
      }
      if (parts) for (let back = cellStart[i]!; back < k; back++) given[nodeOf[sourceOf[this.#ranked[back]!]!]!] = 0;
      if (left > NO_SHARE) micros += left * penalty[i]!;
    }
    return micros;
  }
}
