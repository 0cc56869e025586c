// Labour by the hour worked out by hand: ten units an hour, so an hour of 9.00 makes 0.90 a unit.
import { describe, expect, it } from 'vitest';
import type { Node } from '../model/node.ts';
import type { Plan } from '../model/plan.ts';
import {
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { planOf } from '../testing/explain-scenario.ts';

const DAY = { name: 'day', hours: 1, perHourMicros: 9_000_000 };
const LATE = { name: 'evening', hours: 0.5, perHourMicros: 12_000_000 };
const NIGHT = { name: 'night', hours: 2, perHourMicros: 20_000_000 };

interface Case {
  readonly labour: Node['labour'];
  readonly node?: Partial<Node>;
  /** Cups by order, all to be sent on Monday. */
  readonly orders: readonly number[];
}

function planFor({ labour, node = {}, orders }: Case): Promise<Plan> {
  const policy = buildPolicy();
  return planOf(
    buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { ...node, ...(labour ? { labour } : {}) })],
        stock: [{ sku: 'cup', nodeId: 'north', onHand: 100 }],
      }),
      orders: orders.map((quantity, at) => buildOrder(`o${at}`, [buildLine('1', 'cup', quantity)])),
      policy: { ...policy, allow: { ...policy.allow, maxShipDelayDays: 0 } },
    }),
  );
}

const unitsPerHour = 10;

describe('labour by hours', () => {
  it.each<[Case, handling: number, capacity: number, string]>([
    [{ labour: undefined, orders: [4] }, 0, 0, 'no labour, no charge'],
    [{ labour: { unitsPerHour, bands: [DAY] }, orders: [4] }, 3_600_000, 0, '4 × 0.90'],
    [{ labour: { unitsPerHour, bands: [DAY, LATE] }, orders: [10] }, 9_000_000, 0, 'ten units fill the day: 10 × 0.90'],
    [
      { labour: { unitsPerHour, bands: [DAY, LATE] }, orders: [12] },
      10_800_000,
      600_000,
      '12 × 0.90, and 2 × 0.30 for the evening',
    ],
    [
      { labour: { unitsPerHour, bands: [LATE, DAY] }, orders: [12] },
      10_800_000,
      600_000,
      'in any order: the cheapest first',
    ],
    [
      { labour: { unitsPerHour, bands: [DAY, LATE] }, orders: [8, 4] },
      10_800_000,
      600_000,
      'two orders share the day: 8, 2 and 2',
    ],
    [
      { labour: { unitsPerHour, bands: [DAY, LATE, NIGHT] }, orders: [9, 9] },
      16_200_000,
      4_800_000,
      '18 × 0.90, 5 × 0.30 for the evening and 3 × 1.10 for the night',
    ],
    [
      { labour: { unitsPerHour: 3, bands: [{ ...DAY, perHourMicros: 1_000_000 }, LATE] }, orders: [4] },
      1_333_332,
      3_666_667,
      '1.00 ÷ 3 is 0.333333 a unit, four of them; one in the evening at 4.00 − 0.333333',
    ],
    [
      {
        labour: { unitsPerHour, bands: [DAY, LATE] },
        node: { handling: { perShipmentMicros: 500_000, perUnitMicros: 50_000 } },
        orders: [4],
      },
      4_300_000,
      0,
      'besides other handling: 0.50 + 4 × (0.90 + 0.05)',
    ],
    [
      {
        labour: { unitsPerHour, bands: [DAY, LATE] },
        node: { capacity: { soft: { unitsPerDay: [{ above: 5, perUnitMicros: 100_000 }] } } },
        orders: [12],
      },
      10_800_000,
      1_300_000,
      'besides soft capacity: 7 × 0.10 and 2 × 0.30',
    ],
  ])('%j: %i for handling and %i for capacity, %s', async (of, handling, capacity) => {
    const { cost, kpis } = await planFor(of);
    expect(kpis.unsourcedUnits).toBe(0);
    expect([cost.handlingMicros, cost.capacityMicros]).toEqual([handling, capacity]);
  });

  it('is the most a node does in a day', async () => {
    const labour = { unitsPerHour, bands: [DAY, LATE] };
    expect((await planFor({ labour, orders: [10, 10] })).kpis.unsourcedUnits).toBe(5);
    const tighter = { capacity: { unitsPerDay: 7 } };
    expect((await planFor({ labour, node: tighter, orders: [10] })).kpis.unsourcedUnits).toBe(3);
    expect(
      (await planFor({ labour: { unitsPerHour, bands: [{ ...DAY, hours: 0 }] }, orders: [1] })).kpis.unsourcedUnits,
    ).toBe(1);
  });
});
