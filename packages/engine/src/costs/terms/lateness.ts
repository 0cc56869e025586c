// Decides what late delivery costs: the policy's price for each shipment and each calendar day it is expected after the promise.
import type { LinearTerm } from '../cost-term.ts';

export const latenessTerm: LinearTerm = {
  term: 'lateness',
  perShipmentMicros: ({ policy }, on) =>
    Math.round((policy.goals.latenessPerDayMicros * on.expectedLateMillionths) / 1e6),
  perLineMicros: () => 0,
  perUnitMicros: () => 0,
};
