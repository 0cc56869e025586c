// Decides what waiting costs while it is still in time: the policy's price for each shipment and day from the order to its delivery, up to the promise.
// Leaves the days after the promise to lateness.ts.
import type { LinearTerm } from '../cost-term.ts';

export const speedTerm: LinearTerm = {
  term: 'speed',
  perShipmentMicros: ({ policy }, on) =>
    Math.round(((policy.goals.speedPerDayMicros ?? 0) * on.expectedWaitMillionths) / 1e6),
  perLineMicros: () => 0,
  perUnitMicros: () => 0,
};
