import { describe, expect, it } from 'vitest';
import { source } from '../source.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { buildItem, buildLine, buildNode, buildOrder, buildSnapshot } from '../testing/build-scenario.ts';
import { besides, explained, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createExplainer } from './explain.ts';

const cupsAndJugs = [buildLine('1', 'cup', 2), buildLine('2', 'jug', 1)];
const items = [buildItem('cup'), buildItem('jug')];
const apart = besides(
  {},
  {
    items,
    stock: stockOf([
      ['cup', 'north', 2],
      ['jug', 'south', 1],
    ]),
  },
);

describe('what the shipments of a split order are there for', () => {
  it('is the units that stay without them, at what they cost and what they are worth', async () => {
    // Jug from south: a parcel of 0.5 kg 3.50, handling 2.00, split 1.00. Cups from north: 1 kg 4.00, and the split.
    const { split } = await explained({ snapshot: apart, orders: [buildOrder('o1', cupsAndJugs)] });
    expect(
      split!.parts!.map(({ nodeId, savedMicros, unsourcedMicros }) => [nodeId, savedMicros, unsourcedMicros]),
    ).toEqual([
      ['north', 5_000_000, 40_000_000],
      ['south', 6_500_000, 20_000_000],
    ]);
    expect(split!.parts![1]!.sentence).toBe(
      'Without the shipment from south, 1 unit would stay unsourced: 6.50 less to pay for sending, 20.00 charged for leaving out.',
    );
  });

  it('is money where another could take its goods along', async () => {
    // The lamp, 5 kg, costs 8.00 from either; the jug is only in south. Each node packs a shipment for 2.00, south a lamp for 9.00 more.
    const snapshot = buildSnapshot({
      nodes: [
        buildNode('north', { handling: { perShipmentMicros: 2_000_000 } }),
        buildNode('south', { handling: { perShipmentMicros: 2_000_000, perUnitMicros: 9_000_000 } }),
      ],
      items: [buildItem('lamp', { weightGrams: 5_000 }), buildItem('jug')],
      stock: stockOf([
        ['lamp', 'north', 1],
        ['lamp', 'south', 1],
        ['jug', 'south', 1],
      ]),
    });
    const { split } = await explained({
      snapshot,
      orders: [buildOrder('o1', [buildLine('1', 'lamp', 1), buildLine('2', 'jug', 1)])],
    });
    // Apart: 3.00 carriage, 2.00 handling and 1.00 split more than together; together the lamp costs 9.00 more. So 3.00 dearer together.
    expect(split!.parts!.map(({ nodeId, sentence }) => [nodeId, sentence])).toEqual([
      ['north', 'Without the shipment from north, the others could take its goods along: 3.00 dearer.'],
      [
        'south',
        'Without the shipment from south, 1 unit would stay unsourced: 15.50 less to pay for sending, 20.00 charged for leaving out.',
      ],
    ]);
  });

  it('is the whole order where it goes out whole or not at all', async () => {
    const orders = [buildOrder('o1', cupsAndJugs, { shipComplete: true })];
    const { split } = await explained({ snapshot: apart, orders });
    expect(split!.parts!.map(({ isPossible }) => isPossible)).toEqual([false, false]);
    expect(split!.parts![0]!.sentence).toBe(
      'Without the shipment from north the order could not go out: it goes out whole or not at all.',
    );
  });

  it('never shows a proven plan to be wrong, on random scenarios', async () => {
    let seen = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const scenario = randomScenario(seed, { orders: 5, nodes: 4, skus: 6, linesPerOrder: 4 });
      const policy = { ...scenario.policy, strategy: 'fcfs-exact' as const };
      const made = await source(scenario, policy, DEFAULT_LIMITS);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const explainer = createExplainer(scenario, policy, made.value);
      for (const { orderId, shipments, proof } of made.value.orders) {
        const { split } = (await explainer.explain(orderId))!;
        for (const part of split?.parts ?? []) {
          const all = shipments.filter(({ nodeId, shipOn }) => nodeId === part.nodeId && shipOn === part.shipOn);
          const units = all.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(all).toHaveLength(1);
          expect(part.unsourcedUnits).toBeLessThanOrEqual(units);
          if (proof.proven && part.isPossible)
            expect(part.savedMicros, `seed ${seed}`).toBeLessThanOrEqual(part.unsourcedMicros);
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(20);
  });
});
