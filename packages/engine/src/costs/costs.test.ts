import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import type { CandidateNode, OrderCandidates } from '../candidates/candidate.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { indexNetwork } from '../model/network.ts';
import { COST_TERMS, type CostBreakdown } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RateBand } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { breakdown, subtractBreakdown, sumBreakdowns, termMicros } from './breakdown.ts';
import { createPricer, type Pricer, shipmentMilligrams } from './price.ts';
import { compileTariff, parcelCount, tariffMicros } from './tariff.ts';
import { worstCaseMicros } from './worst-case.ts';

const kg = (weight: number): number => weight * 1_000_000;

describe('tariff', () => {
  const bands: RateBand[] = [
    { uptoGrams: 5000, fixedMicros: 3_000_000, perKgMicros: 500_000, minimumMicros: 4_000_000 },
    { uptoGrams: 1000, fixedMicros: 2_500_000, perKgMicros: 0 },
    { uptoGrams: 20_000, fixedMicros: 4_000_000, perKgMicros: 250_000 },
  ];
  const tariff = compileTariff(bands, 30_000);

  it('puts bands in order of weight, and the last band limits the parcel', () => {
    expect(tariff.bands.map((band) => band.uptoMilligrams)).toEqual([kg(1), kg(5), kg(20)]);
    expect(tariff.maxParcelMilligrams).toBe(kg(20));
    expect(compileTariff(bands, 8000).maxParcelMilligrams).toBe(kg(8));
    expect(compileTariff([{ fixedMicros: 1, perKgMicros: 0 }], undefined).maxParcelMilligrams).toBe(Infinity);
    expect(bands[0]!.uptoGrams).toBe(5000);
  });

  it.each([
    [0, 2_500_000, 'weightless goods go by the lightest band'],
    [kg(1), 2_500_000, 'a weight at the edge is in the lighter band'],
    [kg(1) + 1, 4_000_000, '3.00 + 0.50 × 1.000001 = 3.50 is below the minimum of 4.00'],
    [kg(2), 4_000_000, '3.00 + 0.50 × 2 = 4.00 is just the minimum'],
    [kg(3), 4_500_000, '3.00 + 0.50 × 3'],
    [kg(5), 5_500_000, '3.00 + 0.50 × 5'],
    [kg(5) + 1, 5_250_000, '4.00 + 0.25 × 5.000001 = 5.25000025, to the micro'],
    [kg(20), 9_000_000, '4.00 + 0.25 × 20, one parcel just full'],
    [kg(20) + 1000, 11_500_000, 'one gram more: a full parcel at 9.00 and one of a gram at 2.50'],
    [kg(40), 18_000_000, 'two full parcels'],
    [kg(43), 22_500_000, 'two full parcels and 3 kg at 4.50'],
  ])('%i mg cost %i micros: %s', (milligrams, micros) => {
    expect(tariffMicros(tariff, milligrams)).toBe(micros);
  });

  it('counts parcels: one for nothing, one when just full, two for a milligram more', () => {
    expect([0, 1, kg(20), kg(20) + 1, kg(40), kg(40) + 1].map((weight) => parcelCount(tariff, weight))).toEqual([
      1, 1, 1, 2, 2, 3,
    ]);
    expect(parcelCount(compileTariff([{ fixedMicros: 1, perKgMicros: 0 }], undefined), 1e15)).toBe(1);
  });

  it('rounds each parcel, not the sum', () => {
    // 3 micros a kg: half a kilogram is 1.5 micros, rounded up to 2; two such parcels cost 4, not 3.
    const small = compileTariff([{ fixedMicros: 0, perKgMicros: 3 }], 500);
    expect(tariffMicros(small, kg(0.5))).toBe(2);
    expect(tariffMicros(small, kg(1))).toBe(4);
  });

  it('agrees with parcels packed one by one', () => {
    const prng = createPrng(11);
    for (let trial = 0; trial < 2000; trial++) {
      const limit = prng.integer(1, 9) * 1000;
      const random: RateBand[] = [1500, 4000, undefined].map((uptoGrams) => ({
        ...(uptoGrams === undefined ? {} : { uptoGrams }),
        fixedMicros: prng.integer(0, 5_000_000),
        perKgMicros: prng.integer(0, 999_999),
        minimumMicros: prng.integer(0, 3_000_000),
      }));
      const compiled = compileTariff(random, limit);
      const weight = prng.integer(0, 40_000_000);
      let micros = 0;
      let parcels = 0;
      for (let left = weight; left > 0 || parcels === 0; left -= limit * 1000) {
        const grams = Math.min(left, limit * 1000) / 1000;
        const band = random.find((candidate) => grams <= (candidate.uptoGrams ?? Infinity))!;
        micros += Math.max(band.minimumMicros!, band.fixedMicros + Math.round((band.perKgMicros * grams) / 1000));
        parcels += 1;
      }
      expect([tariffMicros(compiled, weight), parcelCount(compiled, weight)], `trial ${trial}`).toEqual([
        micros,
        parcels,
      ]);
    }
  });
});

describe('breakdown', () => {
  it('is zero without parts, and its total is the sum of its terms', () => {
    expect(breakdown({}).totalMicros).toBe(0);
    const cost = breakdown({
      shipping: 1,
      handling: 20,
      split: 300,
      lateness: 4000,
      speed: 1_000_000_000,
      capacity: 7_000_000,
      stockOut: 80_000_000,
      risk: 900_000_000,
      preference: 50_000,
      unsourced: 600_000,
    });
    expect(cost.totalMicros).toBe(1_987_654_321);
    const terms = COST_TERMS.map((term) => termMicros(cost, term));
    expect(terms).toEqual([1, 20, 300, 4000, 1_000_000_000, 7_000_000, 80_000_000, 900_000_000, 50_000, 600_000]);
  });

  it('adds and subtracts term by term', () => {
    const prng = createPrng(3);
    const random = (): CostBreakdown =>
      breakdown(Object.fromEntries(COST_TERMS.map((term) => [term, prng.integer(0, 1e9)])));
    for (let trial = 0; trial < 100; trial++) {
      const [a, b, c] = [random(), random(), random()];
      const sum = sumBreakdowns([a, b, c]);
      expect(sum.totalMicros).toBe(a.totalMicros + b.totalMicros + c.totalMicros);
      expect(subtractBreakdown(subtractBreakdown(sum, a), b)).toEqual(c);
    }
    expect(sumBreakdowns([])).toEqual(breakdown({}));
  });
});

/** Two demands of one order at one node with everything that can be charged. */
async function priced(
  over: Partial<Policy> = {},
  scenario: Partial<Scenario> = {},
): Promise<{ pricer: Pricer; candidates: OrderCandidates; candidate: CandidateNode }> {
  const policy = buildPolicy({
    rules: [
      {
        name: 'cups are a nuisance',
        conditions: { all: [{ fact: 'item.sku', operator: 'equal', value: 'cup' }] },
        event: { type: 'penalise', params: { because: 'They break.', perLineMicros: 70_000 } },
      },
      {
        name: 'so is the north',
        conditions: { all: [{ fact: 'node.nodeId', operator: 'equal', value: 'north' }] },
        event: { type: 'penalise', params: { because: 'It rains.', perLineMicros: 5000 } },
      },
    ],
    ...over,
  });
  const built = buildScenario({
    snapshot: buildSnapshot({
      nodes: [
        buildNode('north', { handling: { perShipmentMicros: 400_000, perLineMicros: 30_000, perUnitMicros: 2000 } }),
      ],
      items: [buildItem('cup', { weightGrams: 300 }), buildItem('jug', { weightGrams: 1250.5 })],
      stock: ['cup', 'jug'].map((sku) => ({ sku, nodeId: 'north', onHand: 9 })),
    }),
    orders: [buildOrder('o1', [buildLine('1', 'cup', 3), buildLine('2', 'jug', 2)], { promiseBy: '2011-11-15' })],
    ...scenario,
  });
  const network = indexNetwork(built.snapshot);
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error('The policy must compile.');
  const candidates = await createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS).candidatesOf(
    built.orders[0]!,
  );
  return { pricer: createPricer(network, policy), candidates, candidate: candidates.nodes[0]! };
}

describe('pricer', () => {
  const all = [
    { demand: 0, quantity: 3 },
    { demand: 1, quantity: 2 },
  ];

  it('prices a whole shipment term by term', async () => {
    const { pricer, candidates, candidate } = await priced();
    const on = candidate.shipDays[0]!.services[0]!;
    expect(on.lateDays).toBe(1);
    // Weight 3 × 300 + 2 × 1250.5 = 3401 g: shipping 3.00 + 3.401 × 1.00.
    // Handling 0.40 + 2 skus × 0.03 + 5 units × 0.002. One day late at 2.00.
    // Rules: cup 0.07 + 0.005, jug 0.005.
    const expected = { shipping: 6_401_000, handling: 470_000, lateness: 2_000_000, preference: 80_000 };
    expect(pricer.shipmentCost(candidates, candidate, on, all, true)).toEqual(breakdown(expected));
    expect(pricer.shipmentCost(candidates, candidate, on, all, false)).toEqual(
      breakdown({ ...expected, split: 1_000_000 }),
    );
  });

  it('gives the solver the same money in parts', async () => {
    const { pricer, candidates, candidate } = await priced();
    const shipDay = candidate.shipDays[1]!;
    const on = shipDay.services[0]!;
    const { fixedMicros, tariff } = pricer.servicesOf(candidate, shipDay)[0]!;
    expect(pricer.servicesOf(candidate, shipDay)[0]!.tariff).toBe(tariff);
    const { lineMicros, unitMicros } = pricer.linesOf(candidate, candidates.demands);
    for (const taken of [
      all,
      all.slice(0, 1),
      [
        { demand: 0, quantity: 1 },
        { demand: 1, quantity: 1 },
      ],
    ]) {
      const inParts =
        fixedMicros +
        tariffMicros(tariff, shipmentMilligrams(candidates, taken)) +
        taken.reduce((sum, { demand, quantity }) => sum + lineMicros[demand]! + quantity * unitMicros[demand]!, 0);
      expect(pricer.shipmentCost(candidates, candidate, on, taken, true).totalMicros).toBe(inParts);
    }
  });

  it('charges lateness by the calendar day and nothing for being early', async () => {
    const { pricer, candidates, candidate } = await priced();
    const cost = (day: number): number =>
      pricer.shipmentCost(candidates, candidate, candidate.shipDays[day]!.services[0]!, all, true).latenessMicros;
    // Promised Tuesday. Shipped Monday, Tuesday, Wednesday: delivered Wednesday, Thursday, Friday.
    expect([0, 1, 2].map(cost)).toEqual([2_000_000, 4_000_000, 6_000_000]);
    const early = await priced(
      {},
      { orders: [buildOrder('o1', [buildLine('1', 'cup')], { promiseBy: '2011-12-24' })] },
    );
    const on = early.candidate.shipDays[0]!.services[0]!;
    expect(
      early.pricer.shipmentCost(early.candidates, early.candidate, on, [{ demand: 0, quantity: 1 }], true)
        .latenessMicros,
    ).toBe(0);
  });

  it('shares the weight of a line that states its own', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 3, { lineWeightGrams: 1000 }), buildLine('2', 'cup', 4)])];
    const { candidates } = await priced({}, { orders });
    // 1000 g + 4 × 300 g = 2200 g over 7 units.
    expect(candidates.demands[0]!.weightMilligrams).toBe(2_200_000);
    expect(shipmentMilligrams(candidates, [{ demand: 0, quantity: 7 }])).toBe(2_200_000);
    expect(shipmentMilligrams(candidates, [{ demand: 0, quantity: 1 }])).toBe(Math.round(2_200_000 / 7));
    expect(shipmentMilligrams(candidates, [])).toBe(0);
  });

  it.each([
    [0, 0, 0, 20_000_000, 'the fixed part'],
    [0, 50, 0, 25_000_000, '20.00 + half of the dearest price, 10.00'],
    [9, 50, 0, 47_500_000, '25.00 × 1.9'],
    [3, 0, 0, 26_000_000, '20.00 × 1.3'],
    [1, 33.3, 0, 25_663_000, '(20.00 + 3.33) × 1.1'],
    [0, 100, 7_000_001, 30_000_000, 'the dearest of the lines of a sku counts'],
  ])('priority %i, %f %% of value, other line at %i: %i micros, %s', async (priority, valuePercent, other, micros) => {
    const goals = { ...buildPolicy().goals, unsourced: { perUnitMicros: 20_000_000, valuePercent } };
    const lines = [buildLine('1', 'cup'), buildLine('2', 'cup', 1, { unitPriceMicros: other })];
    const { pricer, candidates } = await priced({ goals }, { orders: [buildOrder('o1', lines, { priority })] });
    expect(pricer.unsourcedUnitMicros(candidates, 0)).toBe(micros);
  });

  it('falls back to the price of the item, then to nothing', async () => {
    const goals = { ...buildPolicy().goals, unsourced: { perUnitMicros: 0, valuePercent: 100 } };
    const bare = [{ lineId: '1', sku: 'cup', quantity: 1 }];
    const item = await priced({ goals }, { orders: [buildOrder('o1', bare)] });
    expect(item.pricer.unsourcedUnitMicros(item.candidates, 0)).toBe(10_000_000);
    const free = await priced(
      { goals },
      { orders: [buildOrder('o1', bare)], snapshot: buildSnapshot({ items: [{ sku: 'cup', weightGrams: 1 }] }) },
    );
    expect(free.pricer.unsourcedUnitMicros(free.candidates, 0)).toBe(0);
  });

  it('knows a cost that no plan goes above', async () => {
    const { pricer, candidates, candidate } = await priced();
    const worst = worstCaseMicros(candidates, pricer, 1_000_000);
    for (const shipDay of candidate.shipDays) {
      for (const on of shipDay.services) {
        expect(pricer.shipmentCost(candidates, candidate, on, all, false).totalMicros).toBeLessThan(worst);
      }
    }
    // 5 units at 20.00 each.
    expect(worst).toBeGreaterThan(100_000_000);
  });
});
