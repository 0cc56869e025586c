// Every plan of corner-shop against the sums in its README, which were done by hand.
import { DEFAULT_LIMITS, type OrderPlan, parseScenario, source } from '@sourcewright/engine';
import { beforeAll, expect, test } from 'vitest';
import { cornerShop } from '../../scripts/scenarios/corner-shop/build.ts';

/** Order, pounds, what goes from where on which day of March, what stays behind and why. */
const BY_HAND: readonly (readonly [orderId: string, pounds: number, shipments: string, unsourced: string])[] = [
  ['CS-01', 5, 'warehouse 02-03 mug 2', ''],
  ['CS-02', 6, 'depot 02-03 mug 1 + clock 1', ''],
  ['CS-03', 14.5, 'warehouse 02-03 lamp 1; depot 02-04 clock 1', ''],
  ['CS-04', 21.5, 'warehouse 02-04 vase 5; depot 02-04 vase 2', ''],
  ['CS-05', 30.5, 'warehouse 02-03 mug 1', 'globe 1 not-stocked'],
  ['CS-06', 10.5, 'depot 02-04 rug 1', ''],
  ['CS-07', 12, 'warehouse 02-04 mug 12', ''],
  ['CS-08', 7, 'shop-south 02-03 kettle 1', ''],
  ['CS-09', 6, 'shop-south 02-03 mug 2', ''],
  ['CS-10', 6, 'shop-south 03-04 mug 2', ''],
  ['CS-11', 10, 'warehouse 03-04 kettle 3', ''],
  ['CS-12', 37, '', 'lamp 1 ship-complete; globe 1 not-stocked'],
  ['CS-13', 8, 'warehouse 03-05 mug 4', ''],
  ['CS-14', 16, 'maker 06-09 poster 2', ''],
  ['CS-15', 18.5, 'depot 04-06 clock 1', 'lamp 1 max-shipments'],
  ['CS-16', 6, 'depot 04-05 mug 3', ''],
  ['CS-17', 7, 'shop-south 04-05 clock 2', ''],
  ['CS-18', 7.5, 'depot 04-06 clock 1', ''],
  ['CS-19', 5.5, 'warehouse 04-05 mug 1 + lamp 1', ''],
  ['CS-20', 11.5, 'depot 04-06 rug 1 + clock 1', ''],
  ['CS-21', 10, 'warehouse 04-06 kettle 2', ''],
  ['CS-22', 8, 'shop-north 04-05 vase 2', ''],
  ['CS-23', 16, 'depot 04-05 mug 1', 'poster 1 costs-more-than-penalty'],
  ['CS-24', 19.5, 'depot 04-05 mug 1; maker 06-09 poster 1', ''],
  ['CS-25', 9, 'warehouse 05-07 lamp 2 + mug 2', ''],
  ['CS-26', 8, 'warehouse 05-07 mug 2 + lamp 1', ''],
  ['CS-27', 12, 'warehouse 05-06 mug 4', ''],
  ['CS-28', 5, 'depot 07-09 mug 1', ''],
  ['CS-29', 8, 'depot 07-10 clock 1 + mug 1', ''],
  ['CS-30', 11, 'warehouse 09-11 lamp 2', ''],
  ['CS-31', 1, 'shop-north 09-09 mug 2', ''],
  ['CS-32', 3, 'warehouse 09-10 lamp 1', ''],
];

let plans: readonly OrderPlan[];
let totalMicros: number;
beforeAll(async () => {
  const parsed = parseScenario(cornerShop());
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { orders, snapshot, policy } = parsed.value;
  const plan = await source({ orders, snapshot }, policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  plans = plan.value.orders;
  totalMicros = plan.value.cost.totalMicros;
});

test.each(BY_HAND)('%s costs %f', (orderId, pounds, shipments, unsourced) => {
  const plan = plans.find((candidate) => candidate.orderId === orderId)!;
  expect(plan.shipments.map(shipmentText).join('; ')).toBe(shipments);
  expect(plan.unsourced.map((line) => `${line.sku} ${line.quantity} ${line.reason}`).join('; ')).toBe(unsourced);
  expect(plan.cost.totalMicros).toBe(pounds * 1_000_000);
  expect(plan.proof.proven).toBe(true);
});

test('the whole wave adds up', () => {
  expect(plans).toHaveLength(32);
  expect(totalMicros).toBe(356_500_000);
  expect(BY_HAND.map(([, pounds]) => pounds).reduce((sum, pounds) => sum + pounds, 0)).toBe(356.5);
});

function shipmentText(shipment: OrderPlan['shipments'][number]): string {
  const days = `${shipment.shipOn.slice(8)}-${shipment.deliverOn.slice(8)}`;
  return `${shipment.nodeId} ${days} ${shipment.lines.map((line) => `${line.sku} ${line.quantity}`).join(' + ')}`;
}
