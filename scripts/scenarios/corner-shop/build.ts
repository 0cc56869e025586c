// Decides corner-shop: thirty-two orders on five places, each there to show one thing; its README does the sums.
import type { Order, Policy, Scenario } from '@sourcewright/engine';
import { renderScenario } from '../../../packages/server/src/scenario-files/render-scenario.ts';
import { microsOf } from '../raw-table.ts';
import { CALENDARS, ITEMS, LANES, NODES, RATE_CARDS, RECEIPTS, type Region, REGIONS, STOCK } from './network.ts';

/** Id, time in March 2026, region, sku and quantity, what is special. */
const ORDERS: readonly (readonly [
  id: string,
  time: string,
  to: Region,
  lines: Record<string, number>,
  extra?: Partial<Order>,
])[] = [
  ['CS-01', '02T08:00', 'north', { mug: 2 }],
  ['CS-02', '02T08:10', 'east', { mug: 1, clock: 1 }],
  ['CS-03', '02T08:20', 'north', { lamp: 1, clock: 1 }],
  ['CS-04', '02T08:30', 'south', { vase: 7 }],
  ['CS-05', '02T08:40', 'north', { globe: 1, mug: 1 }],
  ['CS-06', '02T08:50', 'north', { rug: 1 }],
  ['CS-07', '02T09:00', 'east', { mug: 12 }],
  ['CS-08', '02T09:10', 'south', { kettle: 1 }],
  ['CS-09', '02T09:20', 'south', { mug: 2 }],
  ['CS-10', '02T09:30', 'south', { mug: 2 }],
  ['CS-11', '02T10:00', 'north', { kettle: 3 }],
  ['CS-12', '02T11:00', 'west', { lamp: 1, globe: 1 }, { shipComplete: true }],
  ['CS-13', '02T13:00', 'west', { mug: 4 }],
  ['CS-14', '03T13:00', 'west', { poster: 2 }],
  ['CS-15', '03T13:30', 'north', { lamp: 1, clock: 1 }, { maxShipments: 1 }],
  ['CS-16', '03T14:00', 'east', { mug: 3 }],
  ['CS-17', '03T14:10', 'south', { clock: 2 }],
  ['CS-18', '03T14:20', 'south', { clock: 1 }],
  ['CS-19', '03T14:30', 'north', { mug: 1, lamp: 1 }],
  ['CS-20', '03T14:40', 'west', { rug: 1, clock: 1 }],
  ['CS-21', '04T08:00', 'south', { kettle: 2 }],
  ['CS-22', '04T08:30', 'north', { vase: 2 }],
  ['CS-23', '04T09:00', 'east', { poster: 1, mug: 1 }],
  ['CS-24', '04T09:30', 'east', { poster: 1, mug: 1 }, { priority: 9 }],
  ['CS-25', '05T08:00', 'west', { lamp: 2, mug: 2 }],
  ['CS-26', '05T09:00', 'south', { mug: 2, lamp: 1 }],
  ['CS-27', '05T10:00', 'north', { mug: 4 }, { services: ['express'] }],
  ['CS-28', '06T15:00', 'east', { mug: 1 }],
  ['CS-29', '07T10:00', 'south', { clock: 1, mug: 1 }],
  ['CS-30', '07T13:00', 'west', { lamp: 2 }],
  ['CS-31', '07T14:00', 'north', { mug: 2 }, { fulfilment: 'pickup', collectAt: 'shop-north' }],
  ['CS-32', '07T15:00', 'south', { lamp: 1 }, { fulfilment: 'ship-to-store', collectAt: 'shop-south' }],
];

const POLICY: Policy = {
  policyId: 'corner-shop',
  version: 1,
  name: 'Corner shop',
  strategy: 'fcfs-exact',
  goals: {
    splitMicros: microsOf(2),
    latenessPerDayMicros: microsOf(3),
    unsourced: { perUnitMicros: microsOf(1), valuePercent: 50 },
  },
  promise: { defaultDays: 3 },
  allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 1 },
  nodeOrder: ['dc', '3pl', 'store', 'vendor'],
  rules: [
    {
      name: 'no heavy goods by bike',
      conditions: {
        all: [
          { fact: 'node.type', operator: 'equal', value: 'store' },
          { fact: 'item.weightGrams', operator: 'greaterThan', value: 3000 },
        ],
      },
      event: { type: 'exclude', params: { because: 'The shops deliver by bicycle; nothing over 3 kg fits on it.' } },
    },
    {
      name: 'vases are for the window',
      conditions: {
        all: [
          { fact: 'node.type', operator: 'equal', value: 'store' },
          { fact: 'item.sku', operator: 'equal', value: 'vase' },
        ],
      },
      event: {
        type: 'penalise',
        params: { because: 'The shops show their vases in the window.', perLineMicros: microsOf(1) },
      },
    },
  ],
};

export function buildCornerShop(): ReadonlyMap<string, Buffer> {
  return renderScenario(cornerShop(), { compress: false });
}

export function cornerShop(): Scenario {
  return {
    scenarioId: 'corner-shop',
    title: 'Corner shop',
    description: 'Thirty-two orders on five places with round prices: small enough to check every plan by hand.',
    synthetic: ['Everything in this scenario is made up.'],
    compare: ['optimal', 'fcfs-exact', 'priority', 'nearest', 'fewest-shipments'],
    snapshot: {
      currency: 'GBP',
      timeZone: 'Europe/London',
      asOf: '2026-03-02T00:00:00Z',
      nodes: [...NODES],
      items: [...ITEMS],
      stock: [...STOCK],
      receipts: [...RECEIPTS],
      calendars: [...CALENDARS],
      rateCards: [...RATE_CARDS],
      lanes: [...LANES],
    },
    orders: ORDERS.map(([orderId, time, to, lines, extra]) => ({
      orderId,
      placedAt: `2026-03-${time}:00Z`,
      ...extra,
      destination: { country: 'GB', region: to, ...REGIONS[to] },
      lines: Object.entries(lines).map(([sku, quantity], index) => ({
        lineId: String(index + 1),
        sku,
        quantity,
        unitPriceMicros: ITEMS.find((item) => item.sku === sku)!.priceMicros!,
      })),
    })),
    policy: POLICY,
  };
}
