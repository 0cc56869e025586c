// Shipping worked out by hand: weight and size, surcharges, zones by postcode. The rate is 3.00 a parcel and 1.00 a kilogram.
import { describe, expect, it } from 'vitest';
import type { Item } from '../model/item.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Destination } from '../model/order.ts';
import type { Box, ParcelRules } from '../model/parcel-rules.ts';
import type { Shipment } from '../model/plan.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';

interface Case {
  readonly item?: Partial<Item>;
  readonly units?: number;
  readonly parcels?: ParcelRules;
  readonly card?: Partial<RateCard>;
  readonly boxes?: readonly Box[];
  readonly to?: Partial<Destination>;
}

/** One order for one sku from one node; the plan has passed the independent check. */
async function shipmentOf({ item = {}, units = 1, parcels, card = {}, boxes, to = {} }: Case): Promise<Shipment> {
  const scenario = buildScenario({
    snapshot: buildSnapshot({
      nodes: [buildNode('north', boxes ? { boxes: [...boxes] } : {})],
      items: [buildItem('cup', item)],
      stock: [{ sku: 'cup', nodeId: 'north', onHand: 100 }],
      rateCards: [buildRateCard(card)],
      ...(parcels ? { parcels } : {}),
    }),
    orders: [buildOrder('o1', [buildLine('1', 'cup', units)], { destination: { country: 'GB', region: 'LS', ...to } })],
  });
  const parsed = parseScenario(scenario);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const plan = await source(parsed.value, parsed.value.policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value.orders[0]!.shipments[0]!;
}

/** 400 × 300 × 200 mm = 24,000 cm³: ÷ 5000 it is charged as 4.8 kg. */
const BOX = { weightGrams: 1000, lengthMm: 400, widthMm: 300, heightMm: 200 };
const BY_5000 = { dimensionalDivisor: 5000 };

describe('dimensional weight', () => {
  it.each<[Case, number, string]>([
    [{ item: BOX, parcels: BY_5000 }, 7_800_000, '3.00 + 4.8 × 1.00: size counts'],
    [{ item: { ...BOX, weightGrams: 6000 }, parcels: BY_5000 }, 9_000_000, '3.00 + 6 × 1.00: weight counts'],
    [{ item: BOX }, 4_000_000, '3.00 + 1 × 1.00: no divisor, no size'],
    [{ item: BOX, parcels: { dimensionalDivisor: 6000 } }, 7_000_000, '3.00 + 24 ÷ 6 = 4 kg'],
    [{ item: { weightGrams: 1000 }, parcels: BY_5000 }, 4_000_000, 'the size is not known'],
    [{ item: BOX, units: 3, parcels: BY_5000 }, 17_400_000, '3.00 + 3 × 4.8 = 14.4 kg in one parcel'],
    [{ item: BOX, units: 7, parcels: BY_5000 }, 39_600_000, '33.6 kg are 30 + 3.6: 33.00 + 6.60'],
    [
      { item: { ...BOX, lengthMm: 333 }, parcels: BY_5000 },
      6_996_000,
      '333 × 300 × 200 = 19,980 cm³ ÷ 5000 = 3.996 kg',
    ],
    [
      { item: { ...BOX, weightGrams: 100, oversize: true }, parcels: { oversizeMinimumGrams: 9000 } },
      12_000_000,
      'oversize is charged as 9 kg at least',
    ],
    [
      { item: { ...BOX, oversize: true }, units: 2, parcels: { ...BY_5000, oversizeMinimumGrams: 4000 } },
      12_600_000,
      '2 × 4.8 kg are above 2 × 4 kg',
    ],
  ])('%j: %i micros, %s', async (of, micros) => {
    expect((await shipmentOf(of)).cost.shippingMicros).toBe(micros);
  });

  it('says what goods weigh and what they are charged as, where that is not the same', async () => {
    const large = await shipmentOf({ item: BOX, units: 7, parcels: BY_5000 });
    expect([large.weightGrams, large.billableGrams, large.parcels]).toEqual([7000, 33_600, 2]);
    expect(await shipmentOf({ item: BOX })).not.toHaveProperty('billableGrams');
  });

  it('refuses an item with one side', () => {
    const snapshot = buildSnapshot({ items: [buildItem('cup', { lengthMm: 10 })] });
    const parsed = parseScenario(buildScenario({ snapshot }));
    expect(parsed.ok ? [] : parsed.error.map(({ path, code }) => `${code} ${path}`)).toEqual([
      'inconsistent /snapshot/items/0/lengthMm',
    ]);
  });
});

const REMOTE = { remote: { perParcelMicros: 12_000_000, postcodePrefixes: ['IV1 ', 'ZE', 'ka27'] } };
const HOME = { residential: true };

describe('surcharges', () => {
  // A cup weighs 500 g: 3.50 without any.
  it.each<[Case, number, string]>([
    [{ card: { surcharges: { residentialMicros: 900_000 } } }, 3_500_000, 'not a home'],
    [{ card: { surcharges: { residentialMicros: 900_000 } }, to: HOME }, 4_400_000, '3.50 + 0.90'],
    [{ card: { surcharges: REMOTE }, to: { postcode: 'ZE1 0AA' } }, 15_500_000, '3.50 + 12.00: Shetland'],
    [{ card: { surcharges: REMOTE }, to: { postcode: 'iv1  1aa' } }, 15_500_000, 'IV1, however it is written'],
    [{ card: { surcharges: REMOTE }, to: { postcode: 'IV12 4BB' } }, 3_500_000, 'IV12 is not IV1'],
    [{ card: { surcharges: REMOTE }, to: { postcode: 'KA27 8AA' } }, 15_500_000, 'Arran'],
    [{ card: { surcharges: REMOTE } }, 3_500_000, 'no postcode is known'],
    [{ card: { surcharges: { fuelPercent: 12.5 } } }, 3_937_500, '3.375 + 0.5 × 1.125'],
    [
      {
        card: { surcharges: { ...REMOTE, residentialMicros: 900_000, fuelPercent: 10 } },
        to: { ...HOME, postcode: 'ZE1' },
      },
      18_040_000,
      '(3.00 + 12.00 + 0.90 + 0.5 × 1.00) × 1.1',
    ],
    [
      { card: { surcharges: { residentialMicros: 900_000 } }, to: HOME, units: 62 },
      38_800_000,
      '31 kg are two parcels: 2 × (3.00 + 0.90) + 31.00',
    ],
    [
      {
        card: { zones: [zone({ minimumMicros: 5_000_000 })], surcharges: { fuelPercent: 20, residentialMicros: 1 } },
        to: HOME,
      },
      6_000_001,
      '(5.00 + 0.000001) × 1.2 = 6.0000012',
    ],
  ])('%j: %i micros, %s', async (of, micros) => {
    expect((await shipmentOf(of)).cost.shippingMicros).toBe(micros);
  });
});

// 400 × 300 × 250 mm = 30,000 cm³: 6 kg at 5,000. 200 × 200 × 100 mm = 4,000 cm³: 0.8 kg.
const LARGE: Box = { boxId: 'large', lengthMm: 400, widthMm: 300, heightMm: 250 };
const SMALL: Box = { boxId: 'small', lengthMm: 200, widthMm: 200, heightMm: 100 };

describe('boxes', () => {
  // A cup weighs 500 g.
  it.each<[Case, number, number, string]>([
    [{ boxes: [SMALL], parcels: BY_5000 }, 1, 3_500_000, '0.5 kg go into 0.8'],
    [
      { boxes: [SMALL], parcels: BY_5000, units: 2 },
      2,
      7_000_000,
      '1 kg is a full box of 0.8 and one of 0.2: 2 × 3.00 + 1.00',
    ],
    [{ boxes: [SMALL, LARGE], parcels: BY_5000, units: 12 }, 1, 9_000_000, 'the largest box counts: 6 kg'],
    [{ boxes: [SMALL, LARGE], parcels: BY_5000, units: 13 }, 2, 12_500_000, '6.5 kg: 2 × 3.00 + 6.50'],
    [
      { boxes: [{ ...LARGE, fillPercent: 50 }], parcels: BY_5000, units: 12 },
      2,
      12_000_000,
      'half of it is air: 3 kg each',
    ],
    [
      { boxes: [{ ...LARGE, maxGrams: 2000 }], parcels: BY_5000, units: 12 },
      3,
      15_000_000,
      'it may weigh 2 kg: 3 × 3.00 + 6.00',
    ],
    [{ boxes: [{ ...LARGE, maxGrams: 2000 }], units: 5 }, 2, 8_500_000, 'without a divisor its weight alone counts'],
    [
      { boxes: [LARGE], units: 70 },
      2,
      41_000_000,
      'nothing is known of its weight: the card takes 30 kg, 2 × 3.00 + 35.00',
    ],
    [{ boxes: [LARGE], item: BOX, units: 2, parcels: BY_5000 }, 2, 15_600_000, '2 × 4.8 kg are 9.6: 2 × 3.00 + 9.60'],
    [
      { boxes: [LARGE], card: { maxParcelGrams: 1000 }, parcels: BY_5000, units: 4 },
      2,
      8_000_000,
      'the card takes less than the box',
    ],
  ])('%j: %i parcels, %i micros, %s', async (of, parcels, micros) => {
    const shipment = await shipmentOf(of);
    expect([shipment.parcels, shipment.cost.shippingMicros]).toEqual([parcels, micros]);
  });
});

describe('zones by postcode', () => {
  const zones = [
    zone({}, { zone: 'isles', postcodePrefixes: ['ZE', 'KW15', 'IM'], regions: ['JE'], transitDays: 5 }),
    zone({}, { zone: 'highlands', postcodePrefixes: ['IV', 'KW'] }),
    zone({}, { zone: 'mainland' }),
  ];
  it.each<[string | undefined, string, string]>([
    ['ZE2 9AA', 'isles', 'one of its prefixes'],
    ['KW15 1AA', 'isles', 'the first that fits, though KW fits too'],
    ['KW1 4AA', 'highlands', 'KW15 is longer'],
    ['kw151aa', 'isles', 'written without its space'],
    ['LS1 4AP', 'mainland', 'no prefix fits'],
    ['I', 'mainland', 'shorter than any prefix'],
    ['IM', 'isles', 'just the prefix'],
    [undefined, 'mainland', 'no postcode'],
  ])('%s is in %s: %s', async (postcode, found) => {
    const to = postcode === undefined ? {} : { postcode };
    expect((await shipmentOf({ card: { zones }, to })).zone).toBe(found);
  });

  it('takes a region where a zone names both', async () => {
    expect((await shipmentOf({ card: { zones }, to: { region: 'JE' } })).zone).toBe('isles');
  });
});

function zone(band: Partial<RateZone['bands'][number]>, over: Partial<RateZone> = {}): RateZone {
  return {
    zone: 'all',
    transitDays: 2,
    bands: [{ fixedMicros: 3_000_000, perKgMicros: 1_000_000, ...band }],
    ...over,
  };
}
