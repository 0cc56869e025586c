// Decides what the planner's soft rules charge: the sum of the penalties that hold for a line at a node.
import type { LinearTerm } from '../cost-term.ts';

export const preferenceTerm: LinearTerm = {
  term: 'preference',
  perShipmentMicros: () => 0,
  perLineMicros: ({ candidate }, demand) => candidate.penaltyMicros[demand]!,
  perUnitMicros: () => 0,
};
