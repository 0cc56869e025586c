// Decides how cheap a large order can be at given prices, by dual ascent (Erlenkotter 1978) on its facility-location relaxation,
// and which sources the ascent points to. Leaves exact plans to the order solver.
import { type Basket, fitSlopes } from './basket.ts';
import type { EffectivePrices } from './table-pricing.ts';
import { NO_RESOURCE, type WaveModel } from './wave-model.ts';

/** Micros below which a source's slack counts as used up. */
const EXHAUSTED = 1e-6;
/** Days of one node are weighed together up to this many. */
const MOST_DAYS = 4;
/** Solves between two fittings of the slopes. */
const FIT_EVERY = 16;

/** One order under changing prices. Ranks of sources are kept from call to call, for they change little. */
export class BasketAscent {
  readonly basket: Basket;
  /** By cell: units of the last plan. */
  readonly taken: Float64Array;
  /** By cell: micros of the line's goods there at the last prices, were it taken whole; Infinity where it is not all there. */
  readonly goods: Float64Array;
  /** By source: micros that the last prices add to a shipment. */
  readonly added: Float64Array;
  readonly #model: WaveModel;
  readonly #firstSource: number;
  readonly #level: Float64Array;
  readonly #share: Float64Array;
  readonly #ranked: Int32Array;
  readonly #rankedCount: Int32Array;
  readonly #fixed: Float64Array;
  readonly #slack: Float64Array;
  readonly #value: Float64Array;
  readonly #reach: Int32Array;
  readonly #active: Int32Array;
  readonly #nodeShare: Float64Array;
  readonly #open: Uint8Array;
  readonly #nothing: number;
  #solves = 0;

  constructor(model: WaveModel, order: number, basket: Basket) {
    const { lineCount: n, sourceCount: m } = basket;
    this.basket = basket;
    this.taken = new Float64Array(n * m);
    this.goods = new Float64Array(n * m).fill(Infinity);
    this.added = new Float64Array(m);
    this.#model = model;
    this.#firstSource = model.sourceStart[order]!;
    this.#level = new Float64Array(n * m).fill(Infinity);
    this.#share = new Float64Array(n * m);
    this.#ranked = new Int32Array(n * m);
    this.#rankedCount = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        if (basket.units[i * m + j]! > 0) this.#ranked[i * m + this.#rankedCount[i]!++] = j;
      }
    }
    this.#fixed = new Float64Array(m);
    this.#slack = new Float64Array(m);
    this.#value = new Float64Array(n);
    this.#reach = new Int32Array(n);
    this.#active = new Int32Array(n);
    this.#nodeShare = new Float64Array(basket.nodeCount);
    this.#open = new Uint8Array(m);
    this.#nothing = basket.penalty.reduce((sum, micros) => sum + micros, 0);
  }

  /**
   * Micros that no plan of the order goes below at these prices; `taken` is a plan near it. With `left` only what is still there
   * may be taken, and a line that a source has whole is not split.
   */
  solve(prices: EffectivePrices, left: Float64Array | null = null): number {
    if (left === null && this.#solves++ % FIT_EVERY === 1)
      fitSlopes(this.basket, this.#value, (cell) => this.#priceOf(cell, prices));
    this.#supply(left);
    this.#price(prices);
    this.#ascend();
    const micros = left === null ? Math.min(this.#nothing, this.#bound() - this.basket.problem.splitMicros - 1) : 0;
    this.#plan();
    return Math.max(0, micros);
  }

  /** What each source has of each line, as a share of its quantity. */
  #supply(left: Float64Array | null): void {
    const { lineCount: n, sourceCount: m, units, quantity } = this.basket;
    for (let i = 0; i < n; i++) {
      let whole = false;
      for (let j = 0, cell = i * m; j < m; j++, cell++) {
        if (units[cell] === 0) continue;
        const there = left === null ? units[cell]! : this.#stillThere(i, j, left);
        this.#share[cell] = there / quantity[i]!;
        whole ||= there === quantity[i];
      }
      const keepWhole = left !== null && (whole || !this.basket.problem.splitQuantity);
      if (!keepWhole) continue;
      for (let cell = i * m; cell < i * m + m; cell++) if (this.#share[cell]! < 1) this.#share[cell] = 0;
    }
  }

  /** Units the source can handle out of what is left. */
  unitsLeft(j: number, left: Float64Array): number {
    const unit = this.#model.unitResource[this.#firstSource + j]!;
    const { unitsLeft } = this.basket.problem.sources[j]!;
    return unit === NO_RESOURCE ? unitsLeft : Math.min(unitsLeft, left[unit]!);
  }

  #stillThere(i: number, j: number, left: Float64Array): number {
    const { shipmentResource, lineResource, lineResourceStart, next } = this.#model;
    const source = this.#firstSource + j;
    const shipment = shipmentResource[source]!;
    if (shipment !== NO_RESOURCE && left[shipment]! < 1) return 0;
    let there = Math.min(this.basket.units[i * this.basket.sourceCount + j]!, this.unitsLeft(j, left));
    for (let at = lineResource[lineResourceStart[source]! + i]!; at !== NO_RESOURCE; at = next[at]!) {
      if (left[at]! < there) there = left[at]!;
    }
    return there;
  }

  #priceOf(cell: number, { ofResource }: EffectivePrices): number {
    const { sourceCount: m, quantity } = this.basket;
    const line = Math.floor(cell / m);
    const source = this.#firstSource + (cell % m);
    const unit = this.#model.unitResource[source]!;
    const stock = this.#model.lineResource[this.#model.lineResourceStart[source]! + line]!;
    const sum = (unit === NO_RESOURCE ? 0 : ofResource[unit]!) + (stock === NO_RESOURCE ? 0 : ofResource[stock]!);
    return sum * quantity[line]!;
  }

  #price(prices: EffectivePrices): void {
    const { lineCount: n, sourceCount: m, units, quantity, lineMicros, unitMicros, weight, slope, fixed } = this.basket;
    const { shipmentResource, unitResource, lineResource, lineResourceStart } = this.#model;
    const { ofResource } = prices;
    for (let j = 0; j < m; j++) {
      const source = this.#firstSource + j;
      const shipment = shipmentResource[source]!;
      this.added[j] = shipment === NO_RESOURCE ? 0 : ofResource[shipment]!;
      this.#fixed[j] = fixed[j]! + this.added[j]!;
      const unitPrice = unitResource[source] === NO_RESOURCE ? 0 : ofResource[unitResource[source]!]!;
      const start = lineResourceStart[source]!;
      for (let i = 0; i < n; i++) {
        const cell = i * m + j;
        if (units[cell] === 0) continue;
        const stock = lineResource[start + i]!;
        const unit = unitMicros[cell]! + unitPrice + (stock === NO_RESOURCE ? 0 : ofResource[stock]!);
        const share = this.#share[cell]!;
        const goods = share === 0 ? Infinity : lineMicros[cell]! / share + unit * quantity[i]!;
        this.goods[cell] = share === 1 ? goods : Infinity;
        this.#level[cell] = goods + slope[j]! * weight[i]!;
      }
    }
    for (let i = 0; i < n; i++) this.#rank(i);
  }

  /** Insertion sort: nearly sorted from the last call. */
  #rank(i: number): void {
    const start = i * this.basket.sourceCount;
    const level = this.#level;
    const ranked = this.#ranked;
    const end = start + this.#rankedCount[i]!;
    for (let k = start + 1; k < end; k++) {
      const j = ranked[k]!;
      const own = level[start + j]!;
      let at = k - 1;
      while (at >= start && level[start + ranked[at]!]! > own) {
        ranked[at + 1] = ranked[at]!;
        at -= 1;
      }
      ranked[at + 1] = j;
    }
  }

  #ascend(): void {
    const { lineCount: n, sourceCount: m, penalty } = this.basket;
    for (let j = 0; j < m; j++) this.#slack[j] = Math.max(0, this.#fixed[j]!);
    let active = 0;
    for (let i = 0; i < n; i++) {
      const first = this.#rankedCount[i] === 0 ? Infinity : this.#level[i * m + this.#ranked[i * m]!]!;
      this.#value[i] = Math.min(penalty[i]!, first);
      this.#reach[i] = 0;
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
    const m = this.basket.sourceCount;
    const start = i * m;
    const end = start + this.#rankedCount[i]!;
    const now = this.#value[i]!;
    const nodeShare = this.#nodeShare;
    const ranked = this.#ranked;
    let room = Infinity;
    let counted = 0;
    let k = start;
    for (; k < end; k++) {
      const j = ranked[k]!;
      const cell = start + j;
      if (this.#level[cell]! > now) break;
      const share = this.#share[cell]!;
      if (this.#slack[j]! > EXHAUSTED) {
        const most = this.#slack[j]! / share;
        if (most < room) room = most;
      } else {
        const node = this.basket.nodeOf[j]!;
        if (share > nodeShare[node]!) {
          counted += share - nodeShare[node]!;
          nodeShare[node] = share;
        }
      }
    }
    for (let back = start; back < k; back++) nodeShare[this.basket.nodeOf[ranked[back]!]!] = 0;
    if (counted >= 1 - 1e-9) return false;
    const penalty = this.basket.penalty[i]!;
    const next = k < end ? Math.min(penalty, this.#level[start + ranked[k]!]!) : penalty;
    const step = Math.min(next - now, room);
    for (let back = start; back < k; back++) {
      const j = ranked[back]!;
      if (this.#slack[j]! > EXHAUSTED) this.#slack[j]! -= step * this.#share[start + j]!;
    }
    this.#value[i] = step === next - now ? next : now + step;
    return this.#value[i]! < penalty;
  }

  /** The dual objective at the values reached: what sources gain beyond their fixed cost is lost. */
  #bound(): number {
    const { lineCount: n, sourceCount: m, nodeOf, nodeCount } = this.basket;
    let micros = 0;
    for (let i = 0; i < n; i++) micros += this.#value[i]!;
    const days: number[][] = Array.from({ length: nodeCount }, () => []);
    for (let j = 0; j < m; j++) {
      let reduced = this.#fixed[j]!;
      for (let i = 0; i < n; i++) {
        const gain = this.#value[i]! - this.#level[i * m + j]!;
        if (gain > 0) reduced -= gain * this.#share[i * m + j]!;
      }
      if (reduced < 0) days[nodeOf[j]!]!.push(j);
    }
    for (const group of days) {
      if (group.length === 0) continue;
      for (const part of group.length <= MOST_DAYS ? [group] : group.map((j) => [j])) micros += this.#bestDays(part);
    }
    return micros;
  }

  /** The least that opening some of a node's days adds: its stock counts once for all of them. */
  #bestDays(group: readonly number[]): number {
    let best = 0;
    for (let mask = 1; mask < 1 << group.length; mask++) best = Math.min(best, this.#daysMicros(group, mask));
    return best;
  }

  /** What is shipped early is also gone later: units go to the day that gains most, as far as no later day runs short. */
  #daysMicros(group: readonly number[], mask: number): number {
    const { lineCount: n, sourceCount: m } = this.basket;
    const days = group.filter((_, bit) => (mask >> bit) & 1);
    let micros = 0;
    for (const j of days) micros += this.#fixed[j]!;
    const given = new Float64Array(days.length);
    for (let i = 0; i < n; i++) {
      const gain = (j: number): number => this.#value[i]! - this.#level[i * m + j]!;
      given.fill(0);
      for (const at of [...days.keys()].sort((a, b) => gain(days[b]!) - gain(days[a]!))) {
        if (gain(days[at]!) <= 0) break;
        let most = Infinity;
        for (let later = at; later < days.length; later++) {
          let before = 0;
          for (let day = 0; day <= later; day++) before += given[day]!;
          most = Math.min(most, this.#share[i * m + days[later]!]! - before);
        }
        if (most <= 0) continue;
        given[at] = most;
        micros -= gain(days[at]!) * most;
      }
    }
    return micros;
  }

  /** A plan over the sources that are used up: those that do not pay are dropped one by one. */
  #plan(): void {
    const { sourceCount: m } = this.basket;
    const open: number[] = [];
    for (let j = 0; j < m; j++) {
      const used = this.#slack[j]! <= EXHAUSTED;
      this.#open[j] = used ? 1 : 0;
      if (used) open.push(j);
    }
    this.taken.fill(0);
    let micros = this.#fill(open, false);
    for (let again = true; again && open.length > 0; ) {
      again = false;
      let worst = -1;
      for (const [at, j] of open.entries()) {
        this.#open[j] = 0;
        const without = this.#fill(open, false);
        this.#open[j] = 1;
        if (without < micros) [worst, micros, again] = [at, without, true];
      }
      if (worst >= 0) this.#open[open.splice(worst, 1)[0]!] = 0;
    }
    this.#fill(open, true);
  }

  /** Micros with these sources open, units from the cheapest first; `keep` notes them in `taken`. */
  #fill(open: readonly number[], keep: boolean): number {
    const { lineCount: n, sourceCount: m, penalty, nodeOf } = this.basket;
    let micros = 0;
    for (const j of open) if (this.#open[j] === 1) micros += this.#fixed[j]!;
    const given = this.#nodeShare;
    for (let i = 0; i < n; i++) {
      let left = 1;
      const start = i * m;
      const end = start + this.#rankedCount[i]!;
      let k = start;
      for (; k < end && left > 1e-12; k++) {
        const j = this.#ranked[k]!;
        const cell = start + j;
        if (this.#level[cell]! >= penalty[i]!) break;
        if (this.#open[j] === 0) continue;
        const share = Math.min(left, this.#share[cell]! - given[nodeOf[j]!]!);
        if (share <= 0) continue;
        given[nodeOf[j]!]! += share;
        left -= share;
        micros += share * this.#level[cell]!;
        if (keep) this.taken[cell] = Math.round(share * this.basket.quantity[i]!);
      }
      for (let back = start; back < k; back++) given[nodeOf[this.#ranked[back]!]!] = 0;
      if (left > 1e-12) micros += left * penalty[i]!;
    }
    return micros;
  }
}
