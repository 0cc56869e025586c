import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { hasRisingCosts } from '../solve/order/rising-micros.ts';
import { source } from '../source.ts';
import { withRandomCollection } from '../testing/random-collection.ts';
import { withRandomCosts } from '../testing/random-costs.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { draftMicros, draftOption, fits, isAllowed, moveDemand } from './draft-order.ts';
import { createMoves } from './moves.ts';
import { createPlanContext } from './order-context.ts';
import { changedCost } from './runner-up.ts';

describe('a move of one demand', () => {
  it('changes what the whole order, drafted anew and priced by term, costs more', { timeout: 60_000 }, async () => {
    const seen = { moves: 0, refused: 0, rising: 0, days: 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const plain = randomScenario(seed, { orders: 12, nodes: 4, skus: 5, linesPerOrder: 5, limits: seed % 2 === 0 });
      const scenario = withRandomCosts(seed % 3 === 0 ? withRandomCollection(plain, seed) : plain, seed);
      const policy = { ...scenario.policy, strategy: 'fcfs-exact' as const };
      const plan = await source(scenario, policy, DEFAULT_LIMITS);
      if (!plan.ok) throw new Error(JSON.stringify(plan.error));
      const context = createPlanContext(scenario, policy, plan.value);
      for (const { orderId } of plan.value.orders) {
        const { draft, view } = (await context.orderOf(orderId))!;
        const moves = createMoves(draft);
        if (!moves) continue;
        for (const demand of view.problem.demands.keys()) {
          for (const target of view.problem.sources.keys()) {
            const what = `seed ${seed} order ${orderId} demand ${demand} to ${target}`;
            const moved = moveDemand(draft, demand, target);
            const micros = moves.microsOf(demand, target);
            if (!fits(moved, target) || !isAllowed(moved)) {
              expect(micros, what).toBeUndefined();
              seen.refused += 1;
              continue;
            }
            expect(micros, what).toBe(draftMicros(moved) - draftMicros(draft));
            const margin = moves.marginOf(demand, target, context.pricer);
            expect(margin, what).toEqual(changedCost(draft, moved, context));
            expect(margin.totalMicros, what).toBe(micros);
            expect(moves.shipmentAt(demand, target), what).toEqual({
              option: draftOption(moved, target),
              units: moved.taken.get(target)!.get(demand),
            });
            seen.moves += 1;
            if (hasRisingCosts(view.problem)) seen.rising += 1;
            if (view.problem.sources.filter(({ node }) => node === view.problem.sources[target]!.node).length > 1) {
              seen.days += 1;
            }
          }
        }
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });
});
