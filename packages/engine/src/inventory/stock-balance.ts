// Decides what taking units costs the node they are taken from: sales it may lose before its next receipt, markdown it is not spared.
// A newsvendor's sum for each unit, as steps that never fall. Leaves paying them in turn to the ledger.
import type { CostStep } from '../base/cost-steps.ts';
import { localTime } from '../base/time.ts';
import { indexNetwork, type Network, type StockRow } from '../model/network.ts';
import type { Policy } from '../model/policy.ts';
import type { StockLevel } from '../model/stock-level.ts';
import { demandTail } from './demand-tail.ts';

export type StockBalanceGoal = NonNullable<Policy['goals']['stockBalance']>;

/** Chances are counted in this many parts. */
export const CHANCE_PARTS = 20;

/** The charge for units of one row, with all that went into it. */
export interface StockBalance {
  /** Units free for the node's own customers when the wave starts. */
  readonly unitsThere: number;
  /** Calendar days until more comes. */
  readonly days: number;
  /** What its own customers are expected to ask for until then. */
  readonly meanUnits: number;
  readonly variance: number;
  /** Lost with a sale. */
  readonly marginMicros: number;
  /** Units above what the node should hold. */
  readonly unitsOver: number;
  /** Saved by taking a unit that is over; charged for one that is not, where the sku is over anywhere. */
  readonly markdownMicros: number;
  readonly steps: readonly CostStep[];
}

/** The network with steps at every row that states none itself; they are worked out when a sku's rows are first asked for them. */
export function balancedNetwork(network: Network, goal: StockBalanceGoal | undefined): Network {
  if (!goal) return network;
  const stock: StockLevel[] = [];
  for (const [sku, rows] of network.rowsOf) {
    let balances: readonly (StockBalance | null)[] | undefined;
    for (const [at, row] of rows.entries()) {
      const level = row.level ?? { sku, nodeId: network.nodes[row.node]!.nodeId, onHand: 0 };
      const steps = (): Steps => (balances ??= skuBalances(network, sku, goal))[at]?.steps;
      stock.push(level.stockOutSteps ? level : withSteps(level, steps));
    }
  }
  return indexNetwork({ ...network.snapshot, stock });
}

type Steps = readonly CostStep[] | undefined;

function withSteps(level: StockLevel, stepsOf: () => Steps): StockLevel {
  let known: { readonly steps: StockLevel['stockOutSteps'] } | undefined;
  return {
    ...level,
    get stockOutSteps() {
      if (!known) {
        const steps = stepsOf() ?? [];
        known = { steps: steps.length > 0 ? [...steps] : undefined };
      }
      return known.steps;
    },
  };
}

/** By row of the sku; null where the row states its own steps. */
export function skuBalances(network: Network, sku: string, goal: StockBalanceGoal): readonly (StockBalance | null)[] {
  const rows = network.rowsOf.get(sku) ?? [];
  const priceMicros = network.items.get(sku)?.priceMicros ?? 0;
  const asOfDay = localTime(Date.parse(network.snapshot.asOf), network.snapshot.timeZone).day;
  const over = rows.map((row) => unitsOver(row, asOfDay, goal));
  const { chancePercent = 0, lossPercent = 0 } = goal.markdown ?? {};
  const spared = Math.round((priceMicros * chancePercent * lossPercent) / 10_000);
  const markdownMicros = over.some((units) => units > 0) ? spared : 0;
  const marginMicros = Math.round((priceMicros * goal.marginPercent) / 100);
  return rows.map((row, at) =>
    row.level?.stockOutSteps ? null : balanceOf(row, asOfDay, over[at]!, { marginMicros, markdownMicros, goal }),
  );
}

interface Prices {
  readonly marginMicros: number;
  readonly markdownMicros: number;
  readonly goal: StockBalanceGoal;
}

function balanceOf(row: StockRow, asOfDay: number, over: number, prices: Prices): StockBalance {
  const { marginMicros, markdownMicros, goal } = prices;
  const { days, meanUnits, variance } = ownDemand(row, asOfDay, goal.horizonDays);
  const unitsThere = unitsNow(row, asOfDay);
  const tail = meanUnits > 0 && marginMicros > 0 ? demandTail(meanUnits, variance) : () => 0;
  const partsOf = (unit: number): number => Math.round(tail(Math.max(1, unitsThere - unit + 1)) * CHANCE_PARTS + 1e-9);
  const steps: CostStep[] = [];
  // The last unit there stands for all that come after it.
  const most = Math.max(1, unitsThere);
  for (let unit = 1; unit <= most; ) {
    const isOver = unit <= over;
    const parts = partsOf(unit);
    const end = lastWith((at) => partsOf(at) === parts, unit, isOver ? Math.min(over, most) : most);
    const perUnitMicros = Math.round((marginMicros * parts) / CHANCE_PARTS) + (isOver ? 0 : markdownMicros);
    const last = steps.at(-1);
    if (last?.perUnitMicros !== perUnitMicros) steps.push({ units: end - unit + 1, perUnitMicros });
    else steps[steps.length - 1] = { units: last.units + end - unit + 1, perUnitMicros };
    unit = end + 1;
  }
  const charged = steps.some(({ perUnitMicros }) => perUnitMicros > 0);
  return {
    unitsThere,
    days,
    meanUnits,
    variance,
    marginMicros,
    unitsOver: over,
    markdownMicros,
    steps: charged ? steps : [],
  };
}

/** The last from `first` to `most` for which it holds: it does for `first`, and for none after one for which it does not. */
function lastWith(holds: (at: number) => boolean, first: number, most: number): number {
  let [yes, no] = [first, most + 1];
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** What a node's own customers ask for until more comes, in calendar days. */
export function ownDemand({ level, receipts }: StockRow, asOfDay: number, horizonDays: number) {
  const { demandPerDay = 0, demandSdPerDay } = level ?? {};
  const next = receipts.find(({ day }) => day > asOfDay);
  const days = next ? next.day - asOfDay : horizonDays;
  const meanUnits = demandPerDay * days;
  const variance = demandSdPerDay === undefined ? meanUnits : demandSdPerDay * demandSdPerDay * days;
  return { days, meanUnits, variance };
}

/** On hand − allocated − reserved, and receipts that are due already. */
export function unitsNow({ level, receipts }: StockRow, asOfDay: number): number {
  const counted = level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) : 0;
  return receipts.reduce((sum, { day, quantity }) => (day <= asOfDay ? sum + quantity : sum), counted);
}

/** A node without a target, stated or by cover, is never over. */
function unitsOver(row: StockRow, asOfDay: number, { markdown }: StockBalanceGoal): number {
  if (!markdown || !row.level) return 0;
  const { targetUnits, demandPerDay } = row.level;
  const byCover =
    markdown.targetCoverDays === undefined || demandPerDay === undefined
      ? undefined
      : Math.ceil(markdown.targetCoverDays * demandPerDay - 1e-9);
  const target = targetUnits ?? byCover;
  return target === undefined ? 0 : Math.max(0, unitsNow(row, asOfDay) - target);
}
