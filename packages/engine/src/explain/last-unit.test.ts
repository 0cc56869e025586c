import { describe, expect, it } from 'vitest';
import {
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { besides, planOf, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createExplainer, explainOrder } from './explain.ts';

/** North has ten cups; each order is placed an hour after the one before. */
async function lastUnitFor(wanted: readonly number[], south = 99) {
  const orders = wanted.map((units, index) =>
    buildOrder(`o${index + 1}`, [buildLine('1', 'cup', units)], { placedAt: `2011-11-14T0${index}:00:00Z` }),
  );
  const stock = stockOf([
    ['cup', 'north', 10],
    ['cup', 'south', south],
  ]);
  const scenario = buildScenario({ orders, snapshot: besides({}, { stock }) });
  const explanation = await explainOrder(scenario, scenario.policy, await planOf(scenario), `o${wanted.length}`);
  return explanation!.lines[0]!.rejections.find(({ nodeId }) => nodeId === 'north')?.lastUnit;
}

describe('who took what a node lacks', () => {
  it('got the last of it where nothing is left', async () => {
    expect(await lastUnitFor([6, 4, 3])).toEqual({
      orderId: 'o2',
      quantity: 4,
      takenUnits: 10,
      otherwiseMicros: 2_000_000,
      sentence: 'Order o2 got the last of it there (4 units) and would have cost 2.00 more from elsewhere.',
    });
  });

  it('took units with which it would have been enough where some are left', async () => {
    expect((await lastUnitFor([6, 5]))!.sentence).toBe(
      'Order o1 took 6 there, with which it would have been enough, and would have cost 2.00 more from elsewhere.',
    );
    expect((await lastUnitFor([3, 3, 9]))!.sentence).toBe(
      'Other orders took 6 there, with which it would have been enough; order o2 took 3 and would have cost 2.00 more from elsewhere.',
    );
  });

  it('is not said where the units of other orders would not have been enough', async () => {
    expect(await lastUnitFor([2, 12])).toBeUndefined();
  });

  it('could have gone elsewhere with the units of that node alone', async () => {
    // o1 takes all of the north and the south, as no node has all it wants; the east could give those ten for 0.20 more.
    const nodes = ['north', 'south', 'east'].map((id, at) =>
      buildNode(id, { handling: { perShipmentMicros: at * 100_000 } }),
    );
    const snapshot = buildSnapshot({
      nodes,
      stock: stockOf([
        ['cup', 'north', 10],
        ['cup', 'south', 11],
        ['cup', 'east', 11],
      ]),
    });
    const orders = ['o1', 'o2'].map((id, at) =>
      buildOrder(id, [buildLine('1', 'cup', at === 0 ? 21 : 1)], { placedAt: `2011-11-14T0${at}:00:00Z` }),
    );
    const scenario = buildScenario({ snapshot, orders, policy: buildPolicy() });
    const plan = await planOf(scenario);
    expect(plan.orders[0]!.shipments.map(({ nodeId }) => nodeId)).toEqual(['north', 'south']);
    const explanation = (await explainOrder(scenario, scenario.policy, plan, 'o2'))!;
    expect(explanation.lines[0]!.rejections.find(({ nodeId }) => nodeId === 'north')!.lastUnit!.sentence).toBe(
      'Order o1 got the last of it there (10 units) and would have cost 0.20 more from elsewhere.',
    );
  });

  it('is true of the plan, on random scenarios', async () => {
    let [last, enough] = [0, 0];
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomScenario(seed, { orders: 10, nodes: 4, skus: 3, linesPerOrder: 3 });
      const together = seed % 2 === 0;
      const scenario = {
        ...random,
        policy: { ...random.policy, strategy: together ? ('optimal' as const) : ('fcfs-exact' as const) },
      };
      const plan = await planOf(scenario);
      const explainer = createExplainer(scenario, scenario.policy, plan);
      for (const [position, { orderId }] of plan.orders.entries()) {
        for (const { sku, rejections } of (await explainer.explain(orderId))!.lines) {
          for (const { nodeId, wanted, available, lastUnit } of rejections) {
            if (!lastUnit) continue;
            const what = `seed ${seed} ${orderId} ${sku} ${nodeId}: ${lastUnit.sentence}`;
            const takenBy = (of: string): number =>
              plan.orders
                .filter(({ orderId: own }) => own === of)
                .flatMap(({ shipments }) => shipments.filter((one) => one.nodeId === nodeId))
                .flatMap(({ lines }) => lines)
                .reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
            const others = plan.orders.filter((_, at) => at < position || (together && at > position));
            const byOthers = others.reduce((sum, other) => sum + takenBy(other.orderId), 0);
            expect(lastUnit.quantity, what).toBe(takenBy(lastUnit.orderId));
            expect(lastUnit.takenUnits, what).toBe(byOthers);
            expect(lastUnit.sentence.includes('got the last of it'), what).toBe(available === 0);
            if (available === 0) last += 1;
            else {
              enough += 1;
              expect(available! + byOthers, what).toBeGreaterThanOrEqual(wanted!);
            }
          }
        }
      }
    }
    expect([last > 10, enough > 5]).toEqual([true, true]);
  });
});
