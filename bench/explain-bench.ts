// Decides how long it takes to explain an order of the demo week: as it stands, with what would flip it, and with a longer look at one line.
// An order counts by the middle one of several answers, so that it is not charged for a pause of the whole process; those are counted apart.
// The very first is told apart, with what all explanations of a plan share.
import { fileURLToPath } from 'node:url';
import { createExplainer, DEFAULT_LIMITS, type ExplainOptions, type Order, source } from '@sourcewright/engine';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import type { Bench, BenchCase } from './harness.ts';

const FOLDER = fileURLToPath(new URL('../scenarios/uk-gifts', import.meta.url));
const TARGET_MS = 50;
/** With what all explanations of a plan share. */
const FIRST_TARGET_MS = 300;
const SAMPLE = 60;
/** Answers for an order, each after those for all others. */
const ROUNDS = 3;

export const explainBench: Bench = {
  bench: 'explain',
  cases: [
    explainCase('order', 'why, without what would flip it', () => ({})),
    explainCase('order-flips', 'why, with what would flip it', () => ({ counterfactuals: true })),
    explainCase('line-flips', 'the same with a long look at the first line', ({ lines }) => ({
      counterfactuals: { lineId: lines[0]!.lineId },
    })),
  ],
};

function explainCase(row: string, about: string, optionsOf: (order: Order) => ExplainOptions): BenchCase {
  return {
    row,
    about: `${about}: orders of the demo week`,
    run: async () => {
      const loaded = await loadScenarioFolder(FOLDER);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
      const scenario = loaded.value;
      const policy = { ...scenario.policy, strategy: 'fcfs-exact' as const };
      const made = await source(scenario, policy, DEFAULT_LIMITS);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const every = Math.max(1, Math.floor(scenario.orders.length / SAMPLE));
      const orders = scenario.orders.filter((_, index) => index % every === 0);
      const opened = performance.now();
      const explainer = createExplainer(scenario, policy, made.value);
      await explainer.explain(orders[0]!.orderId, optionsOf(orders[0]!));
      const first = performance.now() - opened;
      const others = scenario.orders.filter((_, index) => index % every === 1);
      for (const order of others) await explainer.explain(order.orderId, optionsOf(order));
      const answers = orders.map((): number[] => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [index, order] of orders.entries()) {
          const began = performance.now();
          await explainer.explain(order.orderId, optionsOf(order));
          answers[index]!.push(performance.now() - began);
        }
      }
      const times = answers.map((own) => own.sort((a, b) => a - b)[ROUNDS >> 1]!).sort((a, b) => a - b);
      const all = answers.flat();
      const above = (100 * all.filter((ms) => ms > TARGET_MS).length) / all.length;
      const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
      const none = { unit: 'ms', rival: '-', rivalValue: null };
      const within = (value: number, ms: number) => ({ value, ...none, target: `<= ${ms}`, met: value <= ms });
      return [
        { metric: 'median', ...within(at(0.5), TARGET_MS) },
        { metric: 'nine tenths within', ...within(at(0.9), TARGET_MS) },
        { metric: 'slowest order', ...within(at(1), TARGET_MS) },
        { metric: `single answers above ${TARGET_MS} ms`, ...none, unit: '%', value: above, target: '', met: null },
        { metric: 'first of a plan', ...within(first, FIRST_TARGET_MS) },
      ];
    },
  };
}
