// Shows the engine as a library: two nodes, one order, its plan and the reason for it.
import { decimal, explainOrder, parsePolicy, parseWave, parseLimits, source } from '@sourcewright/engine';

const everyDay = { timeZone: 'Europe/London', workingWeekdays: [1, 2, 3, 4, 5, 6, 7], cutoff: '16:00' };
const parcel = { fixedMicros: 3_000_000, perKgMicros: 500_000 };

const wave = parseWave({
  snapshot: {
    currency: 'GBP',
    timeZone: 'Europe/London',
    asOf: '2026-03-02T06:00:00Z',
    nodes: [
      { nodeId: 'dc', name: 'Warehouse', type: 'dc', calendarId: 'daily', rateCardIds: ['post'] },
      { nodeId: 'shop', name: 'High Street', type: 'store', calendarId: 'daily', rateCardIds: ['courier'] },
    ],
    items: [
      { sku: 'mug', weightGrams: 400, priceMicros: 8_000_000 },
      { sku: 'tray', weightGrams: 900, priceMicros: 15_000_000 },
    ],
    stock: [
      { sku: 'mug', nodeId: 'dc', onHand: 40 },
      { sku: 'mug', nodeId: 'shop', onHand: 6 },
      { sku: 'tray', nodeId: 'shop', onHand: 2 },
    ],
    calendars: [{ calendarId: 'daily', ...everyDay }],
    rateCards: [
      {
        rateCardId: 'post',
        name: 'Post',
        service: 'standard',
        deliveryWeekdays: [1, 2, 3, 4, 5],
        zones: [{ zone: 'all', transitDays: 2, bands: [parcel] }],
      },
      {
        rateCardId: 'courier',
        name: 'Courier',
        service: 'standard',
        deliveryWeekdays: [1, 2, 3, 4, 5],
        zones: [{ zone: 'all', transitDays: 1, bands: [{ ...parcel, fixedMicros: 4_500_000 }] }],
      },
    ],
  },
  orders: [
    {
      orderId: 'A-1',
      placedAt: '2026-03-02T09:30:00Z',
      destination: { country: 'GB' },
      lines: [
        { lineId: '1', sku: 'mug', quantity: 4 },
        { lineId: '2', sku: 'tray', quantity: 1 },
      ],
    },
  ],
});
const policy = parsePolicy({
  policyId: 'example',
  version: 1,
  name: 'Example',
  strategy: 'fcfs-exact',
  goals: {
    splitMicros: 2_000_000,
    latenessPerDayMicros: 3_000_000,
    unsourced: { perUnitMicros: 1_000_000, valuePercent: 60 },
  },
  promise: { defaultDays: 3 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 0 },
});
const limits = parseLimits({
  orderWork: 20_000,
  waveWork: 24_000_000,
  targetGap: 0.00002,
  shipDaysPerNode: 4,
  maxOrders: 1000,
  seed: 1,
});
if (!wave.ok || !policy.ok || !limits.ok) throw new Error(JSON.stringify([wave, policy, limits], null, 2));

const result = await source(wave.value, policy.value, limits.value);
if (!result.ok) throw new Error(JSON.stringify(result.error, null, 2));

const plan = result.value;
for (const { nodeId, shipOn, deliverOn, lines, cost } of plan.orders[0]!.shipments) {
  const what = lines.map((line) => `${line.quantity} × ${line.sku}`).join(', ');
  console.log(
    `${nodeId} sends ${what} on ${shipOn}, there on ${deliverOn}: ${decimal(cost.totalMicros)} ${plan.currency}`,
  );
}
const explanation = await explainOrder(wave.value, policy.value, plan, 'A-1');
for (const line of explanation!.lines) console.log(`line ${line.lineId}: ${line.sentence}`);
console.log(explanation!.summary.at(-1));
