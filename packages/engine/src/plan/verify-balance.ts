// Decides what units taken from a row cost its node, worked out anew: chances summed up from nothing sold, unit by unit.
// For the verification only; it shares no code with inventory.
import { dayNumber, localTime } from '../base/time.ts';
import type { Policy } from '../model/policy.ts';
import type { Receipt } from '../model/receipt.ts';
import type { StockLevel } from '../model/stock-level.ts';
import type { Wave } from '../model/wave.ts';

/** Micros of the first `units` taken from a row without steps of its own. */
export type BalanceTotal = (sku: string, nodeId: string, units: number) => number;

export function createBalanceTotal({ snapshot }: Wave, policy: Policy): BalanceTotal {
  const goal = policy.goals.stockBalance;
  if (!goal) return () => 0;
  const today = localTime(Date.parse(snapshot.asOf), snapshot.timeZone).day;
  const receipts = Map.groupBy(snapshot.receipts ?? [], ({ sku, nodeId }) => `${sku}\n${nodeId}`);
  const levels = new Map(snapshot.stock.map((level) => [`${level.sku}\n${level.nodeId}`, level]));
  const prices = new Map(snapshot.items.map(({ sku, priceMicros }) => [sku, priceMicros ?? 0]));
  const there = (key: string): number => unitsThere(levels.get(key), receipts.get(key) ?? [], today);
  const over = (level: StockLevel): number => {
    const { demandPerDay, targetUnits } = level;
    const cover = goal.markdown?.targetCoverDays;
    const byCover =
      cover === undefined || demandPerDay === undefined ? Infinity : Math.ceil(cover * demandPerDay - 1e-9);
    return goal.markdown ? Math.max(0, there(`${level.sku}\n${level.nodeId}`) - (targetUnits ?? byCover)) : 0;
  };
  const skusOver = new Set(snapshot.stock.filter((level) => over(level) > 0).map(({ sku }) => sku));
  const chances = new Map<string, readonly number[]>();
  const twentieths = (key: string): readonly number[] => {
    let found = chances.get(key);
    if (!found) {
      const coming = (receipts.get(key) ?? []).map(({ dueOn }) => dayNumber(dueOn)).filter((day) => day > today);
      const days = coming.length > 0 ? Math.min(...coming) - today : goal.horizonDays;
      chances.set(key, (found = chancesOf(levels.get(key), days, Math.max(1, there(key)))));
    }
    return found;
  };
  return (sku, nodeId, units) => {
    const key = `${sku}\n${nodeId}`;
    const level = levels.get(key);
    const price = prices.get(sku) ?? 0;
    const margin = Math.round((price * goal.marginPercent) / 100);
    const { chancePercent = 0, lossPercent = 0 } = goal.markdown ?? {};
    const spared = skusOver.has(sku) ? Math.round((price * chancePercent * lossPercent) / 10_000) : 0;
    const free = level ? over(level) : 0;
    const present = there(key);
    const parts = margin > 0 ? twentieths(key) : [];
    if (parts.length === 0 && spared === 0) return 0;
    const last = Math.max(1, present);
    let micros = 0;
    for (let taken = 1; taken <= units; taken++) {
      const left = Math.max(1, present - Math.min(taken, last) + 1);
      const part = parts[left - 1] ?? 0;
      micros += Math.round((margin * part) / 20) + (Math.min(taken, last) > free ? spared : 0);
    }
    return micros;
  };
}

function unitsThere(level: StockLevel | undefined, receipts: readonly Receipt[], today: number): number {
  const arrived = receipts.filter(({ dueOn }) => dayNumber(dueOn) <= today);
  const due = arrived.reduce((sum, { quantity }) => sum + quantity, 0);
  return level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) + due : due;
}

/** By n − 1: P(demand ≥ n) in twentieths, for n from 1 to `most`. */
function chancesOf(level: StockLevel | undefined, days: number, most: number): number[] {
  const mean = (level?.demandPerDay ?? 0) * days;
  if (mean === 0) return [];
  const sd = level?.demandSdPerDay;
  const variance = sd === undefined ? mean : sd * sd * days;
  const spread = variance / mean;
  const isPoisson = spread <= 1 + 1e-9;
  const shape = mean / (spread - 1);
  let logShare = isPoisson ? -mean : -shape * Math.log(spread);
  let below = 0;
  const chances: number[] = [];
  for (let n = 0; n < most; n++) {
    below += Math.exp(logShare);
    chances.push(Math.round((1 - below) * 20 + 1e-9));
    const grow = isPoisson ? mean : (1 - 1 / spread) * (shape + n);
    logShare += Math.log(grow / (n + 1));
  }
  return chances;
}
