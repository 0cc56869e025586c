// Makes scenarios for the server's tests: small, valid, the same for the same arguments.
import { createPrng, type Policy, type Scenario } from '@sourcewright/engine';

export const policy: Policy = {
  policyId: 'test-policy',
  version: 3,
  name: 'Test policy',
  strategy: 'fcfs-exact',
  goals: {
    splitMicros: 500_000,
    latenessPerDayMicros: 1_000_000,
    unsourced: { perUnitMicros: 5_000_000, valuePercent: 100 },
  },
  promise: { defaultDays: 4 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 2 },
};

const REGIONS = [
  { region: 'North', postcode: 'NO1', lat: 54.9, lon: -1.6 },
  { region: 'South', postcode: 'SO2', lat: 50.9, lon: -1.4 },
  { region: 'West', postcode: 'WE3', lat: 51.5, lon: -2.6 },
] as const;

const ITEMS = ['lantern', 'kettle', 'blanket', 'clock', 'basket', 'candle', 'mirror', 'teapot'];

export interface ScenarioOptions {
  readonly scenarioId?: string;
  readonly title?: string;
  readonly orders?: number;
  readonly linesPerOrder?: number;
  /** Units of each item at each node. */
  readonly onHand?: number;
}

/** Three nodes, eight items, three regions; orders an hour apart drawn from a seed. */
export function makeScenario(options: ScenarioOptions = {}): Scenario {
  const { scenarioId = 'small', title = 'Small', orders = 12, linesPerOrder = 3, onHand = 12 } = options;
  const prng = createPrng(7);
  const nodes = REGIONS.map(({ region, lat, lon }, index) => ({
    nodeId: `node-${region.toLowerCase()}`,
    name: `${region} place`,
    type: index === 0 ? ('dc' as const) : ('store' as const),
    location: { lat, lon },
    region,
    calendarId: 'weekdays',
    rateCardIds: ['parcel'],
    handling: { perShipmentMicros: 500_000 + index * 100_000, perLineMicros: 100_000 },
    ...(index === 1 ? { capacity: { shipmentsPerDay: 40 } } : {}),
  }));
  return {
    scenarioId,
    title,
    compare: ['fcfs-exact', 'nearest'],
    snapshot: {
      currency: 'GBP',
      timeZone: 'Europe/London',
      asOf: '2026-03-02T00:00:00Z',
      nodes,
      items: ITEMS.map((name, index) => ({
        sku: `sku-${index}`,
        name: `Fine ${name}`,
        weightGrams: 200 + index * 150,
        priceMicros: (3 + index) * 1_000_000,
      })),
      stock: nodes.flatMap(({ nodeId }, at) =>
        ITEMS.flatMap((_, index) => ((at + index) % 4 === 0 ? [] : [{ sku: `sku-${index}`, nodeId, onHand }])),
      ),
      calendars: [
        { calendarId: 'weekdays', timeZone: 'Europe/London', workingWeekdays: [1, 2, 3, 4, 5], cutoff: '14:00' },
      ],
      rateCards: [
        {
          rateCardId: 'parcel',
          name: 'Parcel',
          service: 'standard',
          deliveryWeekdays: [1, 2, 3, 4, 5],
          maxParcelGrams: 20_000,
          zones: [
            {
              zone: 'near',
              maxDistanceKm: 150,
              transitDays: 1,
              bands: [{ fixedMicros: 2_000_000, perKgMicros: 300_000 }],
            },
            { zone: 'far', transitDays: 2, bands: [{ fixedMicros: 3_500_000, perKgMicros: 500_000 }] },
          ],
        },
      ],
    },
    orders: Array.from({ length: orders }, (_, number) => {
      const first = prng.integer(0, ITEMS.length - 1);
      return {
        orderId: `O-${String(number + 1).padStart(5, '0')}`,
        placedAt: new Date(Date.parse('2026-03-02T08:00:00Z') + number * 600_000).toISOString(),
        destination: { country: 'GB', ...prng.pick(REGIONS) },
        lines: Array.from({ length: linesPerOrder }, (_unused, line) => ({
          lineId: String(line + 1),
          sku: `sku-${(first + line) % ITEMS.length}`,
          quantity: prng.integer(1, 3),
        })),
      };
    }),
    policy,
  };
}
