// Decides what a worker keeps at hand between tasks: the scenarios and the plan it used last.
import { gunzipSync } from 'node:zlib';
import type { Order, Plan, Scenario } from '@sourcewright/engine';
import type { Store } from '../store/store.ts';

const KEPT_SCENARIOS = 3;

export interface WarmScenario {
  readonly scenario: Scenario;
  readonly orderById: ReadonlyMap<string, Order>;
}

export interface WarmData {
  scenario(scenarioId: string): Promise<WarmScenario | undefined>;
  plan(runId: string): Promise<Plan | undefined>;
}

/** The objects stay the same from call to call, so what the engine remembers about a snapshot stays of use. */
export function createWarmData(store: Store): WarmData {
  const scenarios = new Map<number, WarmScenario>();
  let lastPlan: { readonly runId: string; readonly plan: Plan } | undefined;
  return {
    scenario: async (scenarioId) => {
      const key = await store.findScenarioKey(scenarioId);
      if (key === undefined) return undefined;
      const known = scenarios.get(key);
      if (known) {
        scenarios.delete(key);
        scenarios.set(key, known);
        return known;
      }
      const stored = await store.readScenarioDocument(scenarioId);
      if (!stored) return undefined;
      // It was checked when it was stored.
      const scenario = parse<Scenario>(stored.document);
      const warm = { scenario, orderById: new Map(scenario.orders.map((order) => [order.orderId, order])) };
      scenarios.set(stored.key, warm);
      const [oldest] = scenarios.keys();
      if (scenarios.size > KEPT_SCENARIOS) scenarios.delete(oldest!);
      return warm;
    },

    plan: async (runId) => {
      if (lastPlan?.runId === runId) return lastPlan.plan;
      const bytes = await store.readPlan(runId);
      if (!bytes) return undefined;
      lastPlan = { runId, plan: parse<Plan>(bytes) };
      return lastPlan.plan;
    },
  };
}

function parse<T>(gzip: Uint8Array): T {
  return JSON.parse(gunzipSync(gzip).toString('utf8')) as T;
}
