import { describe, expect, it } from 'vitest';
import { compileTariff } from '../../costs/tariff.ts';
import { orderModel, unsourcedMicros } from './order-model.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { createSearch } from './search-state.ts';
import { smallMip } from './small-mip.ts';
import { solveOrder } from './solve-order.ts';

const parcels = compileTariff([{ uptoGrams: 10_000, fixedMicros: 4_000_000, perKgMicros: 100_000 }], 10_000);
const letters = compileTariff(
  [
    { uptoGrams: 2000, fixedMicros: 1_000_000, perKgMicros: 0 },
    { uptoGrams: 10_000, fixedMicros: 4_000_000, perKgMicros: 0 },
  ],
  undefined,
);

function source(node: number, day: number, available: number, changes: Partial<Source> = {}): Source {
  return {
    node,
    day,
    available: Int32Array.from([available]),
    lineMicros: Float64Array.from([50_000]),
    unitMicros: Float64Array.from([10_000 * (node + 1)]),
    unitsLeft: Infinity,
    options: [{ fixedMicros: 500_000, tariff: parcels }],
    ...changes,
  };
}

function split(sources: readonly Source[], changes: Partial<OrderProblem> = {}): OrderProblem {
  return {
    demands: [{ quantity: 10, weightMilligrams: 20_000_000, unsourcedUnitMicros: 3_000_000 }],
    sources,
    splitMicros: 1_000_000,
    maxShipments: 4,
    shipComplete: false,
    splitQuantity: true,
    partial: true,
    ...changes,
  };
}

function mipOf(problem: OrderProblem) {
  return smallMip(createSearch(orderModel(problem)!, unsourcedMicros(problem), 1_000));
}

describe('smallMip', () => {
  it('splits a quantity over nodes and its plan is the proven optimum', () => {
    const problem = split([source(0, 0, 6), source(1, 0, 5), source(2, 0, 5)]);
    const answer = mipOf(problem);
    expect(answer).toBeDefined();
    expect(answer!.units.reduce((sum, units) => sum + units, 0)).toBe(10);
    const solution = solveOrder(problem, 10_000);
    expect(solution).toMatchObject({ method: 'small-mip', proven: true });
    // One parcel of five units from either node: 2 × (4.00 + 0.50) + 20 kg × 0.10 + split 1.00 + lines 0.10 + units 5 × 0.01 + 5 × 0.02.
    expect(solution.costMicros).toBe(12_250_000);
  });

  it('does not take stock of one node twice on two days', () => {
    const answer = mipOf(split([source(0, 0, 4), source(0, 1, 6), source(1, 0, 2)]));
    expect(answer!.units.reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(8);
  });

  it('supplies everything or is not used where nothing may be missing', () => {
    const complete = split([source(0, 0, 6), source(1, 0, 5)], { shipComplete: true });
    expect(mipOf(complete)!.units.reduce((sum, units) => sum + units, 0)).toBe(10);
    expect(mipOf(split([source(0, 0, 6), source(1, 0, 3)], { shipComplete: true }))).toBeUndefined();
  });

  it('leaves prices with several bands, and orders without short lines to the search', () => {
    const banded = split([source(0, 0, 6, { options: [{ fixedMicros: 0, tariff: letters }] })]);
    expect(mipOf(banded)).toBeUndefined();
    expect(mipOf(split([source(0, 0, 10)]))).toBeUndefined();
    expect(solveOrder(banded, 1_000)).toMatchObject({ method: 'open-set-search', proven: true });
  });
});
