// Decides the made-up stock: from what was sold in the eight weeks before, never from the week that is to be sourced.
// Leaves every amount a formula with a stream of its own by sku and node, so that one sku's stock never moves another's.
import type { Item, Receipt, StockLevel } from '@sourcewright/engine';
import { noise, stream } from '../chance.ts';
import type { Site } from './network.ts';
import type { PastDemand } from './raw.ts';

/** A sku with what is expected of it. */
interface Expected {
  readonly item: Item;
  /** Units a week; later weeks count more. 0 for a sku that was never sold before. */
  readonly weekly: number;
  /** Units in an average sale line. */
  readonly lineUnits: number;
  /** 0 for the sku that sells most units, towards 1 for the least. */
  readonly rank: number;
}

const WEEK_WEIGHTS = [1, 1, 1, 1, 2, 2, 3, 3];

/** Share of national demand a DC keeps, and for how many weeks. */
const DC_SHARE: Partial<Record<string, number>> = { 'DC-DAVENTRY': 0.56, 'DC-WAKEFIELD': 0.44 };
const DC_WEEKS = 3;
const THIRD_PARTY = { carried: 0.45, share: 0.12, weeks: 3 };
const VENDOR_WEEKS = 3;

/** Which categories a vendor makes. */
const VENDOR_CATEGORIES: Partial<Record<string, readonly string[]>> = {
  'VE-POTTERIES': ['kitchen', 'candles', 'garden'],
  'VE-LEICESTER': ['bags', 'textiles', 'toys'],
  'VE-BASILDON': ['stationery', 'party', 'christmas'],
};
/** Share of its categories that a vendor really ships. */
const VENDOR_RANGE = 0.7;

export function buildStock(
  items: readonly Item[],
  past: ReadonlyMap<string, PastDemand>,
  sites: readonly Site[],
): { stock: StockLevel[]; receipts: Receipt[] } {
  const expected = expectDemand(items, past);
  const stock: StockLevel[] = [];
  const receipts: Receipt[] = [];
  for (const sku of expected) {
    for (const site of sites) {
      const level = stockLevel(sku, site);
      if (level) stock.push(level);
      const receipt = site.node.type === 'dc' ? futureReceipt(sku, site, level?.onHand ?? 0) : undefined;
      if (receipt) receipts.push(receipt);
    }
  }
  return { stock, receipts };
}

function expectDemand(items: readonly Item[], past: ReadonlyMap<string, PastDemand>): Expected[] {
  const total = WEEK_WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  const drafts = items.map((item) => {
    const demand = past.get(item.sku);
    const units = demand?.units ?? [];
    const weekly = units.reduce((sum, count, week) => sum + count * WEEK_WEIGHTS[week]!, 0) / total;
    const sold = units.reduce((sum, count) => sum + count, 0);
    return { item, weekly, lineUnits: demand ? sold / demand.lines : 0 };
  });
  const ranked = [...drafts].sort((a, b) => b.weekly - a.weekly || (a.item.sku < b.item.sku ? -1 : 1));
  const rankOf = new Map(ranked.map((draft, index) => [draft.item.sku, index / ranked.length]));
  return drafts.map((draft) => ({ ...draft, rank: rankOf.get(draft.item.sku)! }));
}

function stockLevel(sku: Expected, site: Site): StockLevel | undefined {
  const onHand = onHandUnits(sku, site);
  if (onHand <= 0) return undefined;
  const chance = stream('uk-gifts', 'held', sku.item.sku, site.node.nodeId);
  const share = (probability: number, low: number, high: number): number =>
    chance.next() < probability ? Math.round(onHand * (low + (high - low) * chance.next())) : 0;
  const big = site.node.type === 'dc' || site.node.type === '3pl';
  const held = {
    allocated: share(big ? 0.2 : 0.05, 0.02, 0.1),
    reserved: share(big ? 0.1 : 0.05, 0.01, 0.06),
    sellingBuffer: site.node.type === 'store' && chance.next() < 0.5 ? 1 : 0,
    sourcingBuffer: site.node.type === 'store' ? chance.integer(0, Math.min(2, onHand - 1)) : share(0.05, 0.02, 0.05),
  };
  const stated = Object.fromEntries(Object.entries(held).filter(([, units]) => units > 0));
  return { sku: sku.item.sku, nodeId: site.node.nodeId, onHand, ...stated, ...walkIn(sku, site) };
}

/** What a store sells over its own counter: a third of what it usually holds a week. */
function walkIn(sku: Expected, { node, size }: Site): { demandPerDay?: number } {
  if (node.type !== 'store') return {};
  return { demandPerDay: Math.round(((size * (1 + 0.007 * sku.weekly)) / 7) * 1000) / 1000 };
}

function onHandUnits(sku: Expected, site: Site): number {
  const { nodeId, type } = site.node;
  const chance = stream('uk-gifts', 'stock', sku.item.sku, nodeId);
  const carried = chance.next();
  const factor = noise(chance, type === 'dc' ? 0.35 : 0.6);
  switch (type) {
    case 'dc':
      // Gaps are for slow sellers: 0.72 × rank⁵ is 12 % on average.
      if (sku.weekly === 0 || carried < 0.72 * sku.rank ** 5) return 0;
      return Math.round(DC_SHARE[nodeId]! * DC_WEEKS * sku.weekly * factor + 3 * sku.lineUnits);
    case '3pl':
      if (sku.weekly === 0 || carried >= THIRD_PARTY.carried) return 0;
      return Math.round(THIRD_PARTY.share * THIRD_PARTY.weeks * sku.weekly * factor + sku.lineUnits);
    case 'store':
      if (sku.weekly === 0 || carried >= storeCarries(sku.rank)) return 0;
      return Math.round(site.size * (3 + 0.02 * sku.weekly) * factor + 0.6 * sku.lineUnits);
    case 'vendor':
      return vendorUnits(sku, nodeId, factor);
  }
}

/** Probability that a store carries a sku: most of the best eighth, a quarter of the rest. */
function storeCarries(rank: number): number {
  return rank < 0.125 ? 0.85 : 0.25;
}

/** Deep stock of what the vendor makes; for a sku never sold before a first batch of 12 to 36. */
function vendorUnits(sku: Expected, nodeId: string, factor: number): number {
  const makes = VENDOR_CATEGORIES[nodeId]?.includes(sku.item.category ?? '') ?? false;
  if (!makes || stream('uk-gifts', 'vendor-range', sku.item.sku).next() >= VENDOR_RANGE) return 0;
  if (sku.weekly === 0) return stream('uk-gifts', 'first-batch', sku.item.sku).integer(12, 36);
  return Math.round(VENDOR_WEEKS * sku.weekly * factor + 4 * sku.lineUnits);
}

/** Purchase orders: likelier where cover is short; due on one of the sixteen days from the second day of the week. */
function futureReceipt(sku: Expected, site: Site, onHand: number): Receipt | undefined {
  if (sku.weekly === 0) return undefined;
  const { nodeId } = site.node;
  const chance = stream('uk-gifts', 'receipt', sku.item.sku, nodeId);
  const share = DC_SHARE[nodeId]!;
  const short = onHand < share * sku.weekly * 1.5;
  if (chance.next() >= (short ? 0.5 : 0.12)) return undefined;
  const quantity = Math.max(1, Math.round(share * sku.weekly * (1 + 2 * chance.next())));
  const day = 15 + chance.integer(0, 15);
  const dueOn = day <= 30 ? `2011-11-${day}` : `2011-12-0${day - 30}`;
  return { receiptId: `PO-${sku.item.sku}-${nodeId}`, sku: sku.item.sku, nodeId, quantity, dueOn };
}
