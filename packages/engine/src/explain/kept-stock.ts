// Decides what is told of the stock that a choice draws on: what the node keeps for its own customers, how long it lasts, whether it may run out.
// The same demand as the stock balance goes by; leaves its charge to inventory/stock-balance.ts.
import { decimal } from '../base/money.ts';
import { localTime } from '../base/time.ts';
import { coverWeeks } from '../inventory/cover.ts';
import { demandTail } from '../inventory/demand-tail.ts';
import { ownDemand, unitsNow } from '../inventory/stock-balance.ts';
import type { KeptStock } from '../model/explanation.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Policy } from '../model/policy.ts';
import type { OrderContext } from './order-context.ts';
import { unitsTaken } from './plan-uses.ts';
import { KEPT, say } from './reasons.ts';

/** Of each chosen node with a demand of its own for the item, in the order of nodes. */
export function keptStock(
  { view, draft, taken }: OrderContext,
  demand: number,
  chosen: ReadonlySet<number>,
  network: Network,
  policy: Policy,
): KeptStock[] {
  const { sku, rows } = view.candidates.demands[demand]!;
  const asOfDay = localTime(Date.parse(network.snapshot.asOf), network.snapshot.timeZone).day;
  return rows.flatMap((row): KeptStock[] => {
    const { demandPerDay = 0 } = row.level ?? {};
    if (!chosen.has(row.node) || demandPerDay === 0) return [];
    const { nodeId, name } = network.nodes[row.node]!;
    let own = 0;
    for (const [source, units] of draft.taken) {
      if (view.problem.sources[source]!.node === row.node) own += units.get(demand) ?? 0;
    }
    const unitsBefore = unitsNow(row, asOfDay) - unitsTaken(taken, nodeId, sku);
    const units = { nodeId, unitsBefore, unitsAfter: unitsBefore - own, demandPerDay };
    const weeks = {
      weeksBefore: coverWeeks(units.unitsBefore, demandPerDay)!,
      weeksAfter: coverWeeks(units.unitsAfter, demandPerDay)!,
    };
    const runOut = runOutOf(row, units, asOfDay, policy, network.items.get(sku)?.priceMicros ?? 0);
    const kept = { ...units, ...weeks, ...(runOut && { runOut }) };
    return [{ ...kept, sentence: keptSentence(kept, name) }];
  });
}

function runOutOf(
  row: StockRow,
  { unitsBefore, unitsAfter }: Pick<KeptStock, 'unitsBefore' | 'unitsAfter'>,
  asOfDay: number,
  { goals: { stockBalance } }: Policy,
  priceMicros: number,
): KeptStock['runOut'] {
  if (!stockBalance) return undefined;
  const { days, meanUnits, variance } = ownDemand(row, asOfDay, stockBalance.horizonDays);
  const tail = demandTail(meanUnits, variance);
  const chanceAt = (units: number): number => Math.round(tail(Math.max(0, units) + 1) * 1e4) / 1e4;
  const marginMicros = Math.round((priceMicros * stockBalance.marginPercent) / 100);
  return { days, meanUnits, chanceBefore: chanceAt(unitsBefore), chanceAfter: chanceAt(unitsAfter), marginMicros };
}

function keptSentence(kept: Omit<KeptStock, 'sentence'>, node: string): string {
  const { unitsBefore, unitsAfter, demandPerDay, weeksBefore, weeksAfter, runOut } = kept;
  const cover = say(KEPT.cover, {
    node,
    before: unitsBefore,
    after: unitsAfter,
    weekly: shown(7 * demandPerDay),
    weeksBefore: shown(weeksBefore),
    weeksAfter: shown(weeksAfter),
  });
  const chances = runOut && { chanceBefore: percent(runOut.chanceBefore), chanceAfter: percent(runOut.chanceAfter) };
  // Nobody asks about what hardly happens.
  if (!runOut || !chances || chances.chanceBefore === chances.chanceAfter) return cover;
  const days = runOut.days === 1 ? 'a day' : `${runOut.days} days`;
  return `${cover} ${say(KEPT['run-out'], { days, ...chances, margin: decimal(runOut.marginMicros) })}`;
}

function shown(value: number): string {
  return value.toFixed(1);
}

function percent(share: number): string {
  const isSmall = share >= 0.0005 && share < 0.01;
  return isSmall ? `${(Math.round(share * 1000) / 10).toFixed(1)} %` : `${Math.round(share * 100)} %`;
}
