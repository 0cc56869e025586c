// Decides one order by a list of sources: each demand goes whole to the first source on the list that has it.
// What simple order management systems do; leaves the list to the baseline.
import { mergeTogether } from '../order/merge-together.ts';
import { planIsWorthEnough } from '../order/part-values.ts';
import type { OrderProblem, OrderSolution, Taken } from '../order/order-problem.ts';
import { priceShipments } from './price-shipments.ts';

/**
 * Fills demands in the order's own order from `ranking` (positions of sources, first wanted first); what ships together is one
 * demand. A plan whose parts are worth too little is given up for the first source that has everything, else for nothing.
 */
export function cascade(problem: OrderProblem, ranking: readonly number[], method: string): OrderSolution {
  const merged = mergeTogether(problem);
  const plan = fill(merged?.problem ?? problem, ranking);
  const shipments = merged ? plan.map(({ source, taken }) => ({ source, taken: merged.split(taken) })) : plan;
  return priceShipments(problem, shipments, method);
}

interface Filled {
  readonly source: number;
  readonly taken: Taken[];
}

function fill(problem: OrderProblem, ranking: readonly number[]): Filled[] {
  const draft = new CascadeDraft(problem);
  for (let demand = 0; demand < problem.demands.length; demand++) {
    if (!draft.takeWhole(demand, ranking)) draft.takeParts(demand, ranking);
  }
  const allOrNothing = problem.shipComplete || !problem.partial;
  if (allOrNothing && !draft.complete()) return [];
  const shipments = draft.shipments();
  return planIsWorthEnough(problem, { shipments }) ? shipments : allFromOne(problem, ranking);
}

/** Everything from the first source that has it, in one part. */
function allFromOne(problem: OrderProblem, ranking: readonly number[]): Filled[] {
  const { demands, sources } = problem;
  const units = demands.reduce((sum, { quantity }) => sum + quantity, 0);
  const source = ranking.find((at) => {
    const { available, unitsLeft } = sources[at]!;
    return unitsLeft >= units && demands.every(({ quantity }, demand) => available[demand]! >= quantity);
  });
  if (source === undefined) return [];
  return [{ source, taken: demands.map(({ quantity }, demand) => ({ demand, quantity })) }];
}

class CascadeDraft {
  readonly #problem: OrderProblem;
  readonly #taken: Map<number, Taken[]> = new Map();
  readonly #units: number[];
  readonly #missing: number[];

  constructor(problem: OrderProblem) {
    this.#problem = problem;
    this.#units = problem.sources.map(() => 0);
    this.#missing = problem.demands.map((demand) => demand.quantity);
  }

  takeWhole(demand: number, ranking: readonly number[]): boolean {
    const { quantity } = this.#problem.demands[demand]!;
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
    let missing = quantity;
    for (const source of ranking) {
      if (missing === 0) break;
      const units = Math.min(missing, this.#room(source, demand) - this.#fromNode(parts, source));
      if (units > 0) {
        parts.push([source, units]);
        missing -= units;
      }
    }
    if (missing > 0 && !partial) return;
    for (const [source, units] of parts) if (this.#room(source, demand) >= units) this.#take(source, demand, units);
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
    if (!this.#taken.has(source) && this.#taken.size >= this.#problem.maxShipments) return 0;
    return Math.min(of.available[demand]!, of.unitsLeft - this.#units[source]!);
  }

  /** Units of these parts that come from the same node as `source` and so from the same stock. */
  #fromNode(parts: readonly [number, number][], source: number): number {
    const { sources } = this.#problem;
    return parts.reduce((sum, [from, units]) => sum + (sources[from]!.node === sources[source]!.node ? units : 0), 0);
  }

  #take(source: number, demand: number, quantity: number): void {
    const taken = this.#taken.get(source);
    if (taken) taken.push({ demand, quantity });
    else this.#taken.set(source, [{ demand, quantity }]);
    this.#units[source]! += quantity;
    this.#missing[demand]! -= quantity;
  }
}
