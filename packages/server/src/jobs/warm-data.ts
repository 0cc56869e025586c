// Decides what a worker keeps at hand between tasks: the scenarios and the runs it used last.
import { gunzipSync } from 'node:zlib';
import {
  createExplainer,
  type Explainer,
  type Order,
  type OrderPlan,
  type Plan,
  type Policy,
  type Scenario,
  type Wave,
} from '@sourcewright/engine';
import type { Store } from '../store/store.ts';

const KEPT_SCENARIOS = 3;
/** One, and one to compare it with. */
const KEPT_RUNS = 2;

export interface WarmScenario {
  readonly scenario: Scenario;
  readonly orderById: ReadonlyMap<string, Order>;
}

export interface WarmRun {
  readonly orderPlanById: ReadonlyMap<string, OrderPlan>;
  readonly explainer: Explainer;
}

export interface WarmData {
  scenario(scenarioId: string): Promise<WarmScenario | undefined>;
  /** `wave` and `policy` are those the run was computed from. */
  run(runId: string, wave: Wave, policy: Policy): Promise<WarmRun | undefined>;
}

/** The objects stay the same from call to call, so what the engine remembers about a snapshot stays of use. */
export function createWarmData(store: Store): WarmData {
  const scenarios = new Map<number, WarmScenario>();
  const runs = new Map<string, WarmRun>();
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
      const scenario = parse(stored.document) as Scenario;
      const warm = { scenario, orderById: new Map(scenario.orders.map((order) => [order.orderId, order])) };
      scenarios.set(stored.key, warm);
      const [oldest] = scenarios.keys();
      if (scenarios.size > KEPT_SCENARIOS) scenarios.delete(oldest!);
      return warm;
    },

    run: async (runId, wave, policy) => {
      const known = runs.get(runId);
      if (known) return known;
      const bytes = await store.readPlan(runId);
      if (!bytes) return undefined;
      const plan = parse(bytes) as Plan;
      const orderPlanById = new Map(plan.orders.map((order) => [order.orderId, order]));
      const run = { orderPlanById, explainer: createExplainer(wave, policy, plan) };
      runs.set(runId, run);
      const [oldest] = runs.keys();
      if (runs.size > KEPT_RUNS) runs.delete(oldest!);
      return run;
    },
  };
}

function parse(gzip: Uint8Array): unknown {
  return JSON.parse(gunzipSync(gzip).toString('utf8'));
}
