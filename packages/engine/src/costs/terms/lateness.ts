// Decides what late delivery costs: the policy's price for each shipment and each calendar day after the promise.
import type { LinearTerm } from '../cost-term.ts';

export const latenessTerm: LinearTerm = {
  term: 'lateness',
  perShipmentMicros: ({ policy }, on) => policy.goals.latenessPerDayMicros * on.lateDays,
  perLineMicros: () => 0,
  perUnitMicros: () => 0,
};
