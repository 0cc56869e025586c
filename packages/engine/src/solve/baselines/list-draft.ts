// Decides how an order is filled along a list of sources: a demand whole from the first that has it, in parts only where none does.
// Leaves the list, and whether the result may stand, to the baselines.
import type { OrderProblem, Taken } from '../order/order-problem.ts';

/** Whether a source may be asked for a demand. */
export type Asks = (source: number, demand: number) => boolean;

export interface ListLimits {
  readonly asks?: Asks;
  /** Shipments of the order at most, besides what the problem says. */
  readonly maxShipments?: number;
  /** What was taken already. */
  readonly before?: ListDraft;
}

/** Shipments of one order under construction; `asks` says whether a source may be asked for a demand. */
export class ListDraft {
  readonly #problem: OrderProblem;
  readonly #taken: Map<number, Taken[]> = new Map();
  readonly #units: number[];
  readonly #missing: number[];
  readonly #asks: Asks;
  readonly #maxShipments: number;

  constructor(problem: OrderProblem, limits: ListLimits = {}) {
    const { asks = () => true, maxShipments = Infinity, before } = limits;
    this.#problem = problem;
    this.#asks = asks;
    this.#maxShipments = Math.min(problem.maxShipments, maxShipments);
    this.#units = before ? [...before.#units] : problem.sources.map(() => 0);
    this.#missing = before ? [...before.#missing] : problem.demands.map((demand) => demand.quantity);
    for (const [source, taken] of before ? before.#taken : []) this.#taken.set(source, [...taken]);
  }

  /** Demands of which units are missing. */
  open(): number[] {
    return [...this.#missing.keys()].filter((demand) => this.#missing[demand]! > 0);
  }

  /** Units that are missing, by demand. */
  missing(): Taken[] {
    return this.open().map((demand) => ({ demand, quantity: this.#missing[demand]! }));
  }

  /** All that is open from the first source that has it; false where none does, or a demand was taken in part. */
  takeAllFromOne(ranking: readonly number[]): boolean {
    const open = this.open();
    if (open.length === 0 || open.some((demand) => this.#isTouched(demand))) return false;
    const units = open.reduce((sum, demand) => sum + this.#missing[demand]!, 0);
    const source = ranking.find(
      (at) =>
        this.#problem.sources[at]!.unitsLeft - this.#units[at]! >= units &&
        open.every((demand) => this.#room(at, demand) >= this.#missing[demand]!),
    );
    if (source === undefined) return false;
    for (const demand of open) this.#take(source, demand, this.#missing[demand]!);
    return true;
  }

  takeWhole(demand: number, ranking: readonly number[]): boolean {
    const { quantity } = this.#problem.demands[demand]!;
    if (this.#isTouched(demand)) return false;
    const source = ranking.find((candidate) => this.#room(candidate, demand) >= quantity);
    if (source === undefined) return false;
    this.#take(source, demand, quantity);
    return true;
  }

  /** Only where quantities may be split and no source can send the whole. */
  takeParts(demand: number, ranking: readonly number[]): void {
    const { demands, sources, splitQuantity, partial } = this.#problem;
    const { quantity } = demands[demand]!;
    if (!splitQuantity || sources.some((source) => Math.min(source.available[demand]!, source.unitsLeft) >= quantity))
      return;
    const parts: [number, number][] = [];
    let missing = this.#missing[demand]!;
    for (const source of ranking) {
      if (missing === 0) break;
      const units = Math.min(missing, this.#room(source, demand) - this.#fromNode(parts, source, demand));
      if (units > 0) {
        parts.push([source, units]);
        missing -= units;
      }
    }
    if (missing > 0 && !partial) return;
    for (const [source, units] of parts) {
      if (this.#room(source, demand) >= units) this.#take(source, demand, units);
    }
  }

  complete(): boolean {
    return this.#missing.every((units) => units === 0);
  }

  shipments(): { source: number; taken: Taken[] }[] {
    return [...this.#taken].map(([source, taken]) => ({ source, taken }));
  }

  /** Units of a demand a source could still give, 0 when it would be one shipment too many. */
  #room(source: number, demand: number): number {
    const of = this.#problem.sources[source]!;
    if (!this.#asks(source, demand)) return 0;
    if (!this.#taken.has(source) && this.#taken.size >= this.#maxShipments) return 0;
    return Math.min(of.available[demand]!, of.unitsLeft - this.#units[source]!);
  }

  /** Units of a demand that come from the same node as `source`, and so from the same stock: of these parts and of what was taken. */
  #fromNode(parts: readonly [number, number][], source: number, demand: number): number {
    const { sources } = this.#problem;
    const { node } = sources[source]!;
    let units = 0;
    for (const [from, part] of parts) if (sources[from]!.node === node) units += part;
    for (const [from, taken] of this.#taken) {
      if (sources[from]!.node !== node) continue;
      for (const own of taken) if (own.demand === demand) units += own.quantity;
    }
    return units;
  }

  #isTouched(demand: number): boolean {
    return this.#missing[demand]! < this.#problem.demands[demand]!.quantity;
  }

  #take(source: number, demand: number, quantity: number): void {
    const taken = this.#taken.get(source) ?? [];
    const before = taken.find((own) => own.demand === demand)?.quantity ?? 0;
    this.#taken.set(source, [...taken.filter((own) => own.demand !== demand), { demand, quantity: before + quantity }]);
    this.#units[source]! += quantity;
    this.#missing[demand]! -= quantity;
  }
}
