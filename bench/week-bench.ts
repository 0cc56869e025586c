// Decides how long the demo week takes under each strategy and what the first saves against the others, all from one run.
import { DEFAULT_LIMITS, type Plan, type Scenario, source, STRATEGIES } from '@sourcewright/engine';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import type { Bench } from './harness.ts';

const TARGET_SECONDS = 10;

export const weekBench: Bench = {
  bench: 'week',
  cases: [
    {
      row: 'uk-gifts-week',
      about: 'the 687 orders of the peak week, order by order, against the baseline strategies',
      run: async () => {
        const loaded = await loadScenarioFolder('scenarios/uk-gifts');
        if (!loaded.ok) throw new Error('scenarios/uk-gifts does not load.');
        const exact = await timed(loaded.value, 'fcfs-exact');
        const rows = [];
        for (const strategy of STRATEGIES.filter((name) => name !== 'fcfs-exact')) {
          const other = await timed(loaded.value, strategy);
          rows.push(
            {
              metric: 'cost',
              value: cost(exact.plan),
              unit: 'GBP',
              rival: strategy,
              rivalValue: cost(other.plan),
              target: '',
              met: null,
            },
            {
              metric: 'seconds',
              value: exact.seconds,
              unit: 's',
              rival: strategy,
              rivalValue: other.seconds,
              target: `<= ${TARGET_SECONDS}`,
              met: exact.seconds <= TARGET_SECONDS,
            },
          );
        }
        const { kpis } = exact.plan;
        const none = { rival: '-', rivalValue: null, target: '', met: null };
        return [
          ...rows,
          { metric: 'orders proven', value: (100 * kpis.ordersProven) / kpis.orders, unit: '%', ...none },
          { metric: 'gap to wave bound', value: 100 * exact.plan.proof.gap, unit: '%', ...none },
        ];
      },
    },
  ],
};

async function timed(scenario: Scenario, strategy: Plan['strategy']): Promise<{ plan: Plan; seconds: number }> {
  const began = performance.now();
  const result = await source(scenario, { ...scenario.policy, strategy }, DEFAULT_LIMITS);
  if (!result.ok) throw new Error('The week cannot be sourced.');
  return { plan: result.value, seconds: (performance.now() - began) / 1000 };
}

function cost(plan: Plan): number {
  return plan.cost.totalMicros / 1e6;
}
