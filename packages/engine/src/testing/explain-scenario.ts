// Decides what the scenarios look like that explanations are tested on: a cheap node and one besides it that a test is about.
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Scenario } from '../model/scenario.ts';
import { explainOrder } from '../explain/explain.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import { buildNode, buildPolicy, buildScenario, buildSnapshot } from './build-scenario.ts';

export async function planOf(scenario: Scenario): Promise<Plan> {
  const result = await source(scenario, scenario.policy, { ...DEFAULT_LIMITS, waveWork: 30_000 });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export async function explained(over: Partial<Scenario>, orderId = 'o1'): Promise<Explanation> {
  const scenario = buildScenario(over);
  const parsed = parseScenario(scenario);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return (await explainOrder(scenario, scenario.policy, await planOf(scenario), orderId))!;
}

export const allowing = (allow: Partial<Policy['allow']>): Policy =>
  buildPolicy({ allow: { ...buildPolicy().allow, ...allow } });
export const stockOf = (rows: [string, string, number][]) =>
  rows.map(([sku, nodeId, onHand]) => ({ sku, nodeId, onHand }));
export const dear = (nodeId: string, perShipmentMicros = 5_000_000) =>
  buildNode(nodeId, { handling: { perShipmentMicros } });

/** North always has ten cups and is cheap; south is what a test is about. */
export const besides = (south: Parameters<typeof buildNode>[1], over: Parameters<typeof buildSnapshot>[0] = {}) =>
  buildSnapshot({
    nodes: [buildNode('north'), buildNode('south', { handling: { perShipmentMicros: 2_000_000 }, ...south })],
    stock: stockOf([
      ['cup', 'north', 10],
      ['cup', 'south', 10],
    ]),
    ...over,
  });
