// Decides whether a plan reports its goal tiers truly: each sum worked out anew from the plan's terms and the policy's weights.
// Shares no code with the solvers.
import { COST_TERMS } from '../model/cost-terms.ts';
import type { Plan, TierResult } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';

/** One sentence for each thing that is wrong. */
export function tierViolations({ tiers, cost }: Pick<Plan, 'tiers' | 'cost'>, { goals }: Policy): string[] {
  const asked = goals.tiers ?? [{ name: 'cost', terms: {} }];
  if (tiers.map(({ name }) => name).join('\n') !== asked.map(({ name }) => name).join('\n')) {
    return [`The plan reports the tiers ${tiers.map(({ name }) => name).join(', ')}.`];
  }
  const named = new Set(asked.flatMap(({ terms }) => Object.keys(terms)));
  return tiers.flatMap((tier, at) => {
    const { terms } = asked[at]! as { terms: Readonly<Partial<Record<string, number>>> };
    const last = at === asked.length - 1;
    const micros = COST_TERMS.reduce((sum, term) => {
      return sum + (terms[term] ?? (last && !named.has(term) ? 1 : 0)) * cost[`${term}Micros`];
    }, 0);
    return wrongFigures(tier, micros);
  });
}

function wrongFigures({ name, objectiveMicros, lowerBoundMicros, gap, limitMicros }: TierResult, micros: number) {
  const found: string[] = [];
  if (Math.abs(objectiveMicros - micros) > 1) found.push(`Tier ${name} is ${objectiveMicros}, should be ${micros}.`);
  if (lowerBoundMicros > objectiveMicros) found.push(`The bound of tier ${name} is above what it reached.`);
  const share = objectiveMicros === 0 ? 0 : 1 - lowerBoundMicros / objectiveMicros;
  if (Math.abs(gap - share) > 1e-9) found.push(`The gap of tier ${name} is ${gap}, should be ${share}.`);
  if (limitMicros !== null && objectiveMicros > limitMicros + 1) found.push(`Tier ${name} is above its limit.`);
  return found;
}
