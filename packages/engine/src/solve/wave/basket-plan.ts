// Decides a plan for a large order at given prices on what is left, quickly: the sources a dual ascent points to, then single
// lines moved and sources closed at exact shipment prices. Leaves the best plan to the order solver, which takes far longer.
import { shipmentMicros, takenMilligrams } from '../order/shipment-price.ts';
import type { BasketAscent } from './basket-ascent.ts';
import type { EffectivePrices } from './table-pricing.ts';

const MOST_PASSES = 4;
const GAIN = 0.5;

/** Whether the order has no limits but stock and capacity, so that `quickPlan` respects all of them. */
export function isQuick({ basket: { problem } }: BasketAscent): boolean {
  if (problem.together || problem.minPartMicros) return false;
  return !problem.shipComplete && problem.partial && problem.maxShipments >= problem.sources.length;
}

/** Units by source and demand, as `pricedPlan` takes them. */
export function quickPlan(ascent: BasketAscent, prices: EffectivePrices, left: Float64Array): Float64Array {
  ascent.solve(prices, left);
  const draft = new Draft(ascent, left);
  draft.improve();
  return draft.units();
}

/** Where each whole line goes, and what every source sends so far. Parts of lines stay where the ascent put them. */
class Draft {
  readonly #ascent: BasketAscent;
  /** By line: its source, −1 for none, −2 for a line in parts. */
  readonly #at: Int32Array;
  readonly #weight: Float64Array;
  readonly #units: Float64Array;
  readonly #lines: Int32Array;
  readonly #parts: Int32Array;
  readonly #price: Float64Array;
  /** By source: units it can still handle. */
  readonly #most: Float64Array;

  constructor(ascent: BasketAscent, left: Float64Array) {
    const { lineCount: n, sourceCount: m } = ascent.basket;
    this.#most = Float64Array.from({ length: m }, (_, j) => ascent.unitsLeft(j, left));
    this.#ascent = ascent;
    this.#at = new Int32Array(n).fill(-1);
    this.#weight = new Float64Array(m);
    this.#units = new Float64Array(m);
    this.#lines = new Int32Array(m);
    this.#parts = new Int32Array(m);
    this.#price = new Float64Array(m);
    for (let i = 0; i < n; i++) this.#takeOver(i);
    for (let j = 0; j < m; j++) this.#price[j] = this.#priceOf(j, this.#weight[j]!, this.#lines[j]!);
  }

  /** Puts a line where the ascent has it, as far as the source can still handle its units. */
  #takeOver(i: number): void {
    const { basket, taken } = this.#ascent;
    const m = basket.sourceCount;
    for (let j = 0; j < m; j++) {
      const cell = i * m + j;
      const count = Math.min(taken[cell]!, this.#room(j));
      if (count === 0) continue;
      if (count === basket.quantity[i]) this.#at[i] = j;
      else if (this.#isWhole(i) || !basket.problem.splitQuantity) {
        taken[cell] = 0;
        continue;
      } else {
        this.#at[i] = -2;
        this.#parts[j]! += 1;
      }
      taken[cell] = count;
      this.#load(i, j, count, 1);
    }
  }

  #isWhole(i: number): boolean {
    const { basket, goods } = this.#ascent;
    const m = basket.sourceCount;
    for (let cell = i * m; cell < i * m + m; cell++) if (goods[cell]! < Infinity) return true;
    return false;
  }

  #room(j: number): number {
    return this.#most[j]! - this.#units[j]!;
  }

  #load(i: number, j: number, count: number, sign: number): void {
    const { weight, quantity } = this.#ascent.basket;
    this.#weight[j]! += sign * takenMilligrams(weight[i]!, quantity[i]!, count);
    this.#units[j]! += sign * count;
    this.#lines[j]! += sign;
  }

  #priceOf(j: number, weight: number, lines: number): number {
    if (lines === 0) return 0;
    const { problem } = this.#ascent.basket;
    return problem.splitMicros + this.#ascent.added[j]! + shipmentMicros(problem.sources[j]!, weight);
  }

  improve(): void {
    for (let pass = 0; pass < MOST_PASSES; pass++) {
      const moved = this.#moveLines();
      const closed = this.#closeSources();
      if (!moved && !closed) return;
    }
  }

  #moveLines(): boolean {
    const { lineCount: n, sourceCount: m, quantity, weight, penalty } = this.#ascent.basket;
    const { goods } = this.#ascent;
    let any = false;
    for (let i = 0; i < n; i++) {
      const from = this.#at[i]!;
      if (from === -2) continue;
      const own = weight[i]!;
      const saved = from < 0 ? penalty[i]! : goods[i * m + from]! + this.#price[from]! - this.#without(from, own);
      let to = from;
      let least = saved - GAIN;
      if (from >= 0 && penalty[i]! < least) [to, least] = [-1, penalty[i]!];
      for (let j = 0, cell = i * m; j < m; j++, cell++) {
        if (j === from || goods[cell]! >= least || this.#room(j) < quantity[i]!) continue;
        const micros = goods[cell]! + this.#priceOf(j, this.#weight[j]! + own, this.#lines[j]! + 1) - this.#price[j]!;
        if (micros < least) [to, least] = [j, micros];
      }
      if (to === from) continue;
      this.#move(i, to);
      any = true;
    }
    return any;
  }

  #without(j: number, weight: number): number {
    return this.#priceOf(j, this.#weight[j]! - weight, this.#lines[j]! - 1);
  }

  #move(i: number, to: number): void {
    const from = this.#at[i]!;
    const count = this.#ascent.basket.quantity[i]!;
    for (const [j, sign] of [
      [from, -1],
      [to, 1],
    ] as const) {
      if (j < 0) continue;
      this.#load(i, j, count, sign);
      this.#price[j] = this.#priceOf(j, this.#weight[j]!, this.#lines[j]!);
    }
    this.#at[i] = to;
  }

  /** Empties a source where its lines together cost less elsewhere. */
  #closeSources(): boolean {
    const m = this.#ascent.basket.sourceCount;
    let any = false;
    for (let j = 0; j < m; j++) if (this.#lines[j]! > 1 && this.#parts[j] === 0 && this.#close(j)) any = true;
    return any;
  }

  #close(closing: number): boolean {
    const { lineCount: n, sourceCount: m } = this.#ascent.basket;
    const own: number[] = [];
    for (let i = 0; i < n; i++) if (this.#at[i] === closing) own.push(i);
    let saved = this.#price[closing]!;
    for (const i of own) saved += this.#ascent.goods[i * m + closing]!;
    for (const i of own) {
      const [to, micros] = this.#bestElsewhere(i, closing);
      saved -= micros;
      this.#move(i, to);
    }
    if (saved > GAIN) return true;
    for (const i of own) this.#move(i, closing);
    return false;
  }

  #bestElsewhere(i: number, closing: number): [number, number] {
    const { sourceCount: m, weight, quantity, penalty } = this.#ascent.basket;
    const { goods } = this.#ascent;
    let to = -1;
    let least = penalty[i]!;
    for (let j = 0, cell = i * m; j < m; j++, cell++) {
      if (j === closing || goods[cell]! >= least || this.#room(j) < quantity[i]!) continue;
      const more = this.#priceOf(j, this.#weight[j]! + weight[i]!, this.#lines[j]! + 1) - this.#price[j]!;
      if (goods[cell]! + more < least) [to, least] = [j, goods[cell]! + more];
    }
    return [to, least];
  }

  units(): Float64Array {
    const { lineCount: n, sourceCount: m, quantity } = this.#ascent.basket;
    const units = new Float64Array(n * m);
    for (let i = 0; i < n; i++) {
      const at = this.#at[i]!;
      if (at >= 0) units[at * n + i] = quantity[i]!;
      if (at !== -2) continue;
      for (let j = 0; j < m; j++) units[j * n + i] = this.#ascent.taken[i * m + j]!;
    }
    return units;
  }
}
