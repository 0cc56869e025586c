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
    for (const { services } of candidate.shipDays) {
      let dearest = 0;
      for (const on of services) {
        const { card, zone } = on.service;
        const shipping = tariffMicros(pricer.tariffOf(card, zone), weight);
        dearest = Math.max(dearest, shipping + pricer.shipmentMicros(candidate, on));
      }
      micros += dearest + splitMicros;
    }
    for (const [index, demand] of candidates.demands.entries()) {
      micros += pricer.lineMicros(candidate, index) + pricer.unitMicros(candidate, demand) * demand.quantity;
    }
  }
  return micros;
}
