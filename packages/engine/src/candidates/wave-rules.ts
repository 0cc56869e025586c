// Decides what rules withhold before a wave begins: units of a stock row, shares of a node's capacity.
// They read nothing of an order, so the network is the same for all orders: ledger and solvers need not know of them.
import { localTime } from '../base/time.ts';
import { indexNetwork, type Network, type StockRow } from '../model/network.ts';
import { backloggedSnapshot } from '../inventory/backlog.ts';
import { labouredSnapshot } from '../inventory/labour.ts';
import { balancedNetwork } from '../inventory/stock-balance.ts';
import type { Node } from '../model/node.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { StockLevel } from '../model/stock-level.ts';
import type { EffectOf } from '../model/effect.ts';
import { factReader } from '../rules/fact-reader.ts';
import { strikes } from '../rules/interpret.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { createRuleCounts, type RuleCounts } from '../rules/rule-counts.ts';
import { nodeViews, stockView, timeView } from './fact-views.ts';

/** The network of a snapshot with hours of work and waiting work laid in, what the rules withhold taken out, and what its stock is worth to nodes put in. */
export function waveNetwork(
  snapshot: Snapshot,
  policy: Policy,
  book: RuleBook,
  counts: RuleCounts = createRuleCounts(book.rules),
): Network {
  return balancedNetwork(
    ruledNetwork(backloggedSnapshot(labouredSnapshot(snapshot)), book, counts),
    policy.goals.stockBalance,
  );
}

function ruledNetwork(snapshot: Snapshot, book: RuleBook, counts: RuleCounts): Network {
  const network = indexNetwork(snapshot);
  if (book.at.stock.length === 0 && book.at.node.length === 0) return network;
  const nodes = book.at.node.length === 0 ? network.nodes : cappedNodes(network, book, counts);
  const stock = book.at.stock.length === 0 ? snapshot.stock : bufferedStock(network, book, counts);
  return indexNetwork({ ...snapshot, nodes: [...nodes], stock: [...stock] });
}

function cappedNodes(network: Network, book: RuleBook, counts: RuleCounts): Node[] {
  const time = timeView(network.snapshot);
  return nodeViews(network).map((view) => {
    const read = factReader({ time, node: view });
    let percent = 100;
    for (const rule of book.at.node) {
      counts.asked[rule]! += 1;
      if (!strikes(book.rules[rule]!, read)) continue;
      counts.held[rule]! += 1;
      const cap = (book.rules[rule]!.effect as EffectOf<'capacity-cap'>).params.percent;
      if (cap < percent && view.node.capacity) counts.changed[rule]! += 1;
      percent = Math.min(percent, cap);
    }
    return percent === 100 ? view.node : capNode(view.node, percent);
  });
}

/** Limits in whole shipments and units, rounded down; a node without limits keeps none. */
function capNode(node: Node, percent: number): Node {
  if (!node.capacity) return node;
  const { shipmentsPerDay, unitsPerDay } = node.capacity;
  const share = (limit: number): number => Math.floor((limit * percent) / 100);
  return {
    ...node,
    capacity: {
      ...node.capacity,
      ...(shipmentsPerDay === undefined ? {} : { shipmentsPerDay: share(shipmentsPerDay) }),
      ...(unitsPerDay === undefined ? {} : { unitsPerDay: share(unitsPerDay) }),
    },
  };
}

function bufferedStock(network: Network, book: RuleBook, counts: RuleCounts): StockLevel[] {
  const { snapshot } = network;
  const time = timeView(snapshot);
  const asOfDay = localTime(Date.parse(snapshot.asOf), snapshot.timeZone).day;
  const views = nodeViews(network);
  const levels: StockLevel[] = [];
  for (const [sku, rows] of network.rowsOf) {
    const item = { sku, item: network.items.get(sku) };
    for (const row of rows) {
      const read = factReader({ time, item, node: views[row.node]!, stock: stockView(row, asOfDay) });
      const buffer = bufferOf(row, book, counts, read);
      const level = row.level ?? { sku, nodeId: network.nodes[row.node]!.nodeId, onHand: 0 };
      if (buffer > (level.sourcingBuffer ?? 0)) levels.push({ ...level, sourcingBuffer: buffer });
      else if (row.level) levels.push(row.level);
    }
  }
  return levels;
}

function bufferOf(row: StockRow, book: RuleBook, counts: RuleCounts, read: (name: string) => unknown): number {
  const own = row.level?.sourcingBuffer ?? 0;
  let most = own;
  for (const rule of book.at.stock) {
    counts.asked[rule]! += 1;
    if (!strikes(book.rules[rule]!, read)) continue;
    counts.held[rule]! += 1;
    const { units, coverDays } = (book.rules[rule]!.effect as EffectOf<'sourcing-buffer'>).params;
    const buffer = Math.max(units ?? 0, Math.ceil((coverDays ?? 0) * (row.level?.demandPerDay ?? 0)));
    if (buffer > own) counts.changed[rule]! += 1;
    most = Math.max(most, buffer);
  }
  return most;
}
