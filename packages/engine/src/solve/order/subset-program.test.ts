import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTariff, tariffMicros as priceOf } from '../../costs/tariff.ts';
import { randomOrderProblem } from '../../testing/random-order-problem.ts';
import { openSetSearch } from './open-set-search.ts';
import { orderModel, unsourcedMicros } from './order-model.ts';
import type { OrderProblem, Source } from './order-problem.ts';
import { solveOrder } from './solve-order.ts';
import { subsetProgram } from './subset-program.ts';

const letters = compileTariff(
  [
    { uptoGrams: 1000, fixedMicros: 1_000, perKgMicros: 0 },
    { uptoGrams: 30_000, fixedMicros: 9_000, perKgMicros: 0 },
  ],
  undefined,
);

function source(node: number, available: readonly number[], changes: Partial<Source> = {}): Source {
  return {
    node,
    day: 0,
    available: Int32Array.from(available),
    lineMicros: new Float64Array(available.length),
    unitMicros: new Float64Array(available.length),
    unitsLeft: Infinity,
    options: [{ fixedMicros: 0, tariff: letters }],
    ...changes,
  };
}

function problem(sources: readonly Source[], changes: Partial<OrderProblem> = {}): OrderProblem {
  const demand = { quantity: 1, weightMilligrams: 1_000_000, unsourcedUnitMicros: 50_000 };
  return {
    demands: [demand, demand],
    sources,
    splitMicros: 0,
    maxShipments: 9,
    shipComplete: false,
    splitQuantity: false,
    partial: true,
    ...changes,
  };
}

describe('subsetProgram', () => {
  it('sends no source twice, even where two letters are cheaper than one parcel', () => {
    const solution = solveOrder(problem([source(0, [1, 1])]), 100);
    expect(solution).toMatchObject({ costMicros: 9_000, proven: true, method: 'subset-program' });
    expect(solution.shipments).toHaveLength(1);
  });

  it('uses a second node for the second letter', () => {
    const solution = solveOrder(problem([source(0, [1, 1]), source(1, [1, 1])]), 100);
    expect(solution.costMicros).toBe(2_000);
    expect(solution.shipments.map((shipment) => shipment.source)).toEqual([0, 1]);
  });

  it('prefers fewer shipments, then the lowest sources, among equals', () => {
    const dear = problem([source(0, [1, 0]), source(1, [1, 1]), source(2, [1, 1])], { splitMicros: 7_000 });
    expect(solveOrder(dear, 100).shipments.map((shipment) => shipment.source)).toEqual([1]);
  });

  it('keeps to the number of shipments', () => {
    const two = [source(0, [1, 0]), source(1, [0, 1])];
    expect(solveOrder(problem(two, { maxShipments: 1 }), 100)).toMatchObject({ costMicros: 51_000, proven: true });
    expect(solveOrder(problem(two, { maxShipments: 1, shipComplete: true }), 100).shipments).toEqual([]);
  });

  it('agrees with the open-set search', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 2 ** 30 }), (demands, seed) => {
        const random = randomOrderProblem({ demands, nodes: 9, parcels: 3, shortShare: 0, limitedShare: 0.3 }, seed);
        const model = orderModel(random);
        fc.pre(model !== undefined && model.shortCount === 0);
        const empty = unsourcedMicros(random);
        const searched = openSetSearch(model, empty, 10_000_000);
        expect(searched.lowerBoundMicros).toBeUndefined();
        let micros = 0;
        for (const shipment of solveOrder(random, 1).shipments) micros += shipment.taken.length;
        expect(
          subsetProgram(model).parts.reduce((sum, part) => sum + part.lines.toString(2).replaceAll('0', '').length, 0),
        ).toBe(micros);
        expect(searchedMicros(random, searched.units)).toBe(solveOrder(random, 1).costMicros);
      }),
      { seed: 3, numRuns: 150 },
    );
  });
});

/** The cost of units by source and line of the model. */
function searchedMicros(random: OrderProblem, units: Float64Array | undefined): number {
  const model = orderModel(random)!;
  const left = random.demands.map((demand) => demand.quantity);
  let micros = 0;
  let shipments = 0;
  for (let j = 0; j < (units === undefined ? 0 : model.sourceCount); j++) {
    const own = random.sources[model.sourceOf[j]!]!;
    let weight = 0;
    let any = false;
    for (let i = 0; i < model.lineCount; i++) {
      const taken = units![j * model.lineCount + i]!;
      if (taken === 0) continue;
      any = true;
      const demand = model.demandOf[i]!;
      left[demand]! -= taken;
      weight += random.demands[demand]!.weightMilligrams;
      micros += own.lineMicros[demand]! + own.unitMicros[demand]! * taken;
    }
    if (!any) continue;
    micros += Math.min(...own.options.map((option) => option.fixedMicros + priceOf(option.tariff, weight)));
    if (shipments++ > 0) micros += random.splitMicros;
  }
  return micros + left.reduce((sum, missing, demand) => sum + missing * random.demands[demand]!.unsourcedUnitMicros, 0);
}
