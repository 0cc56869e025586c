// Decides a plan for a large order at given prices on what is left, quickly: the sources a dual ascent points to, then single
// lines moved and sources closed at exact shipment prices. Leaves the best plan to the order solver, which takes far longer.
import type { OrderProblem } from '../order/order-problem.ts';
import { shipmentMicros, takenMilligrams } from '../order/shipment-price.ts';
import type { Units } from '../order/priced-plan.ts';
import type { BasketAscent } from './basket-ascent.ts';
import type { EffectivePrices } from './table-pricing.ts';

const MOST_PASSES = 4;
/** Micros below which a change is not worth making. */
const GAIN = 0.5;
/** Where a line stands that no source sends, and one that several send. */
const NOWHERE = -1;
const IN_PARTS = -2;

/** Whether stock and capacity are the order's only limits: `quickPlan` knows no others. */
export function isQuick(problem: OrderProblem): boolean {
  if (problem.together || problem.minPartMicros) return false;
  return !problem.shipComplete && problem.partial && problem.maxShipments >= problem.sources.length;
}

export function quickPlan(
  ascent: BasketAscent,
  prices: EffectivePrices,
  left: Float64Array,
  rising?: Float64Array,
): Units {
  ascent.solve(prices, left, rising);
  const draft = new Draft(ascent, left);
  draft.improve();
  return draft.units();
}

/** Where each whole line goes, and what every source sends so far. Parts of lines stay where the ascent put them. */
class Draft {
  readonly #ascent: BasketAscent;
  /** By line: the cell it is taken at, NOWHERE or IN_PARTS. */
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
    this.#ascent = ascent;
    this.#at = new Int32Array(n).fill(NOWHERE);
    this.#weight = new Float64Array(m);
    this.#units = new Float64Array(m);
    this.#lines = new Int32Array(m);
    this.#parts = new Int32Array(m);
    this.#price = new Float64Array(m);
    this.#most = new Float64Array(m);
    for (let j = 0; j < m; j++) this.#most[j] = ascent.unitsLeft(j, left);
    for (let i = 0; i < n; i++) this.#takeOver(i);
    for (let j = 0; j < m; j++) this.#price[j] = this.#priceOf(j, this.#weight[j]!, this.#lines[j]!);
  }

  /** Puts a line where the ascent has it, as far as the source can still handle its units. */
  #takeOver(i: number): void {
    const { basket, taken, goods } = this.#ascent;
    const { cellStart, sourceOf, quantity } = basket;
    let whole = !basket.problem.splitQuantity;
    for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) whole ||= goods[cell]! < Infinity;
    for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
      if (taken[cell] === 0) continue;
      const j = sourceOf[cell]!;
      const count = Math.min(taken[cell]!, this.#most[j]! - this.#units[j]!);
      taken[cell] = whole && count < quantity[i]! ? 0 : count;
      if (taken[cell] === 0) continue;
      this.#at[i] = count === quantity[i] ? cell : IN_PARTS;
      if (count < quantity[i]!) this.#parts[j]! += 1;
      this.#load(i, j, count, 1);
    }
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
    const { lineCount: n, sourceOf } = this.#ascent.basket;
    let any = false;
    for (let i = 0; i < n; i++) {
      const from = this.#at[i]!;
      if (from === IN_PARTS) continue;
      const now = from === NOWHERE ? this.#ascent.basket.penalty[i]! : this.#savedAt(i, from);
      const [to, micros] = this.#cheapest(i, from === NOWHERE ? NOWHERE : sourceOf[from]!, now - GAIN);
      if (micros >= now - GAIN) continue;
      this.#move(i, to);
      any = true;
    }
    return any;
  }

  /** What taking the line away from its cell would save. */
  #savedAt(i: number, cell: number): number {
    const { sourceOf, weight } = this.#ascent.basket;
    const j = sourceOf[cell]!;
    const without = this.#priceOf(j, this.#weight[j]! - weight[i]!, this.#lines[j]! - 1);
    return this.#ascent.goods[cell]! + this.#price[j]! - without;
  }

  /** The cell where the line adds least, sources other than `except`, or nowhere; and what it adds: at most `limit` is of interest. */
  #cheapest(i: number, except: number, limit: number): [number, number] {
    const { weight, quantity, penalty, cellStart, sourceOf } = this.#ascent.basket;
    const { goods } = this.#ascent;
    let to = NOWHERE;
    let least = penalty[i]!;
    const own = weight[i]!;
    for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++) {
      if (goods[cell]! >= least || goods[cell]! >= limit) continue;
      const j = sourceOf[cell]!;
      if (j === except || this.#most[j]! - this.#units[j]! < quantity[i]!) continue;
      const micros = goods[cell]! + this.#priceOf(j, this.#weight[j]! + own, this.#lines[j]! + 1) - this.#price[j]!;
      if (micros < least) [to, least] = [cell, micros];
    }
    return [to, least];
  }

  #move(i: number, to: number): void {
    const from = this.#at[i]!;
    if (from !== NOWHERE) this.#shift(i, from, -1);
    if (to !== NOWHERE) this.#shift(i, to, 1);
    this.#at[i] = to;
  }

  #shift(i: number, cell: number, sign: number): void {
    const { sourceOf, quantity } = this.#ascent.basket;
    const j = sourceOf[cell]!;
    this.#load(i, j, quantity[i]!, sign);
    this.#price[j] = this.#priceOf(j, this.#weight[j]!, this.#lines[j]!);
  }

  /** Empties a source where its lines together cost less elsewhere. */
  #closeSources(): boolean {
    const m = this.#ascent.basket.sourceCount;
    let any = false;
    for (let j = 0; j < m; j++) if (this.#lines[j]! > 1 && this.#parts[j] === 0 && this.#close(j)) any = true;
    return any;
  }

  #close(closing: number): boolean {
    const { lineCount: n, sourceOf } = this.#ascent.basket;
    const own: [line: number, cell: number][] = [];
    let saved = this.#price[closing]!;
    for (let i = 0; i < n; i++) {
      const cell = this.#at[i]!;
      if (cell < 0 || sourceOf[cell] !== closing) continue;
      own.push([i, cell]);
      saved += this.#ascent.goods[cell]!;
    }
    for (const [i] of own) {
      const [to, micros] = this.#cheapest(i, closing, Infinity);
      saved -= micros;
      this.#move(i, to);
    }
    if (saved > GAIN) return true;
    for (const [i, cell] of own) this.#move(i, cell);
    return false;
  }

  units(): Units {
    const { lineCount: n, sourceCount: m, quantity, cellStart, sourceOf } = this.#ascent.basket;
    const units = new Float64Array(n * m);
    for (let i = 0; i < n; i++) {
      const at = this.#at[i]!;
      if (at >= 0) units[sourceOf[at]! * n + i] = quantity[i]!;
      if (at !== IN_PARTS) continue;
      for (let cell = cellStart[i]!; cell < cellStart[i + 1]!; cell++)
        units[sourceOf[cell]! * n + i] = this.#ascent.taken[cell]!;
    }
    return units;
  }
}
