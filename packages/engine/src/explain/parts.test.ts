import { describe, expect, it } from 'vitest';
import { pricedPlan, type Units, unitsOf } from '../solve/order/priced-plan.ts';
import { buildLine, buildNode, buildOrder, buildSnapshot } from '../testing/build-scenario.ts';
import { explained, planOf, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { STRATEGIES } from '../model/strategy.ts';
import { createExplainer } from './explain.ts';
import { createPlanContext } from './order-context.ts';

describe('a node that lacks a part of what is wanted', () => {
  const nodes = ['north', 'south', 'east'].map((id, at) =>
    buildNode(id, { handling: { perShipmentMicros: at * 700_000 } }),
  );
  const orders = [buildOrder('o1', [buildLine('1', 'cup', 14)])];
  const stockAt = (east: number) =>
    stockOf([
      ['cup', 'north', 10],
      ['cup', 'south', 4],
      ['cup', 'east', east],
    ]);

  it('is priced with as much as a chosen node gives, in its place', async () => {
    const { lines } = await explained({ snapshot: buildSnapshot({ nodes, stock: stockAt(5) }), orders });
    expect(lines[0]!.chosen.map(({ nodeId }) => nodeId)).toEqual(['north', 'south']);
    expect(lines[0]!.rejections).toMatchObject([
      {
        nodeId: 'east',
        code: 'costs-more',
        wanted: 14,
        available: 5,
        units: 4,
        insteadOf: 'south',
        marginMicros: 700_000,
      },
    ]);
    expect(lines[0]!.rejections[0]!.sentence).toBe(
      'east, with the same 4 units in place of south, would make the order 0.70 dearer.',
    );
  });

  it('is short of stock where it has less than any chosen node gives', async () => {
    const { lines } = await explained({ snapshot: buildSnapshot({ nodes, stock: stockAt(3) }), orders });
    expect(lines[0]!.rejections).toMatchObject([{ nodeId: 'east', code: 'not-enough-stock', available: 3 }]);
  });

  it('is priced with what it could give of what is left out', async () => {
    const dearEast = [nodes[0]!, nodes[1]!, buildNode('east', { handling: { perShipmentMicros: 90_000_000 } })];
    const { lines } = await explained({
      snapshot: buildSnapshot({ nodes: dearEast, stock: stockAt(1) }),
      orders: [buildOrder('o1', [buildLine('1', 'cup', 17)])],
    });
    expect(lines[0]!.rejections[0]).toMatchObject({ nodeId: 'east', code: 'costs-more', units: 1 });
    expect(lines[0]!.rejections[0]!.sentence).toMatch(
      /^east, with 1 unit of what is left out, would make the order \d+\.\d\d dearer\.$/,
    );
  });

  it('costs what the plan with that part costs more, on random scenarios', async () => {
    let [swaps, additions] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomScenario(seed, { orders: 8, nodes: 5, skus: 3, linesPerOrder: 3, limits: seed % 3 === 0 });
      const allow = { ...random.policy.allow, splitQuantity: 'when-needed' as const, partial: true };
      const scenario = { ...random, policy: { ...random.policy, allow, strategy: STRATEGIES[seed % 5]! } };
      const plan = await planOf(scenario);
      const explainer = createExplainer(scenario, scenario.policy, plan);
      const context = createPlanContext(scenario, scenario.policy, plan);
      for (const { orderId } of plan.orders) {
        const { view, draft } = (await context.orderOf(orderId))!;
        const { problem, candidates } = view;
        const count = problem.demands.length;
        const now: Units = new Float64Array(problem.sources.length * count);
        for (const [at, by] of draft.taken) for (const [demand, units] of by) now[at * count + demand] = units;
        expect(unitsOf(pricedPlan(problem, now), problem)).toEqual(now);
        const micros = pricedPlan(problem, now).costMicros;
        for (const { sku, rejections } of (await explainer.explain(orderId))!.lines) {
          const demand = candidates.demands.findIndex((of) => of.sku === sku);
          for (const { nodeId, units, insteadOf, marginMicros, sentence } of rejections) {
            if (units === undefined) continue;
            const sourcesAt = (id: string): number[] =>
              problem.sources.flatMap(({ node }, at) => (context.network.nodes[node]!.nodeId === id ? [at] : []));
            const froms =
              insteadOf === undefined
                ? [null]
                : sourcesAt(insteadOf).filter((at) => now[at * count + demand] === units);
            const margins = froms.flatMap((from) =>
              sourcesAt(nodeId)
                .filter((to) => problem.sources[to]!.available[demand]! >= units)
                .map((to) => {
                  const after = now.slice();
                  if (from !== null) after[from * count + demand]! -= units;
                  after[to * count + demand]! += units;
                  return pricedPlan(problem, after).costMicros - micros;
                }),
            );
            expect(margins, `seed ${seed} ${orderId} ${sku}: ${sentence}`).toContain(marginMicros);
            if (insteadOf === undefined) additions += 1;
            else swaps += 1;
          }
        }
      }
    }
    expect([swaps > 10, additions > 20]).toEqual([true, true]);
  });
});
