// Decides the command `compare`: strategies side by side on one scenario, each a real run, with the savings of the first.
import { COST_TERMS, type Plan, type Scenario, STRATEGIES, TERM_LABELS, termMicros } from '@sourcewright/engine';
import { count, money, percent, seconds } from '../figures.ts';
import { renderNotice } from '../notice.ts';
import { runSource, type TimedPlan } from '../run-source.ts';
import { limitsFrom, loadScenario, strategyFrom } from '../scenario-argument.ts';
import { renderTable } from '../table.ts';

export interface CompareOptions {
  readonly strategies?: readonly string[];
  readonly orderWork?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

export async function compareCommand(path: string, options: CompareOptions): Promise<string> {
  const limits = limitsFrom(options.orderWork);
  const named = options.strategies?.map(strategyFrom);
  const scenario = await loadScenario(path);
  const strategies = named ?? (scenario.compare?.length ? scenario.compare : STRATEGIES);
  const runs: TimedPlan[] = [];
  for (const strategy of strategies) runs.push(await runSource(scenario, { ...scenario.policy, strategy }, limits));
  return options.json ? renderJson(scenario, runs) : renderComparison(scenario, runs, options.markdown ?? false);
}

function renderJson(scenario: Scenario, runs: readonly TimedPlan[]): string {
  const { scenarioId, title, synthetic, attributions } = scenario;
  const rows = runs.map(({ plan, elapsedMs }) => ({
    strategy: plan.strategy,
    cost: plan.cost,
    proof: plan.proof,
    kpis: plan.kpis,
    basis: plan.basis,
    elapsedMs: Math.round(elapsedMs),
  }));
  return JSON.stringify(
    { scenarioId, title, synthetic, attributions, currency: scenario.snapshot.currency, runs: rows },
    null,
    2,
  );
}

type Row = readonly [label: string, of: (plan: Plan, elapsedMs: number) => string];

function renderComparison(scenario: Scenario, runs: readonly TimedPlan[], markdown: boolean): string {
  const first = runs[0]!.plan;
  const { currency } = scenario.snapshot;
  const perOrder = (micros: number, plan: Plan): string => money(micros / plan.kpis.orders);
  const rows: readonly Row[] = [
    ...COST_TERMS.map(
      (term): Row => [
        `${TERM_LABELS[term]}, ${currency} an order`,
        (plan) => perOrder(termMicros(plan.cost, term), plan),
      ],
    ),
    [`Total, ${currency} an order`, (plan) => perOrder(plan.cost.totalMicros, plan)],
    [`Total, ${currency}`, (plan) => money(plan.cost.totalMicros)],
    [
      `saved by ${first.strategy}`,
      (plan) => (plan === first ? '-' : percent(1 - first.cost.totalMicros / plan.cost.totalMicros)),
    ],
    ['gap to the proven bound', (plan) => percent(plan.proof.gap, 2)],
    ['shipments an order', (plan) => plan.kpis.shipmentsPerOrder.toFixed(2)],
    ['split orders', (plan) => percent(plan.kpis.splitRate)],
    ['days to deliver, mean', (plan) => plan.kpis.daysToDeliver.mean.toFixed(2)],
    ['days to deliver, p50 / p90', (plan) => `${plan.kpis.daysToDeliver.p50} / ${plan.kpis.daysToDeliver.p90}`],
    ['late orders', (plan) => count(plan.kpis.lateOrders)],
    ['on time in full', (plan) => percent(plan.kpis.onTimeInFullRate)],
    ['unsourced units', (plan) => count(plan.kpis.unsourcedUnits)],
    ['orders with units unsourced', (plan) => count(plan.kpis.ordersWithUnsourced)],
    // A strategy that weighs orders together proves the wave, not one order on what the others left.
    ['orders proven best', (plan) => (plan.strategy === 'optimal' ? '-' : count(plan.kpis.ordersProven))],
    ['time', (_plan, elapsedMs) => seconds(elapsedMs)],
  ];
  const table = renderTable(
    [{ title: '' }, ...runs.map(({ plan }) => ({ title: plan.strategy, align: 'right' as const }))],
    rows.map(([label, of]) => [label, ...runs.map(({ plan, elapsedMs }) => of(plan, elapsedMs))]),
    markdown,
  );
  const { kpis } = first;
  const head = `${scenario.title}: ${count(kpis.orders)} orders, ${count(kpis.lines)} lines, ${count(kpis.units)} units`;
  return markdown ? table : [head, renderNotice(scenario), table, ...renderSavings(runs)].join('\n');
}

/** What the first strategy saves against each other, and what no plan could save beyond it. */
function renderSavings([first, ...others]: readonly TimedPlan[]): string[] {
  if (!first || others.length === 0) return [];
  const { strategy, currency, cost, proof } = first.plan;
  const rows = others.map(({ plan }) => {
    const saved = plan.cost.totalMicros - cost.totalMicros;
    const verb = saved < 0 ? 'costs' : 'saves';
    const share = percent(Math.abs(saved) / Math.max(1, plan.cost.totalMicros));
    return `  ${verb} ${currency} ${money(Math.abs(saved))} (${share})${saved < 0 ? ' more' : ''} against ${plan.strategy}`;
  });
  const bound = proof.proven
    ? '  and no plan for all orders costs less: proven.'
    : `  and no plan for all orders costs less than ${money(proof.lowerBoundMicros)}: at most ${percent(proof.gap, 2)} could still be saved.`;
  return ['', strategy, ...rows, bound];
}
