import { describe, expect, it } from 'vitest';
import { compileTariff } from '../../costs/tariff.ts';
import { randomOrderProblem } from '../../testing/random-order-problem.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { solveOrder } from './solve-order.ts';

const tariff = compileTariff([{ uptoGrams: 30_000, fixedMicros: 5_000_000, perKgMicros: 100_000 }], 30_000);

function source(node: number, available: readonly number[], changes: Partial<Source> = {}): Source {
  return {
    node,
    day: 0,
    available: Int32Array.from(available),
    lineMicros: new Float64Array(available.length),
    unitMicros: new Float64Array(available.length),
    unitsLeft: Infinity,
    options: [{ fixedMicros: 0, tariff }],
    ...changes,
  };
}

function order(
  quantities: readonly number[],
  sources: readonly Source[],
  changes: Partial<OrderProblem> = {},
): OrderProblem {
  return {
    demands: quantities.map((quantity) => ({
      quantity,
      weightMilligrams: quantity * 1_000_000,
      unsourcedUnitMicros: 2_000_000,
    })),
    sources,
    splitMicros: 1_000_000,
    maxShipments: 5,
    shipComplete: false,
    splitQuantity: true,
    partial: true,
    ...changes,
  };
}

describe('solveOrder', () => {
  it('leaves an order without sources', () => {
    expect(solveOrder(order([2, 1], []), 10)).toEqual({
      shipments: [],
      costMicros: 6_000_000,
      lowerBoundMicros: 6_000_000,
      proven: true,
      method: 'nothing-to-send',
      work: 0,
    });
    expect(solveOrder(order([], []), 10)).toMatchObject({ costMicros: 0, proven: true });
  });

  it('leaves what costs more to send than to leave', () => {
    expect(solveOrder(order([2], [source(0, [2])]), 10)).toMatchObject({
      shipments: [],
      costMicros: 4_000_000,
      proven: true,
    });
    expect(solveOrder(order([3], [source(0, [3])]), 10)).toMatchObject({ costMicros: 5_300_000, proven: true });
  });

  it('fills a short line from two sources only where quantities may split', () => {
    const sources = [source(0, [6]), source(1, [5])];
    const splitOver = solveOrder(order([10], sources), 1_000);
    expect(splitOver.shipments.map((shipment) => shipment.taken[0]!.quantity).reduce((a, b) => a + b)).toBe(10);
    const single = solveOrder(order([10], sources, { splitQuantity: false }), 1_000);
    expect(single).toMatchObject({ shipments: [], costMicros: 20_000_000, proven: true });
  });

  it('sends all or nothing where the order must be complete', () => {
    const sources = [source(0, [10, 0]), source(1, [10, 2])];
    for (const changes of [{ shipComplete: true }, { partial: false }]) {
      expect(solveOrder(order([10, 4], sources, changes), 1_000).shipments).toEqual([]);
      expect(solveOrder(order([10, 2], sources, changes), 1_000).shipments).toHaveLength(1);
    }
  });

  it('takes a line apart where the only source that has it whole cannot handle it', () => {
    const sources = [source(0, [10], { unitsLeft: 9 }), source(1, [6]), source(2, [6])];
    const answer = solveOrder(order([10], sources), 1_000);
    expect(answer).toMatchObject({ shipments: [{ source: 0, taken: [{ quantity: 9 }] }], costMicros: 7_900_000 });
    expect(answer.proven).toBe(true);
  });

  it('keeps within the work it is given and says how far the answer may be off', () => {
    const problem = randomOrderProblem({ demands: 60, nodes: 24, shortShare: 0.1 }, 5);
    const quick = solveOrder(problem, 100);
    const long = solveOrder(problem, 20_000);
    expect(quick.lowerBoundMicros).toBeLessThanOrEqual(long.costMicros);
    expect(long.costMicros).toBeLessThanOrEqual(quick.costMicros);
    expect(quick.work).toBeLessThan(3_000);
  });
});
