// Decides who got what a node lacks: the last of an item, or units that would have been enough; and what it was worth to that order and to all.
// Says nothing where units of other orders would not have helped.
import type { LastUnit, Rejection } from '../model/explanation.ts';
import type { OrderContext, PlanContext } from './order-context.ts';
import { unitsTaken } from './plan-uses.ts';
import { cheapestElsewhere } from './parts.ts';
import { alternativesFor } from './runner-up.ts';
import { amountText, units } from './text.ts';

/** Takers looked at for one order: each is priced as an order of its own. */
const MOST_TAKERS = 2;

/** Tells of nodes that lacked the stock who took it there: for each item the nearest few, as far as an order of the plan did. */
export function createTakers(of: PlanContext, { position, view, taken }: OrderContext) {
  let asked = 0;
  return async (demand: number, rejections: readonly Rejection[]): Promise<Rejection[]> => {
    const { sku } = view.candidates.demands[demand]!;
    const short = rejections.filter(({ code }) => code === 'no-stock-left' || code === 'not-enough-stock');
    const distance = ({ nodeId }: Rejection): number => distanceKm(of, view, nodeId);
    const found = new Map<string, LastUnit>();
    for (const { nodeId, wanted = 0, available = 0 } of short.sort((a, b) => distance(a) - distance(b))) {
      if (asked >= MOST_TAKERS) break;
      const byOthers = unitsTaken(taken, nodeId, sku);
      if (available > 0 && available + byOthers < wanted) continue;
      const taker = of.uses.lastTaker(position, nodeId, sku);
      if (taker < 0) continue;
      asked += 1;
      const { orderId } = of.plan.orders[taker]!;
      found.set(nodeId, await lastUnitOf(of, orderId, { nodeId, sku, wanted, available, byOthers }));
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

/** Of an item at a node: units asked for, left there, and taken there by other orders. */
interface Lack {
  readonly nodeId: string;
  readonly sku: string;
  readonly wanted: number;
  readonly available: number;
  readonly byOthers: number;
}

async function lastUnitOf(of: PlanContext, orderId: string, lack: Lack): Promise<LastUnit> {
  const { nodeId, sku } = lack;
  const { orderPlan, view, draft } = (await of.orderOf(orderId))!;
  const demand = view.candidates.demands.findIndex((candidate) => candidate.sku === sku);
  const quantity = orderPlan.shipments
    .filter((shipment) => shipment.nodeId === nodeId)
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
  const node = of.network.nodeAt.get(nodeId)!;
  const whole = alternativesFor(draft, demand).find(({ source }) => view.problem.sources[source]!.node !== node);
  const ways = [whole?.marginMicros, cheapestElsewhere(draft, demand, node)].filter((micros) => micros !== undefined);
  const otherwiseMicros = ways.length === 0 ? null : Math.min(...ways);
  const price = of.plan.prices.find((one) => one.kind === 'stock' && one.nodeId === nodeId && one.sku === sku);
  const worth = price ? ` One unit more there would save ${amountText(price.unitMicros)} in this plan.` : '';
  return {
    orderId,
    quantity,
    takenUnits: lack.byOthers,
    otherwiseMicros,
    ...(price ? { priceMicros: price.unitMicros } : {}),
    sentence: `${tookText(orderId, quantity, lack)}${otherwiseText(otherwiseMicros)}.${worth}`,
  };
}

function tookText(orderId: string, quantity: number, { wanted, available, byOthers }: Lack): string {
  if (available === 0) return `Order ${orderId} got the last of it there (${units(quantity)})`;
  if (available + quantity >= wanted) {
    return `Order ${orderId} took ${quantity} there, with which it would have been enough,`;
  }
  return `Other orders took ${byOthers} there, with which it would have been enough; order ${orderId} took ${quantity}`;
}

function otherwiseText(otherwiseMicros: number | null): string {
  if (otherwiseMicros === null) return ' and no other single node could have supplied it';
  if (otherwiseMicros <= 0) return ' and would have cost no more from elsewhere';
  return ` and would have cost ${amountText(otherwiseMicros)} more from elsewhere`;
}
