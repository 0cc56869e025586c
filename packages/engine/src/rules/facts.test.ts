import { describe, expect, it } from 'vitest';
import { indexNetwork } from '../model/network.ts';
import { compileTariff, tariffMicros } from '../costs/tariff.ts';
import { createPrng } from '../base/prng.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { FACTS, FACTS_OF } from './catalogue.ts';
import type { FactScope, LaneView, ScopeViews } from './facts/fact.ts';
import { carriageMicros } from './facts/lane-facts.ts';

const at = (day: number, minute: number) => ({ day, minute });
/** Friday 23 December 2011. */
const DAY = 15_331;

function read<S extends FactScope>(name: string, scope: S, view: ScopeViews[S]): unknown {
  return FACTS_OF[scope].find((fact) => fact.name === name)!.read(view);
}

describe('facts of the moment', () => {
  it.each([
    ['time.weekday', 5],
    ['time.hour', 14],
    ['time.date', '2011-12-23'],
    ['time.month', 12],
  ])('%s is %s', (name, value) => {
    expect(read(name, 'time', { now: at(DAY, 14 * 60 + 59) })).toBe(value);
  });
});

describe('facts of an order', () => {
  const items = new Map(
    [
      buildItem('cup', { category: 'kitchen' }),
      buildItem('acid', { category: 'garden', hazmat: true }),
      buildItem('sofa', { oversize: true }),
    ].map((item) => [item.sku, item]),
  );
  const view = (skus: string[], over = {}) => ({
    order: buildOrder(
      'o',
      skus.map((sku, index) => buildLine(String(index), sku)),
      {
        placedAt: '2011-12-22T08:30:00Z',
        ...over,
      },
    ),
    placed: at(DAY - 1, 510),
    items,
    asOfMs: Date.parse('2011-12-23T14:00:00Z'),
  });

  it.each([
    ['order.categories', ['cup', 'cup', 'acid', 'sofa'], {}, ['kitchen', 'garden']],
    ['order.hasHazmat', ['cup'], {}, false],
    ['order.hasHazmat', ['cup', 'acid'], {}, true],
    ['order.hasOversize', ['cup', 'sofa'], {}, true],
    ['order.promiseDays', ['cup'], {}, undefined],
    ['order.promiseDays', ['cup'], { promiseBy: '2011-12-24' }, 2],
    ['order.ageHours', ['cup'], {}, 29],
    ['order.ageHours', ['cup'], { placedAt: '2011-12-24T08:30:00Z' }, 0],
    ['order.shipComplete', ['cup'], { shipComplete: true }, true],
  ])('%s of %j with %j is %j', (name, skus, over, value) => {
    expect(read(name, 'order', view(skus as string[], over as object))).toEqual(value);
  });
});

describe('facts of a node', () => {
  const view = (over: object, minute = 0, cutoff = '14:00') => ({
    node: buildNode('n', over),
    rateCards: [
      buildRateCard(),
      buildRateCard({ rateCardId: 'b' }),
      buildRateCard({ rateCardId: 'c', service: 'express' }),
    ],
    calendar: buildCalendar({ cutoff }),
    now: at(DAY, minute),
  });

  it.each([
    ['node.status', {}, 'open'],
    ['node.services', {}, ['standard', 'express']],
    ['node.capacityUsedPercent', {}, undefined],
    ['node.capacityUsedPercent', { capacityUsedPercent: 80 }, 80],
    ['node.capacityLeftPercent', { capacityUsedPercent: 80 }, 20],
    ['node.capacityLeftPercent', { capacityUsedPercent: 130 }, 0],
    ['node.daysSinceLastReject', {}, undefined],
    ['node.daysSinceLastReject', { lastRejectOn: '2011-12-20' }, 3],
    ['node.season', {}, 'winter'],
    ['node.season', { location: { lat: -33.9, lon: 18.4 } }, 'summer'],
  ])('%s of %j is %j', (name, over, value) => {
    expect(read(name, 'node', view(over))).toEqual(value);
  });

  it('knows whether the cutoff has passed', () => {
    expect(read('node.cutoffPassed', 'node', view({}, 14 * 60 - 1))).toBe(false);
    expect(read('node.cutoffPassed', 'node', view({}, 14 * 60))).toBe(true);
  });
});

describe('facts of a lane', () => {
  const card = buildRateCard();
  const service = (transitDays: number, over = {}) => ({
    card: { ...card, ...over },
    zone: card.zones[0]!,
    transitDays,
  });
  const lane = (over: Partial<LaneView>): LaneView => ({
    distanceKm: 38.2,
    services: [],
    orderMilligrams: 2_000_000,
    ...over,
  });

  it.each([
    ['lane.distanceBand', lane({}), '25-50'],
    ['lane.distanceBand', lane({ distanceKm: 25 }), '0-25'],
    ['lane.distanceBand', lane({ distanceKm: 1000.1 }), '1000+'],
    ['lane.distanceBand', lane({ distanceKm: null }), undefined],
    ['lane.zone', lane({}), undefined],
    ['lane.zone', lane({ services: [service(3)] }), 'all'],
    ['lane.transitDays', lane({ services: [service(3), service(1)] }), 1],
    ['lane.serviceCount', lane({ services: [service(3), service(1), service(1, { service: 'express' })] }), 2],
    ['lane.serviceCount', lane({}), 0],
    // 3.00 and 1.00 a kilogram.
    ['lane.cheapestShippingMicros', lane({ services: [service(3)] }), 5_000_000],
    ['lane.cheapestShippingMicros', lane({}), undefined],
  ])('%s of %o is %j', (name, view, value) => {
    expect(read(name, 'lane', view)).toEqual(value);
  });

  it('prices carriage as a shipment is priced', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const prng = createPrng(seed);
      const bands = Array.from({ length: prng.integer(1, 3) }, (_, index) => ({
        ...(index === 2 && prng.next() < 0.5 ? {} : { uptoGrams: 1000 * (index + 1) * prng.integer(1, 5) }),
        fixedMicros: prng.integer(0, 4_000_000),
        perKgMicros: prng.integer(0, 999_999),
        minimumMicros: prng.integer(0, 4_000_000),
      }));
      const priced = buildRateCard({
        maxParcelGrams: prng.pick([700, 8000, 30_000]),
        zones: [{ zone: 'z', transitDays: 1, bands }],
      });
      const milligrams = prng.integer(0, 40_000_000);
      const expected = tariffMicros(compileTariff(bands, priced.maxParcelGrams), milligrams);
      expect(carriageMicros(priced, priced.zones[0]!, milligrams), `seed ${seed}`).toBe(expected);
    }
  });
});

describe('facts of stock', () => {
  it.each([
    ['stock.coverDays', {}, undefined],
    ['stock.coverDays', { demandPerDay: 0 }, undefined],
    ['stock.coverDays', { demandPerDay: 0.5 }, 28],
    ['stock.coverWeeks', { demandPerDay: 0.5 }, 4],
    ['stock.overstockUnits', {}, undefined],
    ['stock.overstockUnits', { targetUnits: 10 }, 4],
    ['stock.overstockUnits', { targetUnits: 20 }, 0],
    ['stock.sellThroughPercent', { sellThroughPercent: 62 }, 62],
    ['stock.availableToPromise', {}, 8],
  ])('%s of %j is %j', (name, over, value) => {
    const level = { sku: 'cup', nodeId: 'n', onHand: 14, ...over };
    expect(read(name, 'stock', { level, sourceable: 9, availableToPromise: 8 })).toEqual(value);
  });
});

describe('the catalogue', () => {
  it('promises lists that are never missing, and choices that are texts', () => {
    for (const { name, type, missing, choices } of FACTS) {
      if (type === 'list' || type === 'flag') expect(missing, name).toBeUndefined();
      if (choices) expect(type, name).toBe('text');
    }
  });

  it('reads every fact of an ordinary wave without a fault', () => {
    const network = indexNetwork(buildSnapshot());
    const views: ScopeViews = {
      time: { now: at(DAY, 0) },
      order: { order: buildOrder('o', [buildLine('1', 'cup')]), placed: at(DAY, 0), items: network.items, asOfMs: 0 },
      line: { line: buildLine('1', 'cup'), item: undefined },
      item: { sku: 'cup', item: undefined },
      node: { node: network.nodes[0]!, rateCards: [], calendar: network.calendars[0]!, now: at(DAY, 0) },
      lane: { distanceKm: null, services: [], orderMilligrams: 0 },
      stock: { level: undefined, sourceable: 0, availableToPromise: 0 },
    };
    for (const { name, scope, type, missing } of FACTS) {
      const value = read(name, scope, views[scope] as never);
      const kind = Array.isArray(value) ? 'list' : typeof value;
      const fits = { text: 'string', date: 'string', number: 'number', flag: 'boolean', list: 'list' }[type];
      if (missing === undefined && name !== 'item.weightGrams') expect(kind, name).toBe(fits);
      else expect([fits, 'undefined'], name).toContain(kind);
    }
  });
});
