import type { OrderPlan, Policy } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { type Dial, dialsOf, handlingOf, readSettings, turnedBy, writeSettings } from './dials.ts';
import { outcomeTitle } from './outcome.tsx';

const GOALS: Policy['goals'] = {
  splitMicros: 2_000_000,
  latenessPerDayMicros: 3_000_000,
  speedPerDayMicros: 150_000,
  unsourced: { perUnitMicros: 1_000_000, valuePercent: 60 },
  rejectRisk: { perRejectMicros: 4_000_000, usualPercent: 2, priorPicks: 50 },
  stockBalance: { marginPercent: 45, horizonDays: 7 },
};
const POLICY = { policyId: 'p', version: 1, name: 'P', goals: GOALS } as Policy;
const NODES = { name: (nodeId: string) => `Node ${nodeId}` };

const shipment = (nodeId: string, shippingMicros: number, handlingMicros: number, more: object = {}) => ({
  nodeId,
  rateCardId: 'card',
  service: 'standard',
  zone: 'near',
  shipOn: '2011-11-14',
  parcels: 1,
  lines: [{ lineId: '1', sku: 'a', quantity: 2 }],
  cost: { shippingMicros, handlingMicros },
  ...more,
});
const plan = (...shipments: object[]): OrderPlan => ({ shipments }) as unknown as OrderPlan;

const dialsFor = (of: OrderPlan, handling: ReadonlyMap<string, number> = new Map()): readonly Dial[] =>
  dialsOf(of, GOALS, handling, NODES);

describe('what can be turned for an order', () => {
  it('starts from what a parcel costs, by the names of nodes, and changes by the difference', () => {
    const dials = dialsFor(plan(shipment('A', 3_270_000, 0)));
    const rate = dials.find(({ id }) => id === 'rate.card.near')!;
    expect([rate.label, rate.from]).toEqual(['A parcel from Node A, standard, zone near', 3_270_000]);
    expect(turnedBy(dials, { [rate.id]: 5_000_000 }, POLICY)).toEqual({
      changes: [{ kind: 'rate', rateCardId: 'card', zone: 'near', from: 0, to: 1_730_000 }],
    });
  });

  it('is the mean of the parcels that go by one card to one zone', () => {
    const both = plan(shipment('A', 3_000_000, 0), shipment('B', 9_000_000, 0, { parcels: 2 }));
    const rates = dialsFor(both).filter(({ id }) => id.startsWith('rate.'));
    expect(rates.map(({ label, from }) => [label, from])).toEqual([
      ['A parcel from Node A and Node B, standard, zone near (on average)', 4_000_000],
    ]);
  });

  it('has no parcel for what is handed over where it lies', () => {
    const kept = plan(shipment('A', 0, 0, { collectAt: 'A' }));
    expect(dialsFor(kept).filter(({ id }) => id.startsWith('rate.'))).toEqual([]);
    const sent = plan(shipment('A', 1_970_000, 0, { collectAt: 'B', arriveOn: '2011-11-15' }));
    expect(dialsFor(sent)[0]!.label).toBe('A parcel from Node A to Node B');
  });

  it('turns every goal that the policy has, and only that goal', () => {
    const dials = dialsFor(plan());
    const turned = (id: string) => turnedBy(dials, { [id]: 7 }, POLICY).policy!.goals;
    expect(dials.map(({ id }) => id)).toEqual([
      'split',
      'late',
      'speed',
      'unsourced',
      'unsourced-share',
      'reject',
      'margin',
    ]);
    expect(turned('split')).toEqual({ ...GOALS, splitMicros: 7 });
    expect(turned('late')).toEqual({ ...GOALS, latenessPerDayMicros: 7 });
    expect(turned('speed')).toEqual({ ...GOALS, speedPerDayMicros: 7 });
    expect(turned('unsourced')).toEqual({ ...GOALS, unsourced: { perUnitMicros: 7, valuePercent: 60 } });
    expect(turned('unsourced-share')).toEqual({ ...GOALS, unsourced: { perUnitMicros: 1_000_000, valuePercent: 7 } });
    expect(turned('reject').rejectRisk).toEqual({ ...GOALS.rejectRisk, perRejectMicros: 7 });
    expect(turned('margin').stockBalance).toEqual({ marginPercent: 7, horizonDays: 7 });
  });

  it('changes nothing where a dial stands as it is, or where there is no such dial', () => {
    expect(turnedBy(dialsFor(plan()), { split: 2_000_000, 'handling.X': 5 }, POLICY)).toEqual({ changes: [] });
  });

  it('has what a node charges for a shipment, where freeing it shows that', () => {
    const other = { lines: [{ lineId: '1', sku: 'a', quantity: 1 }] };
    const now = plan(shipment('A', 0, 900_000), shipment('B', 0, 700_000));
    const freed = plan(shipment('A', 0, 300_000), shipment('B', 0, 100_000, other));
    const handling = handlingOf(now, freed);
    expect([...handling]).toEqual([['A', 600_000]]);
    const dials = dialsFor(now, handling);
    expect(dials.at(-1)!.label).toBe('Handling a shipment at Node A');
    expect(turnedBy(dials, { 'handling.A': 0 }, POLICY).changes).toEqual([
      { kind: 'handling', nodeId: 'A', from: 600_000, to: 0 },
    ]);
  });
});

describe('settings in the address', () => {
  it('come back as they were', () => {
    const at = { split: 2_500_000, 'rate.dc_standard.zone 3': 0, margin: 12.5 };
    expect(readSettings(writeSettings(at))).toEqual(at);
    expect(readSettings(writeSettings({}))).toEqual({});
  });

  it('are left out where they cannot be read', () => {
    expect(readSettings('split,_5,late_x,speed_-1,unsourced_1e9,reject_5')).toEqual({ reject: 5 });
    expect(readSettings(undefined)).toEqual({});
  });
});

describe('the title of what comes of it', () => {
  it('agrees in number, and says "still" only where something was turned', () => {
    expect(outcomeTitle(['A'], ['A'], false)).toBe('A supplies it');
    expect(outcomeTitle(['A'], ['A'], true)).toBe('A still supplies it');
    expect(outcomeTitle(['A', 'B'], ['B', 'A'], true)).toBe('B and A still supply it');
    expect(outcomeTitle([], [], true)).toBe('Still nobody supplies it');
    expect(outcomeTitle(['A', 'B'], ['A'], true)).toBe('A without B');
    expect(outcomeTitle(['A'], ['A', 'B'], true)).toBe('B besides A');
    expect(outcomeTitle([], ['A'], true)).toBe('A instead of nobody');
    expect(outcomeTitle(['A'], [], true)).toBe('Nobody instead of A');
    expect(outcomeTitle(['A'], ['B', 'C', 'D', 'E', 'F'], true)).toBe('B, C, D and 2 more instead of A');
  });
});
