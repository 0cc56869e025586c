// Decides whether orders come out as they were written down: golden orders with the shipments that are expected of them.
import { z } from 'zod';
import { idSchema, quantitySchema } from '../model/scalars.ts';
import { parserOf } from '../model/parse.ts';
import type { OrderPlan, Plan } from '../model/plan.ts';

const unitsSchema = z.record(idSchema, quantitySchema);

export const goldenSchema = z.strictObject({
  orders: z
    .array(
      z.strictObject({
        orderId: idSchema,
        /** In any order. */
        shipments: z
          .array(
            z.strictObject({
              nodeId: idSchema,
              /** Left out, any. */
              service: idSchema.optional(),
              shipOn: z.string().max(10).optional(),
              /** Units by line. */
              lines: unitsSchema,
            }),
          )
          .max(100),
        /** Units by line; left out, none. */
        unsourced: unitsSchema.optional(),
      }),
    )
    .min(1)
    .max(10_000),
});

export type Golden = z.infer<typeof goldenSchema>;
type GoldenOrder = Golden['orders'][number];

export const parseGolden = parserOf(goldenSchema);

/** What is not as expected of an order, in words; empty where it is. */
export function goldenDifferences(expected: GoldenOrder, plan: Plan): string[] {
  const found = plan.orders.find(({ orderId }) => orderId === expected.orderId);
  if (!found) return [`The plan has no order ${expected.orderId}.`];
  const actual = goldenOrder(found);
  const open = [...actual.shipments];
  const differences: string[] = [];
  for (const shipment of expected.shipments) {
    const at = open.findIndex((other) => isAsExpected(shipment, other));
    if (at >= 0) open.splice(at, 1);
    else differences.push(`Expected ${shipmentText(shipment)}.`);
  }
  for (const shipment of open) differences.push(`Found ${shipmentText(shipment)}.`);
  const left = unitsText(actual.unsourced ?? {});
  const expectedLeft = unitsText(expected.unsourced ?? {});
  if (left !== expectedLeft) {
    differences.push(`Expected unsourced: ${expectedLeft || 'nothing'}; found: ${left || 'nothing'}.`);
  }
  return differences;
}

/** An order as it came out, to be written down: nodes and units only. */
export function goldenOrder({ orderId, shipments, unsourced }: OrderPlan): GoldenOrder {
  return {
    orderId,
    shipments: shipments.map(({ nodeId, service, shipOn, lines }) => ({
      nodeId,
      service,
      shipOn,
      lines: Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity])),
    })),
    ...(unsourced.length > 0 && {
      unsourced: Object.fromEntries(unsourced.map(({ lineId, quantity }) => [lineId, quantity])),
    }),
  };
}

type GoldenShipment = GoldenOrder['shipments'][number];

function isAsExpected(expected: GoldenShipment, actual: GoldenShipment): boolean {
  return (
    expected.nodeId === actual.nodeId &&
    (expected.service === undefined || expected.service === actual.service) &&
    (expected.shipOn === undefined || expected.shipOn === actual.shipOn) &&
    unitsText(expected.lines) === unitsText(actual.lines)
  );
}

function shipmentText({ nodeId, service, shipOn, lines }: GoldenShipment): string {
  const details = [service && `by ${service}`, shipOn && `on ${shipOn}`].filter((part) => part);
  return `a shipment from ${[nodeId, ...details].join(' ')} with ${unitsText(lines)}`;
}

function unitsText(units: Readonly<Record<string, number>>): string {
  return Object.entries(units)
    .map(([lineId, quantity]) => `${quantity} of line ${lineId}`)
    .sort()
    .join(', ');
}
