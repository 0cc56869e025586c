import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Policy, Rule } from '../model/policy.ts';
import { source } from '../source.ts';
import {
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createEffectDesk } from './policy-effect.ts';

const rule = (nodeId: string, over: Partial<Rule> = {}): Rule => ({
  name: `not from ${nodeId}`,
  conditions: { all: [{ fact: 'node.nodeId', operator: 'equal', value: nodeId }] },
  event: { type: 'exclude', params: { because: 'test' } },
  ...over,
});

/** Two nodes, the second dearer by 5.00 a shipment; two orders, of which only the first can have its cup from both. */
function twoNodes(): ReturnType<typeof buildScenario> {
  return buildScenario({
    snapshot: buildSnapshot({
      nodes: [buildNode('near'), buildNode('dear', { handling: { perShipmentMicros: 5_000_000 } })],
      items: [
        { sku: 'cup', weightGrams: 500 },
        { sku: 'pot', weightGrams: 500 },
      ],
      stock: [
        { sku: 'cup', nodeId: 'near', onHand: 1 },
        { sku: 'cup', nodeId: 'dear', onHand: 9 },
        { sku: 'pot', nodeId: 'dear', onHand: 9 },
      ],
    }),
    orders: [
      buildOrder('cups', [buildLine('1', 'cup')]),
      buildOrder('pots', [buildLine('1', 'pot')], { placedAt: '2011-11-14T10:00:00Z' }),
    ],
  });
}

async function effectOf(scenario: ReturnType<typeof buildScenario>, before: Policy, after: Policy) {
  const found = await createEffectDesk(scenario, DEFAULT_LIMITS).effect(before, after);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}

describe('the effect of a change', () => {
  it('tells the orders that change, what they cost before and after, and how the rules fared', async () => {
    const scenario = twoNodes();
    const before = buildPolicy();
    const effect = await effectOf(scenario, before, buildPolicy({ rules: [rule('near')] }));
    expect(effect).toMatchObject({ strategy: 'fcfs-exact', orders: 2, touched: 1, decided: 1, changed: 1 });
    expect(effect.changes).toMatchObject([
      { orderId: 'cups', before: { nodeIds: ['near'] }, after: { nodeIds: ['dear'], shipments: 1, unsourcedUnits: 0 } },
    ]);
    expect(effect.after.costMicros - effect.before.costMicros).toBe(5_000_000);
    expect(effect.rules).toEqual([{ rule: 'not from near', effect: 'exclude', asked: 3, held: 1, changed: 1 }]);
  });

  it('is nothing for the same policy, and for a rule that is off', async () => {
    const scenario = twoNodes();
    for (const rules of [[], [rule('near', { enabled: false })]]) {
      const effect = await effectOf(scenario, buildPolicy(), buildPolicy({ rules }));
      expect(effect).toMatchObject({ touched: 0, decided: 0, changed: 0, changes: [] });
    }
  });

  it('touches every order where what things are worth changes', async () => {
    const { goals } = buildPolicy();
    const effect = await effectOf(twoNodes(), buildPolicy(), buildPolicy({ goals: { ...goals, splitMicros: 7 } }));
    expect(effect).toMatchObject({ touched: 2, decided: 2, changed: 0, changes: [] });
  });

  it('leaves every order to itself, on the stock of the start', async () => {
    const base = twoNodes();
    const twice = { ...base, orders: ['a', 'b'].map((id) => buildOrder(id, [buildLine('1', 'cup')])) };
    const effect = await effectOf(twice, buildPolicy({ rules: [rule('near')] }), buildPolicy());
    expect(effect.changes.map(({ after }) => after.nodeIds)).toEqual([['near'], ['near']]);
  });

  it('stops where it is told to, with what there is', async () => {
    const scenario = twoNodes();
    const desk = createEffectDesk(scenario, DEFAULT_LIMITS);
    const { goals } = buildPolicy();
    const after = buildPolicy({ goals: { ...goals, splitMicros: 7 } });
    const short = await desk.effect(buildPolicy(), after, { isEnough: () => true });
    expect(short).toMatchObject({ ok: true, value: { touched: 2, decided: 1 } });
    const none = await desk.effect(buildPolicy(), after, { isCancelled: () => true });
    expect(none).toMatchObject({ ok: false, error: [{ code: 'cancelled' }] });
    const full = await desk.effect(buildPolicy(), after);
    expect(full).toMatchObject({ ok: true, value: { decided: 2 } });
  });

  it('is what source() finds for each order alone', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const scenario = randomScenario(seed, { orders: 8, skus: 4, nodes: 4, linesPerOrder: 3, limits: true });
      const { policy, orders, snapshot } = scenario;
      const exact: Policy = { ...policy, strategy: 'fcfs-exact' };
      const [node] = snapshot.nodes;
      const after: Policy = { ...exact, rules: [...(exact.rules ?? []), rule(node!.nodeId)] };
      const effect = await effectOf(scenario, exact, after);
      const seen = new Map(effect.changes.map((change) => [change.orderId, change]));
      for (const order of orders) {
        const alone = async (of: Policy): Promise<number> => {
          const plan = await source({ snapshot, orders: [order] }, of, DEFAULT_LIMITS);
          if (!plan.ok) throw new Error(JSON.stringify(plan.error));
          return plan.value.cost.totalMicros;
        };
        const [old, now] = [await alone(exact), await alone(after)];
        const change = seen.get(order.orderId);
        expect([change?.before.costMicros ?? old, change?.after.costMicros ?? now], `seed ${seed}`).toEqual([old, now]);
        if (!change) expect(now).toBe(old);
      }
    }
  });
});
