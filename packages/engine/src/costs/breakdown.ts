// Decides how costs are added: term by term in integers, the total being exactly the sum of the terms.
import { COST_TERMS, type CostBreakdown, type CostTerm } from '../model/plan.ts';

export type CostParts = Partial<Record<CostTerm, number>>;

export function breakdown(parts: CostParts): CostBreakdown {
  const of = (term: CostTerm): number => parts[term] ?? 0;
  return {
    shippingMicros: of('shipping'),
    handlingMicros: of('handling'),
    splitMicros: of('split'),
    latenessMicros: of('lateness'),
    speedMicros: of('speed'),
    capacityMicros: of('capacity'),
    stockOutMicros: of('stockOut'),
    riskMicros: of('risk'),
    preferenceMicros: of('preference'),
    unsourcedMicros: of('unsourced'),
    totalMicros: COST_TERMS.reduce((sum, term) => sum + of(term), 0),
  };
}

export function termMicros(cost: CostBreakdown, term: CostTerm): number {
  return cost[`${term}Micros`];
}

export function sumBreakdowns(costs: readonly CostBreakdown[]): CostBreakdown {
  const parts: Record<string, number> = {};
  for (const cost of costs) for (const term of COST_TERMS) parts[term] = (parts[term] ?? 0) + termMicros(cost, term);
  return breakdown(parts);
}

/** `left` − `right`, term by term. */
export function subtractBreakdown(left: CostBreakdown, right: CostBreakdown): CostBreakdown {
  const parts: CostParts = {};
  for (const term of COST_TERMS) parts[term] = termMicros(left, term) - termMicros(right, term);
  return breakdown(parts);
}
