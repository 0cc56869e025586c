// Decides what a random scenario looks like: small enough to check by other means, with every limit and rule in random mixes.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Node } from '../model/node.ts';
import { NODE_TYPES } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import type { Policy, Rule } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
} from './build-scenario.ts';
import { withRandomLimits } from './random-limits.ts';

export interface RandomScenarioSize {
  readonly orders: number;
  readonly nodes: number;
  readonly skus: number;
  readonly linesPerOrder: number;
  /** Also groups that ship together, least values of parts, soft capacity and stock-out costs, each in some scenarios. */
  readonly limits?: boolean;
}

/** The same seed gives the same scenario; limits are laid over the one without. */
export function randomScenario(seed: number, size: RandomScenarioSize): Scenario {
  const scenario = plainScenario(seed, size);
  return size.limits ? withRandomLimits(scenario, seed) : scenario;
}

function plainScenario(seed: number, size: RandomScenarioSize): Scenario {
  const prng = createPrng(seed);
  const skus = Array.from({ length: size.skus }, (_, index) => `sku${index}`);
  const nodes = Array.from({ length: size.nodes }, (_, index) => randomNode(`node${index}`, prng));
  const pairs = skus.flatMap((sku) => nodes.map((node) => ({ sku, nodeId: node.nodeId })));
  return {
    scenarioId: `random-${seed}`,
    title: `Random ${seed}`,
    snapshot: {
      currency: 'GBP',
      timeZone: 'Europe/London',
      asOf: '2011-11-14T00:00:00Z',
      nodes,
      items: skus.map((sku) =>
        buildItem(sku, {
          weightGrams: prng.integer(1, 4000),
          hazmat: prng.next() < 0.1,
          category: prng.pick(['gift', 'garden']),
        }),
      ),
      stock: pairs
        .filter(() => prng.next() < 0.7)
        .map((pair) => ({
          ...pair,
          onHand: prng.integer(0, 12),
          allocated: prng.integer(0, 1),
          sourcingBuffer: prng.integer(0, 1),
        })),
      receipts: pairs
        .filter(() => prng.next() < 0.1)
        .map((pair, index) => ({
          ...pair,
          receiptId: `r${index}`,
          quantity: prng.integer(1, 8),
          dueOn: `2011-11-1${prng.integer(4, 8)}`,
        })),
      calendars: [
        buildCalendar(),
        buildCalendar({
          calendarId: 'slow',
          workingWeekdays: [1, 3, 5],
          cutoff: '10:00',
          processingDays: prng.integer(0, 2),
        }),
      ],
      rateCards: [randomCard('parcel', 'standard', prng), randomCard('fast', 'express', prng)],
    },
    orders: Array.from({ length: size.orders }, (_, index) => randomOrder(`o${index}`, skus, size.linesPerOrder, prng)),
    policy: randomPolicy(prng),
  };
}

function randomNode(nodeId: string, prng: Prng): Node {
  const limited = prng.next() < 0.4;
  return buildNode(nodeId, {
    type: prng.pick(NODE_TYPES),
    status: prng.next() < 0.05 ? 'closed' : 'open',
    location: { lat: 50 + prng.next() * 8, lon: -5 + prng.next() * 6 },
    calendarId: prng.next() < 0.3 ? 'slow' : 'weekdays',
    rateCardIds: prng.next() < 0.5 ? ['parcel'] : ['parcel', 'fast'],
    handling: {
      perShipmentMicros: prng.integer(0, 900_000),
      perLineMicros: prng.integer(0, 200_000),
      perUnitMicros: prng.integer(0, 90_000),
    },
    ...(limited ? { capacity: { shipmentsPerDay: prng.integer(0, 3), unitsPerDay: prng.integer(1, 20) } } : {}),
  });
}

function randomCard(rateCardId: string, service: string, prng: Prng): RateCard {
  const zone = (name: string, maxDistanceKm: number | undefined, factor: number) => ({
    zone: name,
    ...(maxDistanceKm === undefined ? {} : { maxDistanceKm }),
    transitDays: service === 'express' ? 1 : prng.integer(1, 4),
    bands: [
      {
        uptoGrams: 5000,
        fixedMicros: factor * prng.integer(1_000_000, 4_000_000),
        perKgMicros: prng.integer(0, 999_999),
        minimumMicros: prng.integer(0, 4_000_000),
      },
      { fixedMicros: factor * prng.integer(1_000_000, 5_000_000), perKgMicros: prng.integer(0, 500_000) },
    ],
  });
  const zones = [zone('near', 200, 1), zone('far', prng.next() < 0.5 ? 600 : undefined, 2)];
  return buildRateCard({ rateCardId, service, maxParcelGrams: prng.pick([8000, 20_000, 30_000]), zones });
}

function randomOrder(orderId: string, skus: readonly string[], mostLines: number, prng: Prng): Order {
  const lines = Array.from({ length: prng.integer(1, mostLines) }, (_, index) =>
    buildLine(String(index + 1), prng.pick(skus), prng.integer(1, 9), { unitPriceMicros: prng.integer(0, 30_000_000) }),
  );
  return buildOrder(orderId, lines, {
    placedAt: `2011-11-1${prng.integer(4, 7)}T${String(prng.integer(0, 23)).padStart(2, '0')}:30:00Z`,
    destination: {
      country: 'GB',
      region: prng.pick(['LS', 'EH', 'PL']),
      lat: 50 + prng.next() * 8,
      lon: -5 + prng.next() * 6,
    },
    priority: prng.integer(0, 9),
    ...(prng.next() < 0.2 ? { shipComplete: true } : {}),
    ...(prng.next() < 0.3 ? { maxShipments: prng.integer(1, 3) } : {}),
    ...(prng.next() < 0.2 ? { services: ['express'] } : {}),
    ...(prng.next() < 0.3 ? { promiseBy: `2011-11-${prng.integer(15, 22)}` } : {}),
  });
}

function randomPolicy(prng: Prng): Policy {
  return buildPolicy({
    goals: {
      splitMicros: prng.integer(0, 3_000_000),
      latenessPerDayMicros: prng.integer(0, 3_000_000),
      unsourced: { perUnitMicros: prng.integer(0, 9_000_000), valuePercent: prng.integer(0, 100) },
    },
    promise: { defaultDays: prng.integer(1, 5) },
    allow: {
      partial: prng.next() < 0.8,
      splitQuantity: prng.pick(['never', 'when-needed']),
      maxShipDelayDays: prng.integer(0, 3),
      ...(prng.next() < 0.3 ? { maxLateDays: prng.integer(0, 3) } : {}),
    },
    rules: RULES.filter(() => prng.next() < 0.5),
  });
}

const RULES: readonly Rule[] = [
  {
    name: 'no hazmat from stores',
    conditions: {
      all: [
        { fact: 'item.hazmat', operator: 'equal', value: true },
        { fact: 'node.type', operator: 'equal', value: 'store' },
      ],
    },
    event: { type: 'exclude', params: { because: 'Stores have no cabinet for it.' } },
  },
  {
    name: 'keep the last unit',
    priority: 5,
    conditions: { all: [{ fact: 'stock.lastUnit', operator: 'equal', value: true }] },
    event: { type: 'penalise', params: { because: 'Walk-in customers ask for it.', perLineMicros: 750_000 } },
  },
  {
    name: 'not further than 500 km',
    conditions: { any: [{ fact: 'lane.distanceKm', operator: 'greaterThan', value: 500 }] },
    event: { type: 'exclude', params: { because: 'Far parcels get lost.' } },
  },
  {
    name: 'gifts for Scotland from DCs',
    conditions: {
      all: [
        { fact: 'order.region', operator: 'equal', value: 'EH' },
        { fact: 'item.category', operator: 'equal', value: 'gift' },
        { not: { fact: 'node.type', operator: 'equal', value: 'dc' } },
      ],
    },
    event: { type: 'penalise', params: { because: 'Claims from stores.', perLineMicros: 1_250_000 } },
  },
];
