// Decides the command `source`: a scenario becomes a plan, shown as figures or as the plan itself.
import { writeFile } from 'node:fs/promises';
import {
  canonicalJson,
  COST_TERMS,
  type NodeKpis,
  type Plan,
  type Scenario,
  type StopReason,
  TERM_LABELS,
  termMicros,
} from '@sourcewright/engine';
import { count, money, percent, seconds } from '../figures.ts';
import { renderNotice } from '../notice.ts';
import { runSource, type TimedPlan } from '../run-source.ts';
import { durationMs, limitsFrom, loadScenario, policyWith } from '../scenario-argument.ts';
import { renderTable } from '../table.ts';

export interface SourceOptions {
  readonly strategy?: string;
  readonly orderWork?: string;
  readonly deadline?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function sourceCommand(path: string, options: SourceOptions): Promise<string> {
  const scenario = await loadScenario(path);
  const policy = policyWith(scenario.policy, options.strategy);
  const deadlineMs = options.deadline === undefined ? undefined : durationMs('--deadline', options.deadline);
  const timed = await runSource(scenario, policy, limitsFrom(options.orderWork), deadlineMs);
  const { plan } = timed;
  const text = canonicalJson(plan);
  if (options.out !== undefined) await writeFile(options.out, `${text}\n`);
  if (timed.degraded) process.stderr.write(`Degraded (${timed.degraded.reason}): ${timed.degraded.message}\n`);
  return options.json ? text : renderPlan(scenario, timed);
}

function renderPlan(scenario: Scenario, { plan, elapsedMs, degraded }: TimedPlan): string {
  const { kpis, cost } = plan;
  const terms = renderTable(
    [
      { title: 'Cost' },
      { title: plan.currency, align: 'right' },
      { title: 'an order', align: 'right' },
      { title: 'share', align: 'right' },
    ],
    [
      ...COST_TERMS.map((term) => [TERM_LABELS[term], termMicros(cost, term)] as const),
      ['Total', cost.totalMicros] as const,
    ].map(([label, micros]) => [
      label,
      money(micros),
      money(micros / kpis.orders),
      percent(micros / Math.max(1, cost.totalMicros)),
    ]),
  );
  const hasCover = kpis.nodes.some(({ coverWeeksBefore }) => coverWeeksBefore !== null);
  const nodes = renderTable(
    [
      { title: 'node' },
      { title: 'shipments', align: 'right' },
      { title: 'lines', align: 'right' },
      { title: 'units', align: 'right' },
      { title: 'late', align: 'right' },
      { title: plan.currency, align: 'right' },
      { title: 'busiest day', align: 'right' },
      ...(hasCover ? [{ title: 'weeks of stock', align: 'right' } as const] : []),
    ],
    kpis.nodes
      .filter((node) => node.shipments > 0)
      .sort((a, b) => b.units - a.units)
      .map((node) => [
        node.nodeId,
        count(node.shipments),
        count(node.lines),
        count(node.units),
        count(node.lateShipments),
        money(node.costMicros),
        node.peakUtilisation === null ? '-' : percent(node.peakUtilisation, 0),
        ...(hasCover ? [coverText(node)] : []),
      ]),
  );
  return [
    `${scenario.title}: ${count(kpis.orders)} orders, ${count(kpis.lines)} lines, ${count(kpis.units)} units, strategy ${plan.strategy}${degraded ? ' (degraded)' : ''}, ${seconds(elapsedMs)}`,
    renderNotice(scenario),
    terms,
    '',
    `Shipments ${count(kpis.shipments)} (${kpis.shipmentsPerOrder.toFixed(2)} an order), ${count(kpis.parcels)} parcels; split orders ${percent(kpis.splitRate)}`,
    `Days to deliver: mean ${kpis.daysToDeliver.mean.toFixed(2)}, p50 ${kpis.daysToDeliver.p50}, p90 ${kpis.daysToDeliver.p90}; late orders ${count(kpis.lateOrders)}; on time in full ${percent(kpis.onTimeInFullRate)}`,
    `Unsourced: ${count(kpis.unsourcedUnits)} units on ${count(kpis.unsourcedLines)} lines of ${count(kpis.ordersWithUnsourced)} orders; fill ${percent(kpis.unitFillRate, 2)}`,
    renderProof(plan),
    `Stopped: ${STOPPED[plan.effort.stopped]}; work ${count(plan.effort.work)}, rounds ${count(plan.effort.rounds)}`,
    ...renderTiers(plan),
    '',
    nodes,
    ...renderPrices(plan),
  ].join('\n');
}

/** Weeks for which a node's stock lasts its own customers, before the plan and after it. */
function coverText({ coverWeeksBefore, coverWeeksAfter }: NodeKpis): string {
  if (coverWeeksBefore === null || coverWeeksAfter === null) return '-';
  return `${coverWeeksBefore.toFixed(1)} → ${coverWeeksAfter.toFixed(1)}`;
}

const STOPPED: Readonly<Record<StopReason, string>> = {
  optimal: 'the plan is proven best',
  'work-limit': 'the work allowed was used up',
  'target-gap': 'the gap is small enough',
  'no-improvement': 'more work seldom helps',
  'last-order': 'every order was decided once',
  interrupted: 'it was asked to stop',
};

/** Goals by rank, where there are several. */
function renderTiers({ tiers, currency }: Plan): string[] {
  if (tiers.length < 2) return [];
  const right = (title: string) => ({ title, align: 'right' as const });
  const table = renderTable(
    [{ title: 'goal' }, right(currency), right('at least'), right('gap'), right('may rise to')],
    tiers.map(({ name, objectiveMicros, lowerBoundMicros, gap, limitMicros }) => [
      name,
      money(objectiveMicros),
      money(lowerBoundMicros),
      percent(gap, 2),
      limitMicros === null ? '-' : money(limitMicros),
    ]),
  );
  return ['', 'Goals by rank, each inside the limits of those above:', '', table];
}

/** One order is held against what it found, or, where orders are weighed together, against having all stock to itself. */
function renderProof({ strategy, kpis, proof }: Plan): string {
  const orders = `${count(kpis.ordersProven)} of ${count(kpis.orders)} orders`;
  const one =
    strategy === 'optimal' ? `${orders} cost what they would alone` : `${orders} proven best on what they found`;
  const bound = `no plan for all costs less than ${money(proof.lowerBoundMicros)} (gap ${percent(proof.gap, 2)})`;
  return strategy === 'optimal' ? `Proof: ${bound}; ${one}` : `Proof: ${one}; ${bound}`;
}

const LISTED_PRICES = 10;

/** Where one more unit of stock or capacity would save most. */
function renderPrices({ prices, currency }: Plan): string[] {
  if (prices.length === 0) return [];
  const table = renderTable(
    [
      { title: 'one more' },
      { title: 'at' },
      { title: 'there are', align: 'right' },
      { title: `saves ${currency}`, align: 'right' },
    ],
    prices
      .slice(0, LISTED_PRICES)
      .map(({ kind, nodeId, sku, shipOn, supply, unitMicros }) => [
        kind === 'stock' ? `unit of ${sku}` : `${kind === 'units' ? 'unit' : 'shipment'} on ${shipOn}`,
        nodeId,
        count(supply),
        money(unitMicros),
      ]),
  );
  return ['', `Worth most, of ${count(prices.length)} scarce resources:`, '', table];
}
