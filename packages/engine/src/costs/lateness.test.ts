// Lateness and promises worked out by hand: half of parcels, nine tenths, carriers' days. A day late costs 2.00.
import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { transitSpread } from '../candidates/transit.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Shipment } from '../model/plan.ts';
import type { Scenario } from '../model/scenario.ts';
import { parseScenario } from '../parse-scenario.ts';
import { source } from '../source.ts';
import { buildLine, buildOrder, buildRateCard, buildScenario, buildSnapshot } from '../testing/build-scenario.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

interface Case {
  /** Half and nine tenths of parcels, in delivery days. */
  readonly days: readonly [number, number];
  readonly promise: string;
  readonly deliveryWeekdays?: number[];
  readonly lane?: { extraTransitDays?: number; extraTransitDaysP90?: number };
}

function scenarioOf({
  days: [transitDays, transitDaysP90],
  promise,
  deliveryWeekdays = EVERY_DAY,
  lane,
}: Case): Scenario {
  const bands = [{ fixedMicros: 3_000_000, perKgMicros: 0 }];
  const parsed = parseScenario(
    buildScenario({
      snapshot: buildSnapshot({
        rateCards: [buildRateCard({ deliveryWeekdays, zones: [{ zone: 'all', transitDays, transitDaysP90, bands }] })],
        ...(lane ? { lanes: [{ nodeId: 'north', region: 'LS', ...lane }] } : {}),
      }),
      orders: [buildOrder('o1', [buildLine('1', 'cup')], { promiseBy: promise })],
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

/** Shipped on Monday 14 November 2011. */
async function shipmentOf(of: Case | Scenario): Promise<Shipment> {
  const scenario = 'days' in of ? scenarioOf(of) : of;
  const plan = await source(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value.orders[0]!.shipments[0]!;
}

describe('transit days', () => {
  const rounded = (half: number, most: number): string[] =>
    transitSpread(half, most).map(({ transitDays, share }) => `${transitDays}: ${share.toFixed(4)}`);

  it('are one where both are the same, and pass through half and nine tenths', () => {
    expect(rounded(2, 2)).toEqual(['2: 1.0000']);
    // P(T > 2) = 0.5, then a fifth of it each day: 0.1, 0.02, 0.004, 0.0008; less than 0.0005 goes to the day before.
    expect(rounded(2, 3)).toEqual(['2: 0.5000', '3: 0.4000', '4: 0.0800', '5: 0.0160', '6: 0.0032', '7: 0.0008']);
  });

  it('add up to one, with a half and nine tenths where they are stated', () => {
    const prng = createPrng(5);
    for (let trial = 0; trial < 200; trial++) {
      const half = prng.integer(0, 20);
      const spread = transitSpread(half, half + prng.integer(1, 20));
      const upTo = (days: number): number =>
        spread.reduce((sum, { transitDays, share }) => sum + (transitDays <= days ? share : 0), 0);
      expect(upTo(Infinity)).toBeCloseTo(1, 12);
      expect(upTo(half)).toBeCloseTo(0.5, 12);
      expect(spread.every(({ share }) => share > 0)).toBe(true);
    }
    expect(
      transitSpread(3, 7).reduce((sum, { transitDays, share }) => sum + (transitDays <= 7 ? share : 0), 0),
    ).toBeCloseTo(0.9, 12);
  });
});

describe('lateness', () => {
  it.each<[Case, number, number | undefined, string]>([
    [{ days: [2, 2], promise: '2011-11-16' }, 0, undefined, 'always on Wednesday, promised for Wednesday'],
    [{ days: [2, 2], promise: '2011-11-15' }, 2_000_000, undefined, 'always one day late'],
    [
      { days: [2, 3], promise: '2011-11-16' },
      1_249_600,
      0.5,
      '0.4 × 1 + 0.08 × 2 + 0.016 × 3 + 0.0032 × 4 + 0.0008 × 5 = 0.6248 days',
    ],
    [{ days: [2, 3], promise: '2011-11-17' }, 249_600, 0.9, '0.08 × 1 + 0.016 × 2 + 0.0032 × 3 + 0.0008 × 4 = 0.1248'],
    [{ days: [2, 3], promise: '2011-11-18' }, 49_600, 0.98, '0.016 + 0.0064 + 0.0024 = 0.0248'],
    [{ days: [2, 3], promise: '2011-11-21' }, 0, 1, 'seven days are the longest'],
    [{ days: [2, 3], promise: '2011-11-15' }, 3_249_600, 0, 'one day more than promised for the 16th: 1.6248'],
    [
      { days: [2, 3], promise: '2011-11-18', deliveryWeekdays: [1, 2, 3, 4, 5] },
      129_600,
      0.98,
      'no delivery at the weekend: the fifth day is Monday, 3 days late: 0.016 × 3 + 0.0032 × 4 + 0.0008 × 5 = 0.0648',
    ],
    [
      { days: [1, 2], promise: '2011-11-16', lane: { extraTransitDays: 1 } },
      1_249_600,
      0.5,
      'an island adds a day to both',
    ],
    [{ days: [2, 2], promise: '2011-11-16', lane: { extraTransitDaysP90: 1 } }, 1_249_600, 0.5, 'or makes it unsure'],
  ])('%j costs %i micros, in time %s: %s', async (of, micros, onTime) => {
    const shipment = await shipmentOf(of);
    expect([shipment.cost.latenessMicros, shipment.onTimeProbability]).toEqual([micros, onTime]);
  });
});
