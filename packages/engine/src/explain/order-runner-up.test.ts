import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../model/explanation.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { OrderPlan } from '../model/plan.ts';
import { source } from '../source.ts';
import { buildItem, buildLine, buildOrder } from '../testing/build-scenario.ts';
import { besides, explained, stockOf } from '../testing/explain-scenario.ts';
import { withRandomCollection } from '../testing/random-collection.ts';
import { withRandomCosts } from '../testing/random-costs.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { type DraftOrder, draftMicros, fits, gatherAt, isAllowed, moveDemand, moveShipment } from './draft-order.ts';
import { createExplainer } from './explain.ts';
import { createPlanContext } from './order-context.ts';

/** Nodes and units of each demand, without days. */
function nodesOf({ view, taken }: DraftOrder): string {
  const { demands, sources } = view.problem;
  return [...demands.keys()]
    .map((demand) => {
      const own = [...taken].flatMap(([source, by]) => (by.has(demand) ? [sources[source]!.node] : []));
      return [...new Set(own)].sort((a, b) => a - b).join(' ');
    })
    .join('; ');
}

/** Whether no node sends a demand on two days: then each source can be looked at by itself. */
function isOnceEach({ view, taken }: DraftOrder): boolean {
  const seen = new Set<string>();
  for (const [source, by] of taken) {
    for (const demand of by.keys()) {
      const key = `${view.problem.sources[source]!.node} ${demand}`;
      if (seen.has(key)) return false;
      seen.add(key);
    }
  }
  return true;
}

/** What one source gives of a demand comes from another, where several give it. */
function movePart(draft: DraftOrder, demand: number, from: number, target: number): DraftOrder {
  const { view, taken } = draft;
  const givers = [...taken.values()].filter((by) => by.has(demand)).length;
  if (givers < 2 || view.problem.together) return draft;
  const units = new Map([...taken].map(([source, by]) => [source, new Map(by)]));
  const there = units.get(target) ?? new Map<number, number>();
  there.set(demand, (there.get(demand) ?? 0) + units.get(from)!.get(demand)!);
  units.get(from)!.delete(demand);
  return { view, taken: new Map([...units.set(target, there)].filter(([, by]) => by.size > 0)) };
}

/** Every plan that moves one demand, a part of one or one shipment, or gathers all: drafted anew, one by one. */
function neighbours(draft: DraftOrder): DraftOrder[] {
  const found: DraftOrder[] = [];
  for (const target of draft.view.problem.sources.keys()) {
    const moved = [gatherAt(draft, target)];
    for (const demand of draft.view.problem.demands.keys()) {
      if ([...draft.taken.values()].some((by) => by.has(demand))) moved.push(moveDemand(draft, demand, target));
    }
    for (const from of draft.taken.keys()) if (from !== target) moved.push(moveShipment(draft, from, target));
    for (const [from, byDemand] of draft.taken) {
      for (const demand of byDemand.keys()) if (from !== target) moved.push(movePart(draft, demand, from, target));
    }
    found.push(...moved.filter((one) => fits(one, target) && isAllowed(one) && isOnceEach(one)));
  }
  return found.filter((one) => nodesOf(one) !== nodesOf(draft));
}

/** What a flip by a charge that the plan pays shows: some other plan costs so much more at most. */
function provenMicros({ change, becomes }: Counterfactual, { shipments }: OrderPlan): number {
  const by = Number(change.to) - Number(change.from);
  if (becomes.nodeIds.length === 0 || !(by > 0)) return Infinity;
  if (change.kind === 'handling') return by * shipments.filter(({ nodeId }) => nodeId === change.nodeId).length;
  return change.kind === 'split-charge' ? by * (shipments.length - 1) : Infinity;
}

/** Cases there have to be at least. */
const SEEN = { compared: 80, single: 50, several: 15, flips: 40, closer: 3 };

describe('what came second for an order', () => {
  it('is never dearer than any line, shipment or the whole order sent from elsewhere, nor than a flip shows', {
    timeout: 60_000,
  }, async () => {
    const seen = { compared: 0, single: 0, several: 0, flips: 0, closer: 0 };
    for (let seed = 1; seed <= 100; seed++) {
      const plain = randomScenario(seed, { orders: 8, nodes: 5, skus: 5, linesPerOrder: 4, limits: seed % 2 === 0 });
      const random = withRandomCosts(seed % 3 === 0 ? withRandomCollection(plain, seed) : plain, seed);
      const strategy = seed % 3 === 1 ? ('optimal' as const) : ('fcfs-exact' as const);
      const scenario = { ...random, policy: { ...random.policy, strategy } };
      const plan = await source(scenario, scenario.policy, { ...DEFAULT_LIMITS, waveWork: 20_000 });
      if (!plan.ok) throw new Error(JSON.stringify(plan.error));
      const context = createPlanContext(scenario, scenario.policy, plan.value);
      const explainer = createExplainer(scenario, scenario.policy, plan.value);
      for (const orderPlan of plan.value.orders) {
        const { orderId } = orderPlan;
        const what = `seed ${seed} order ${orderId}`;
        const { draft } = (await context.orderOf(orderId))!;
        const least = Math.min(...neighbours(draft).map((one) => draftMicros(one) - draftMicros(draft)));
        const plainly = (await explainer.explain(orderId))!;
        const withFlips = (await explainer.explain(orderId, { counterfactuals: true }))!;
        const margin = plainly.runnerUp?.margin.totalMicros ?? Infinity;
        if (least < Infinity) {
          expect(margin, what).toBeLessThanOrEqual(least);
          seen.compared += 1;
          seen[draft.taken.size > 1 ? 'several' : 'single'] += 1;
        }
        const closest = withFlips.runnerUp?.margin.totalMicros ?? Infinity;
        if (least < Infinity) expect(closest, what).toBeLessThanOrEqual(margin);
        if (least < Infinity && closest < margin) seen.closer += 1;
        for (const flip of withFlips.counterfactuals!) {
          const micros = provenMicros(flip, orderPlan);
          if (micros === Infinity) continue;
          expect(closest, `${what}: ${flip.sentence}`).toBeLessThanOrEqual(micros);
          seen.flips += 1;
        }
        const { runnerUp } = withFlips;
        if (!runnerUp) continue;
        expect(runnerUp.cost.totalMicros, what).toBe(orderPlan.cost.totalMicros + runnerUp.margin.totalMicros);
        expect(runnerUp.lineIds.length, what).toBeGreaterThan(0);
        expect(runnerUp.sentence, what).toMatch(
          /^(All|As planned, but|Sent by) .*: (\d+\.\d\d more|less than 0\.01 more|the same cost|.* cheaper, but the search did not come to it)\.$/,
        );
        if (orderPlan.proof.proven) expect(runnerUp.margin.totalMicros, what).toBeGreaterThanOrEqual(0);
      }
    }
    for (const [name, count] of Object.entries(seen))
      expect(count, name).toBeGreaterThan(SEEN[name as keyof typeof SEEN]);
  });

  it('is said by what moves', async () => {
    const items = [buildItem('cup'), buildItem('jug'), buildItem('pot')];
    const lines = [buildLine('1', 'cup'), buildLine('2', 'jug'), buildLine('3', 'pot')];
    const sentenceWith = async (rows: [string, string, number][]) =>
      (await explained({ snapshot: besides({}, { items, stock: stockOf(rows) }), orders: [buildOrder('o1', lines)] }))
        .runnerUp?.sentence;
    const north: [string, string, number][] = ['cup', 'jug', 'pot'].map((sku) => [sku, 'north', 1]);
    const south: [string, string, number][] = ['cup', 'jug', 'pot'].map((sku) => [sku, 'south', 1]);
    // All from south: handling of 2.00. One line alone: 3.50 + 2.00 + split 1.00, less 0.50 of north's parcel.
    expect(await sentenceWith([...north, ...south])).toBe('All from south: 2.00 more.');
    expect(await sentenceWith([...north, south[1]!])).toBe(
      'As planned, but line 2 from south instead of north: 6.00 more.',
    );
    expect(await sentenceWith(north)).toBeUndefined();
    // Nobody else has any of it.
    expect(await sentenceWith([north[0]!, south[1]!, south[2]!])).toBeUndefined();
  });
});
