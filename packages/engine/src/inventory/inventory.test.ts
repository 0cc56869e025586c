import { describe, expect, it } from 'vitest';
import { InvariantError } from '../base/invariant.ts';
import { createPrng, type Prng } from '../base/prng.ts';
import { dateOf, dayNumber } from '../base/time.ts';
import { indexNetwork, type Network, type StockRow } from '../model/network.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { StockLevel } from '../model/stock-level.ts';
import { source } from '../source.ts';
import { buildNode, buildScenario, buildSnapshot } from '../testing/build-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { Ledger } from './ledger.ts';
import { availableToPromise, sourceableBy } from './sourceable.ts';

const MONDAY_DAY = dayNumber('2011-11-14');

function networkOf(over: Partial<Snapshot>): Network {
  return indexNetwork(buildSnapshot(over));
}

const rowOf = (network: Network): StockRow => network.rowsOf.get('cup')![0]!;

describe('costs that rise with use', () => {
  const network = networkOf({
    nodes: [
      buildNode('north', {
        capacity: {
          soft: {
            shipmentsPerDay: [{ above: 1, perShipmentMicros: 50 }],
            unitsPerDay: [
              { above: 4, perUnitMicros: 1 },
              { above: 6, perUnitMicros: 3 },
            ],
          },
        },
      }),
    ],
    stock: [
      {
        sku: 'cup',
        nodeId: 'north',
        onHand: 20,
        stockOutSteps: [
          { units: 3, perUnitMicros: 100 },
          { units: 3, perUnitMicros: 200 },
        ],
      },
    ],
  });

  it('are paid in turn: stock over all days, capacity by the day', () => {
    const ledger = new Ledger(network);
    const row = rowOf(network);
    const send = (day: number, units: number) => ledger.ship(0, day, [{ row, units }]);
    // Units 1 to 5 of the stock and of the day.
    expect(send(MONDAY_DAY, 5)).toEqual({ capacityMicros: 1, stockOutMicros: 700 });
    // The next day starts afresh, the stock goes on at its last step.
    expect(send(MONDAY_DAY + 1, 2)).toEqual({ capacityMicros: 0, stockOutMicros: 400 });
    // Second shipment of Monday, its units 6 to 8.
    expect(send(MONDAY_DAY, 3)).toEqual({ capacityMicros: 50 + 1 + 3 + 3, stockOutMicros: 600 });
  });

  it('are nothing where no steps are given', () => {
    const plain = networkOf({});
    const ledger = new Ledger(plain);
    const row = rowOf(plain);
    expect(ledger.ship(0, MONDAY_DAY, [{ row, units: 2 }])).toEqual({ capacityMicros: 0, stockOutMicros: 0 });
    expect([ledger.stockOutSteps(row), ledger.unitSteps(0, MONDAY_DAY)]).toEqual([[], []]);
  });
});

describe('what may be promised and what may be sourced', () => {
  const level: StockLevel = {
    sku: 'cup',
    nodeId: 'north',
    onHand: 20,
    allocated: 3,
    reserved: 2,
    sellingBuffer: 4,
    sourcingBuffer: 1,
  };
  const receipts = [
    { day: 10, quantity: 5 },
    { day: 12, quantity: 7 },
  ];

  it('withholds the selling buffer from promises and the sourcing buffer from sourcing', () => {
    // 20 − 3 − 2 = 15; less the selling buffer of 4, or the sourcing buffer of 1.
    expect(availableToPromise(level, [], 0)).toBe(11);
    expect(sourceableBy(level, [], 0)).toBe(14);
  });

  it('adds what is due by the day, on the day itself, and no more', () => {
    expect([9, 10, 11, 12, 99].map((day) => availableToPromise(level, receipts, day))).toEqual([11, 16, 16, 23, 23]);
    expect([9, 10, 11, 12, 99].map((day) => sourceableBy(level, receipts, day))).toEqual([14, 19, 19, 26, 26]);
  });

  it('promises nothing, and owes, where more is committed than is there', () => {
    const short = { ...level, onHand: 2 };
    expect(availableToPromise(short, [], 0)).toBe(0);
    // 2 − 5 − 1 = −4; the first 4 of a receipt settle the debt.
    expect(sourceableBy(short, [], 0)).toBe(-4);
    expect(sourceableBy(short, receipts, 10)).toBe(1);
  });

  it('knows receipts where nothing is counted', () => {
    expect(availableToPromise(undefined, receipts, 10)).toBe(5);
    expect(sourceableBy(undefined, [], 10)).toBe(0);
  });
});

describe('indexNetwork', () => {
  it('makes one row a sku and node, by node, with receipts by day', () => {
    const network = networkOf({
      nodes: [buildNode('north'), buildNode('south'), buildNode('west')],
      stock: [
        { sku: 'cup', nodeId: 'west', onHand: 1 },
        { sku: 'cup', nodeId: 'north', onHand: 2 },
      ],
      receipts: [
        { receiptId: 'b', sku: 'cup', nodeId: 'south', quantity: 4, dueOn: '2011-11-17' },
        { receiptId: 'a', sku: 'cup', nodeId: 'south', quantity: 3, dueOn: '2011-11-15' },
        { receiptId: 'c', sku: 'cup', nodeId: 'north', quantity: 5, dueOn: '2011-11-16' },
      ],
    });
    const rows = network.rowsOf.get('cup')!;
    expect(
      rows.map((row) => [
        row.node,
        row.level?.onHand,
        row.receipts.map(({ day, quantity }) => [dateOf(day), quantity]),
      ]),
    ).toEqual([
      [0, 2, [['2011-11-16', 5]]],
      [
        1,
        undefined,
        [
          ['2011-11-15', 3],
          ['2011-11-17', 4],
        ],
      ],
      [2, 1, []],
    ]);
    expect(rows.map((row) => network.rows[row.row])).toEqual(rows);
    expect(network.rowsOf.get('jug')).toBeUndefined();
  });

  it('finds a lane by node and region, and none without a region', () => {
    const network = networkOf({ lanes: [{ nodeId: 'north', region: 'LS', distanceKm: 5 }] });
    expect(network.laneOf(0, 'LS')?.distanceKm).toBe(5);
    expect(network.laneOf(0, 'EH')).toBeUndefined();
    expect(network.laneOf(0, undefined)).toBeUndefined();
  });
});

describe('Ledger', () => {
  const receipts = [{ receiptId: 'r', sku: 'cup', nodeId: 'north', quantity: 4, dueOn: '2011-11-16' }];

  it('lets a take today leave what later days were promised', () => {
    const network = networkOf({ receipts });
    const ledger = new Ledger(network);
    const row = rowOf(network);
    expect([0, 1, 2].map((later) => ledger.available(row, MONDAY_DAY + later))).toEqual([10, 10, 14]);
    ledger.take(row, MONDAY_DAY + 2, 12);
    // 12 of 14 are promised for Wednesday: only 2 may leave before.
    expect([0, 1, 2, 3].map((later) => ledger.available(row, MONDAY_DAY + later))).toEqual([2, 2, 2, 2]);
    ledger.take(row, MONDAY_DAY, 2);
    expect([0, 1, 2].map((later) => ledger.available(row, MONDAY_DAY + later))).toEqual([0, 0, 0]);
  });

  it('holds a debt against receipts and never shows less than nothing', () => {
    const network = networkOf({ stock: [{ sku: 'cup', nodeId: 'north', onHand: 1, allocated: 3 }], receipts });
    const ledger = new Ledger(network);
    expect([0, 2].map((later) => ledger.available(rowOf(network), MONDAY_DAY + later))).toEqual([0, 2]);
  });

  it('throws when more is taken than is there, or nothing', () => {
    const network = networkOf({});
    const ledger = new Ledger(network);
    expect(() => ledger.take(rowOf(network), MONDAY_DAY, 11)).toThrow(InvariantError);
    expect(() => ledger.take(rowOf(network), MONDAY_DAY, 0)).toThrow(InvariantError);
    expect(() => ledger.take(rowOf(network), MONDAY_DAY, -1)).toThrow(InvariantError);
    expect(ledger.available(rowOf(network), MONDAY_DAY)).toBe(10);
  });

  it('counts shipments and units by node and day', () => {
    const network = networkOf({
      nodes: [buildNode('north', { capacity: { shipmentsPerDay: 2, unitsPerDay: 9 } }), buildNode('south')],
    });
    const ledger = new Ledger(network);
    ledger.addShipment(0, MONDAY_DAY, 4);
    ledger.addShipment(0, MONDAY_DAY, 5);
    ledger.addShipment(1, MONDAY_DAY, 1_000_000);
    expect([ledger.shipmentsLeft(0, MONDAY_DAY), ledger.unitsLeft(0, MONDAY_DAY)]).toEqual([0, 0]);
    expect([ledger.shipmentsLeft(0, MONDAY_DAY + 1), ledger.unitsLeft(0, MONDAY_DAY + 1)]).toEqual([2, 9]);
    expect([ledger.shipmentsLeft(1, MONDAY_DAY), ledger.unitsLeft(1, MONDAY_DAY)]).toEqual([Infinity, Infinity]);
  });

  it('offers exactly the largest take that is possible, whatever was taken before', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const prng = createPrng(seed);
      const network = networkOf(randomRow(prng));
      const row = rowOf(network);
      const ledger = new Ledger(network);
      const taken = new Map<number, number>();
      for (let step = 0; step < 10; step++) {
        const day = MONDAY_DAY + prng.integer(0, 6);
        const most = largestTake(row, taken, day);
        expect(ledger.available(row, day), `seed ${seed} step ${step}`).toBe(most);
        if (most === 0) continue;
        expect(() => ledger.take(row, day, most + 1), `seed ${seed}`).toThrow(InvariantError);
        const units = prng.integer(1, most);
        ledger.take(row, day, units);
        taken.set(day, (taken.get(day) ?? 0) + units);
        expect(holds(row, taken), `seed ${seed} step ${step}`).toBe(true);
      }
    }
  });

  it('never offers less on a later day', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const prng = createPrng(seed);
      const network = networkOf(randomRow(prng));
      const row = rowOf(network);
      const ledger = new Ledger(network);
      for (let step = 0; step < 6; step++) {
        const offers = [0, 1, 2, 3, 4, 5, 6].map((later) => ledger.available(row, MONDAY_DAY + later));
        expect(offers, `seed ${seed}`).toEqual([...offers].sort((a, b) => a - b));
        const later = prng.integer(0, 6);
        if (offers[later]! > 0) ledger.take(row, MONDAY_DAY + later, prng.integer(1, offers[later]!));
      }
    }
  });

  it('takes the same plan twice only where there is stock for two', async () => {
    const scenario = buildScenario();
    const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
    if (!result.ok) throw new Error('It must be sourceable.');
    const [orderPlan] = result.value.orders;
    const network = indexNetwork(scenario.snapshot);
    const ledger = new Ledger(network);
    for (let left = 10; left > 0; left--) {
      expect(ledger.available(rowOf(network), MONDAY_DAY)).toBe(left);
      ledger.commit(orderPlan!);
    }
    expect(() => ledger.commit(orderPlan!)).toThrow(InvariantError);
  });

  it('takes every random plan whole', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const scenario = randomScenario(seed, { orders: 8, nodes: 4, skus: 4, linesPerOrder: 3 });
      const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
      if (!result.ok) throw new Error(`seed ${seed} must be sourceable.`);
      const ledger = new Ledger(indexNetwork(scenario.snapshot));
      for (const orderPlan of result.value.orders) expect(() => ledger.commit(orderPlan), `seed ${seed}`).not.toThrow();
    }
  });
});

function randomRow(prng: Prng): Partial<Snapshot> {
  return {
    stock: [
      {
        sku: 'cup',
        nodeId: 'north',
        onHand: prng.integer(0, 8),
        allocated: prng.integer(0, 4),
        sourcingBuffer: prng.integer(0, 2),
      },
    ],
    receipts: Array.from({ length: prng.integer(0, 3) }, (_, index) => ({
      receiptId: `r${index}`,
      sku: 'cup',
      nodeId: 'north',
      quantity: prng.integer(1, 6),
      dueOn: `2011-11-${prng.integer(13, 21)}`,
    })),
  };
}

/** Whether on every day the units taken so far are there: supply counted anew, day by day. A debt alone breaks nothing. */
function holds(row: StockRow, taken: ReadonlyMap<number, number>): boolean {
  const { level } = row;
  const base = level ? level.onHand - (level.allocated ?? 0) - (level.sourcingBuffer ?? 0) : 0;
  for (const day of taken.keys()) {
    let supply = base;
    for (const receipt of row.receipts) if (receipt.day <= day) supply += receipt.quantity;
    let used = 0;
    for (const [on, units] of taken) if (on <= day) used += units;
    if (used > supply) return false;
  }
  return true;
}

/** By trying one unit more each time. */
function largestTake(row: StockRow, taken: ReadonlyMap<number, number>, day: number): number {
  let units = 0;
  while (holds(row, new Map(taken).set(day, (taken.get(day) ?? 0) + units + 1))) units += 1;
  return units;
}
