// Decides what is kept of a scenario besides its document: the summary, the nodes as they are shown, the orders as they are searched.
import { gzipSync } from 'node:zlib';
import { type Item, labouredSnapshot, type Order, type Scenario, type Snapshot } from '@sourcewright/engine';
import type { NodeView, ScenarioSummary } from '../contract/index.ts';
import type { NewScenario, ScenarioOrder } from '../store/store.ts';

export function scenarioRecord(scenario: Scenario, createdAt: string): NewScenario {
  const items = new Map(scenario.snapshot.items.map((item) => [item.sku, item]));
  return {
    summary: summaryOf(scenario, createdAt),
    policy: scenario.policy,
    nodeList: nodeViews(scenario.snapshot),
    document: gzipSync(JSON.stringify(scenario), { level: 4 }),
    orders: scenario.orders.map((order) => scenarioOrder(order, items)),
  };
}

function summaryOf(scenario: Scenario, createdAt: string): ScenarioSummary {
  const { snapshot, orders, policy: _policy, ...info } = scenario;
  let [first, last] = [orders[0]!.placedAt, orders[0]!.placedAt];
  for (const { placedAt } of orders) {
    if (Date.parse(placedAt) < Date.parse(first)) first = placedAt;
    if (Date.parse(placedAt) > Date.parse(last)) last = placedAt;
  }
  const collectedOrders = orders.filter(({ collectAt }) => collectAt !== undefined).length;
  return {
    ...info,
    currency: snapshot.currency,
    timeZone: snapshot.timeZone,
    asOf: snapshot.asOf,
    orders: orders.length,
    ...(collectedOrders > 0 && { collectedOrders }),
    lines: orders.reduce((sum, order) => sum + order.lines.length, 0),
    nodes: snapshot.nodes.length,
    items: snapshot.items.length,
    firstPlacedAt: first,
    lastPlacedAt: last,
    createdAt,
  };
}

function nodeViews(snapshot: Snapshot): NodeView[] {
  const stock = new Map<string, { skus: number; units: number }>();
  for (const { nodeId, onHand } of snapshot.stock) {
    const sum = stock.get(nodeId) ?? { skus: 0, units: 0 };
    stock.set(nodeId, { skus: sum.skus + (onHand > 0 ? 1 : 0), units: sum.units + onHand });
  }
  const services = new Map(snapshot.rateCards.map((card) => [card.rateCardId, card.service]));
  // Hours of work are limits of units, too.
  return labouredSnapshot(snapshot).nodes.map((node) => ({
    nodeId: node.nodeId,
    name: node.name,
    type: node.type,
    status: node.status ?? 'open',
    region: node.region ?? null,
    postcode: node.postcode ?? null,
    location: node.location ?? null,
    capacity: node.capacity
      ? {
          shipmentsPerDay: node.capacity.shipmentsPerDay ?? null,
          unitsPerDay: node.capacity.unitsPerDay ?? null,
        }
      : null,
    skusStocked: stock.get(node.nodeId)?.skus ?? 0,
    unitsOnHand: stock.get(node.nodeId)?.units ?? 0,
    services: [...new Set(node.rateCardIds.flatMap((id) => services.get(id) ?? []))].sort(),
  }));
}

function scenarioOrder(order: Order, items: ReadonlyMap<string, Item>): ScenarioOrder {
  const { orderId, placedAt, destination, lines, fulfilment = 'ship', collectAt } = order;
  const words = [orderId, destination.postcode, destination.region, collectAt];
  for (const { sku } of lines) words.push(sku, items.get(sku)?.name);
  return {
    orderId,
    placedAt,
    region: destination.region ?? null,
    postcode: destination.postcode ?? null,
    fulfilment,
    collectAt: collectAt ?? null,
    lines: lines.length,
    units: lines.reduce((sum, line) => sum + line.quantity, 0),
    search: [...new Set(words.filter((word) => word !== undefined))].join('\n').toLowerCase(),
  };
}
