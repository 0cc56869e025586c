// Decides whether an order's money can be counted exactly: what any plan for it might cost, roughly and from above.
import type { OrderCandidates } from '../candidates/candidate.ts';
import type { Pricer } from './price.ts';
import { tariffMicros } from './tariff.ts';

/** Micros of a plan that ships everything from every node on every day and yet leaves everything unsourced. */
export function worstCaseMicros(candidates: OrderCandidates, pricer: Pricer, splitMicros: number): number {
  const weight = candidates.demands.reduce((sum, demand) => sum + demand.weightMilligrams, 0);
  let micros = 0;
  for (const [index, demand] of candidates.demands.entries()) {
    micros += pricer.unsourcedUnitMicros(candidates, index) * demand.quantity;
  }
  for (const candidate of candidates.nodes) {
    micros += pricer.mostRisingMicros(candidates, candidate);
    for (const shipDay of candidate.shipDays) {
      let dearest = 0;
      for (const { fixedMicros, tariff } of pricer.servicesOf(candidate, shipDay)) {
        dearest = Math.max(dearest, tariffMicros(tariff, weight) + fixedMicros);
      }
      micros += dearest + splitMicros;
    }
    const { lineMicros, unitMicros } = pricer.linesOf(candidate, candidates.demands);
    for (const [index, demand] of candidates.demands.entries()) {
      micros += lineMicros[index]! + unitMicros[index]! * demand.quantity;
    }
  }
  return micros;
}
