// Decides what is told of the stock that a choice draws on: what the node keeps for its own customers, how long it lasts, whether it may run out.
// The same demand as the stock balance goes by; leaves its charge to inventory/stock-balance.ts.
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
import { amountText, units } from './text.ts';

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
    for (const [source, taking] of draft.taken) {
      if (view.problem.sources[source]!.node === row.node) own += taking.get(demand) ?? 0;
    }
    const unitsBefore = unitsNow(row, asOfDay) - unitsTaken(taken, nodeId, sku);
    const counts = { nodeId, unitsBefore, unitsAfter: unitsBefore - own, demandPerDay };
    const weeks = {
      weeksBefore: coverWeeks(counts.unitsBefore, demandPerDay)!,
      weeksAfter: coverWeeks(counts.unitsAfter, demandPerDay)!,
    };
    const runOut = runOutOf(row, counts, asOfDay, policy, network.items.get(sku)?.priceMicros ?? 0);
    const buffer = Math.min(row.level?.sourcingBuffer ?? 0, Math.max(0, counts.unitsAfter));
    const bufferUnits = buffer > 0 ? { bufferUnits: buffer } : {};
    const kept = { ...counts, ...bufferUnits, ...weeks, ...(runOut && { runOut }) };
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
  const { unitsBefore, unitsAfter, bufferUnits = 0, demandPerDay, weeksBefore, weeksAfter, runOut } = kept;
  const isLast = unitsAfter <= 0;
  const cover = say(isLast ? KEPT.last : KEPT.cover, {
    node,
    before: isLast && unitsBefore === 1 ? 'unit' : isLast ? unitsBefore : units(unitsBefore),
    after: unitsAfter,
    buffer: bufferUnits > 0 ? ` (${bufferUnits} as a buffer, ${unitsAfter - bufferUnits} free)` : '',
    weekly: significant(7 * demandPerDay),
    lastsBefore: lasting(weeksBefore),
    lastsAfter: lasting(weeksAfter),
  });
  const chances = runOut && { chanceBefore: percent(runOut.chanceBefore), chanceAfter: percent(runOut.chanceAfter) };
  // Nobody asks about what hardly happens.
  if (!runOut || !chances || chances.chanceBefore === chances.chanceAfter) return cover;
  const days = runOut.days === 1 ? 'a day' : `${runOut.days} days`;
  const values = { days, ...chances, margin: amountText(runOut.marginMicros) };
  return `${cover} ${say(isLast ? KEPT['none-left'] : KEPT['run-out'], values)}`;
}

/** Two digits that count, for what is only known so well. */
function significant(value: number): string {
  return String(value >= 10 ? Math.round(value) : Number(value.toPrecision(2)));
}

function lasting(weeks: number): string {
  const [count, unit] = weeks < 1 ? [significant(7 * weeks), 'day'] : [significant(weeks), 'week'];
  return `${count} ${unit}${count === '1' ? '' : 's'}`;
}

function percent(share: number): string {
  if (share > 0.995 && share < 1) return 'over 99 %';
  const isSmall = share >= 0.0005 && share < 0.01;
  return isSmall ? `${(Math.round(share * 1000) / 10).toFixed(1)} %` : `${Math.round(share * 100)} %`;
}
