// Decides who got the last unit of an item at a node, and what it was worth to that order and, where orders are weighed together, to all.
import { decimal } from '../base/money.ts';
import type { LastUnit, Rejection } from '../model/explanation.ts';
import { units } from './text.ts';
import type { OrderContext, PlanContext } from './order-context.ts';
import { alternativesFor } from './runner-up.ts';

/** Takers looked at for one order: each is priced as an order of its own. */
const MOST_TAKERS = 2;

/** Tells of nodes that lacked the stock who took it there: for each item the nearest few, as far as an order of the plan did. */
export function createTakers(of: PlanContext, { position, view }: OrderContext) {
  let asked = 0;
  return async (demand: number, rejections: readonly Rejection[]): Promise<Rejection[]> => {
    const { sku } = view.candidates.demands[demand]!;
    const short = rejections.filter(({ code }) => code === 'no-stock-left' || code === 'not-enough-stock');
    const distance = ({ nodeId }: Rejection): number => distanceKm(of, view, nodeId);
    const found = new Map<string, LastUnit>();
    for (const { nodeId } of short.sort((a, b) => distance(a) - distance(b))) {
      if (asked >= MOST_TAKERS) break;
      const taker = of.uses.lastTaker(position, nodeId, sku);
      if (taker < 0) continue;
      asked += 1;
      found.set(nodeId, await lastUnitOf(of, of.plan.orders[taker]!.orderId, nodeId, sku));
    }
    return rejections.map((rejection) => {
      const lastUnit = found.get(rejection.nodeId);
      return lastUnit ? { ...rejection, lastUnit } : rejection;
    });
  };
}

function distanceKm({ network }: PlanContext, { candidates }: OrderContext['view'], nodeId: string): number {
  const node = network.nodeAt.get(nodeId);
  return candidates.nodes.find((candidate) => candidate.node === node)?.distanceKm ?? Infinity;
}

async function lastUnitOf(of: PlanContext, orderId: string, nodeId: string, sku: string): Promise<LastUnit> {
  const { orderPlan, view, draft } = (await of.orderOf(orderId))!;
  const demand = view.candidates.demands.findIndex((candidate) => candidate.sku === sku);
  const quantity = orderPlan.shipments
    .filter((shipment) => shipment.nodeId === nodeId)
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
  const node = of.network.nodeAt.get(nodeId);
  const elsewhere = alternativesFor(draft, demand).find(({ source }) => view.problem.sources[source]!.node !== node);
  const otherwiseMicros = elsewhere?.marginMicros ?? null;
  const price = of.plan.prices.find((one) => one.kind === 'stock' && one.nodeId === nodeId && one.sku === sku);
  const parts = [
    `Order ${orderId} got the last of it there (${units(quantity)})`,
    otherwiseMicros === null
      ? 'and could not have been supplied from elsewhere'
      : otherwiseMicros > 0
        ? `and would have cost ${decimal(otherwiseMicros)} more from elsewhere`
        : 'and would have cost no more from elsewhere',
  ];
  const worth = price ? ` One unit more there is worth ${decimal(price.unitMicros)} to all orders together.` : '';
  return {
    orderId,
    quantity,
    otherwiseMicros,
    ...(price ? { priceMicros: price.unitMicros } : {}),
    sentence: `${parts.join(' ')}.${worth}`,
  };
}
