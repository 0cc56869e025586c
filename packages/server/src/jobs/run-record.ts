// Decides what is kept of a plan besides its JSON: a row an order, sums by node and destination area, and prices with names.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  canonicalJson,
  type Item,
  type Node,
  type Order,
  type OrderPlan,
  type Plan,
  type Wave,
} from '@sourcewright/engine';
import type { FlowArea } from '../contract/index.ts';
import type { OrderResult, RunResult, StoredFlow, StoredPrice } from '../store/store.ts';

/** What is known of a run beside its plan. */
export interface RunTimes {
  readonly trace: RunResult['trace'];
  readonly finishedAt: string;
}

export function runRecord(runId: string, plan: Plan, wave: Wave, { trace, finishedAt }: RunTimes): RunResult {
  return {
    runId,
    figures: figuresOf(plan),
    plan: gzipSync(canonicalJson(plan), { level: 4 }),
    orders: plan.orders.map(orderResult),
    ...flowSums(plan, wave),
    prices: namedPrices(plan, wave.snapshot.items),
    trace,
    finishedAt,
  };
}

function figuresOf({ kpis, cost, proof, tiers, effort, basis }: Plan): RunResult['figures'] {
  return { degraded: null, kpis, cost, proof, tiers, effort, basis };
}

function namedPrices({ prices }: Plan, items: readonly Item[]): StoredPrice[] {
  const names = new Map(items.map(({ sku, name }) => [sku, name]));
  return prices.map((price) => ({ ...price, name: (price.sku === null ? null : names.get(price.sku)) ?? null }));
}

function orderResult(orderPlan: OrderPlan): OrderResult {
  const { orderId, shipments, unsourced, cost, proof } = orderPlan;
  return {
    orderId,
    shipments: shipments.length,
    nodeIds: [...new Set(shipments.map((shipment) => shipment.nodeId))],
    costMicros: cost.totalMicros,
    unsourcedUnits: unsourced.reduce((sum, line) => sum + line.quantity, 0),
    lateDays: shipments.reduce((most, shipment) => Math.max(most, shipment.lateDays), 0),
    deliveryDays:
      shipments.length === 0 ? null : shipments.reduce((most, shipment) => Math.max(most, shipment.deliveryDays), 0),
    gap: proof.gap,
    proven: proof.proven,
    choiceHash: choiceHash(orderPlan),
  };
}

/** Names what is shipped from where, when and how; the order of shipments and lines does not matter. */
function choiceHash({ shipments, unsourced }: OrderPlan): string {
  const lineText = (line: { lineId: string; quantity: number }): string => `${line.lineId}=${line.quantity}`;
  const parts = shipments.map((shipment) =>
    JSON.stringify([shipment.nodeId, shipment.rateCardId, shipment.shipOn, shipment.lines.map(lineText).sort()]),
  );
  const text = JSON.stringify([parts.sort(), unsourced.map(lineText).sort()]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 20);
}

/** Where an order's goods go on the map: the region it is sent to, or the node where it is collected. */
function placeOf(
  { destination, collectAt }: Order,
  nodes: ReadonlyMap<string, Node>,
): { areaId: string; collectAt: string | null; lat: number | undefined; lon: number | undefined } {
  if (collectAt !== undefined) {
    const { lat, lon } = nodes.get(collectAt)?.location ?? {};
    return { areaId: `collect:${collectAt}`, collectAt, lat, lon };
  }
  const { lat, lon, region, country } = destination;
  return { areaId: region ?? country, collectAt: null, lat, lon };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function flowSums(plan: Plan, { orders, snapshot }: Wave): { areas: FlowArea[]; flows: StoredFlow[] } {
  const areas = new Map<string, Mutable<FlowArea>>();
  const positions = new Map<string, { lat: number; lon: number; count: number }>();
  const areaOfOrder = new Map<string, string>();
  const nodes = new Map(snapshot.nodes.map((node) => [node.nodeId, node]));
  for (const order of orders) {
    const { areaId, collectAt, lat, lon } = placeOf(order, nodes);
    areaOfOrder.set(order.orderId, areaId);
    const area = areas.get(areaId) ?? {
      areaId,
      collectAt,
      lat: null,
      lon: null,
      orders: 0,
      units: 0,
      costMicros: 0,
      lateShipments: 0,
    };
    area.orders += 1;
    areas.set(areaId, area);
    if (lat === undefined || lon === undefined) continue;
    const sum = positions.get(areaId) ?? { lat: 0, lon: 0, count: 0 };
    positions.set(areaId, { lat: sum.lat + lat, lon: sum.lon + lon, count: sum.count + 1 });
  }
  for (const [areaId, { lat, lon, count }] of positions)
    Object.assign(areas.get(areaId)!, { lat: lat / count, lon: lon / count });

  const flows = new Map<string, Mutable<StoredFlow>>();
  for (const { orderId, shipments } of plan.orders) {
    const areaId = areaOfOrder.get(orderId)!;
    const area = areas.get(areaId)!;
    const served = new Set<string>();
    for (const { nodeId, lines, cost, lateDays } of shipments) {
      const key = `${nodeId}\n${areaId}`;
      const flow = flows.get(key) ?? {
        nodeId,
        areaId,
        orders: 0,
        shipments: 0,
        units: 0,
        costMicros: 0,
        lateShipments: 0,
      };
      flows.set(key, flow);
      const units = lines.reduce((sum, line) => sum + line.quantity, 0);
      if (!served.has(nodeId)) flow.orders += 1;
      served.add(nodeId);
      flow.shipments += 1;
      for (const sum of [area, flow]) {
        sum.units += units;
        sum.costMicros += cost.totalMicros;
        if (lateDays > 0) sum.lateShipments += 1;
      }
    }
  }
  return { areas: [...areas.values()], flows: [...flows.values()] };
}
