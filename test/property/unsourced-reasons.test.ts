// Whether the reasons that plans give for units they leave out are true, under every strategy: stock counted and orders priced anew,
// one source after the other and unit by unit, on what the other orders leave. Seeds are named in every failure.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type Scenario, source, STRATEGIES } from '@sourcewright/engine';
import { createPlanContext, type OrderContext } from '../../packages/engine/src/explain/order-context.ts';
import { ledgerAfter } from '../../packages/engine/src/explain/plan-uses.ts';
import { planIsWorthEnough } from '../../packages/engine/src/solve/order/part-values.ts';
import { pricedPlan } from '../../packages/engine/src/solve/order/priced-plan.ts';
import { withRandomCollection } from '../../packages/engine/src/testing/random-collection.ts';
import { withRandomCosts } from '../../packages/engine/src/testing/random-costs.ts';
import { randomScenario } from '../../packages/engine/src/testing/random-scenario.ts';

const LIMITS = { ...DEFAULT_LIMITS, waveWork: 20_000 };

/** More of one demand, and of what goes with it, from one source. */
interface Addition {
  readonly netMicros: number;
  readonly isWithinShipments: boolean;
  readonly isWorthEnough: boolean;
}

/** Every addition that stock and room allow. */
function additionsTo({ view: { problem }, draft }: OrderContext, demand: number): Addition[] {
  const count = problem.demands.length;
  const units = new Float64Array(problem.sources.length * count);
  for (const [at, byDemand] of draft.taken) for (const [of, sent] of byDemand) units[at * count + of] = sent;
  const wanted = (of: number): number => problem.demands[of]!.quantity;
  const sent = (of: number, fits: (source: number) => boolean = () => true): number =>
    problem.sources.reduce((sum, _, at) => (fits(at) ? sum + units[at * count + of]! : sum), 0);
  const isWhole = problem.shipComplete || !problem.partial;
  const group = isWhole
    ? problem.demands.map((_, of) => of)
    : problem.together?.find((members) => members.includes(demand));
  const byOne = problem.sources.some((of) => of.available[demand]! >= wanted(demand) && of.unitsLeft >= wanted(demand));
  const least = group || !problem.splitQuantity || (byOne && sent(demand) === 0) ? wanted(demand) : 1;
  const now = pricedPlan(problem, units).costMicros;
  const found: Addition[] = [];
  for (const [at, of] of problem.sources.entries()) {
    for (let more = least; more <= wanted(demand) - sent(demand); more++) {
      const after = units.slice();
      for (const member of group ?? [demand]) after[at * count + member]! += member === demand ? more : wanted(member);
      const taken = problem.demands.map((_, member) => after[at * count + member]!);
      const atNode = (member: number): number =>
        problem.sources.reduce(
          (sum, { node }, other) => (node === of.node ? sum + after[other * count + member]! : sum),
          0,
        );
      if (taken.reduce((sum, own) => sum + own, 0) > of.unitsLeft) continue;
      if ((group ?? [demand]).some((member) => atNode(member) > of.available[member]!)) continue;
      const plan = pricedPlan(problem, after);
      found.push({
        netMicros: plan.costMicros - now,
        isWithinShipments: plan.shipments.length <= problem.maxShipments,
        isWorthEnough: planIsWorthEnough(problem, plan),
      });
    }
  }
  return found;
}

const isOpen = (addition: Addition): boolean => addition.isWithinShipments && addition.isWorthEnough;

function withStrategy(seed: number): Scenario {
  const plain = randomScenario(seed, { orders: 10, nodes: 4, skus: 4, linesPerOrder: 3, limits: seed % 2 === 0 });
  const priced = seed % 5 === 0 ? withRandomCosts(plain, seed) : plain;
  const scenario = seed % 7 === 0 ? withRandomCollection(priced, seed) : priced;
  // Small charges, so that much is left out for money.
  const unsourced = { perUnitMicros: 500_000 + (seed % 5) * 900_000, valuePercent: (seed % 3) * 5 };
  const goals = { ...scenario.policy.goals, ...(seed % 3 > 0 && { unsourced }) };
  const strategy = STRATEGIES[seed % STRATEGIES.length]!;
  const cascade = strategy === 'cascade' ? { cascade: { strategies: [{ name: 'all' }] } } : {};
  return { ...scenario, policy: { ...scenario.policy, goals, strategy, ...cascade } };
}

describe('reasons for what stays unsourced', () => {
  it('are true on what the other orders leave', async () => {
    const seen = new Map<string, number>();
    for (let seed = 1; seed <= 120; seed++) {
      const scenario = withStrategy(seed);
      const { strategy } = scenario.policy;
      const result = await source(scenario, scenario.policy, LIMITS);
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      const plan = result.value;
      const context = createPlanContext(scenario, scenario.policy, plan);
      for (const { orderId, unsourced } of plan.orders.filter((order) => order.unsourced.length > 0)) {
        const order = (await context.orderOf(orderId))!;
        const { candidates, problem } = order.view;
        const ledger = ledgerAfter(context.network, order.taken);
        for (const { sku, lineId, reason } of unsourced) {
          const what = `seed ${seed} ${strategy} order ${orderId} line ${lineId}: ${reason}`;
          seen.set(reason, (seen.get(reason) ?? 0) + 1);
          const demand = candidates.demands.findIndex((of) => of.sku === sku);
          const left = unsourced.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
          const sent = candidates.demands[demand]!.quantity - left;
          const there = candidates.nodes.map(({ rows, shipDays }) =>
            rows[demand] ? ledger.available(rows[demand], shipDays.at(-1)!.day) : 0,
          );
          const most = problem.splitQuantity ? there.reduce((sum, units) => sum + units, 0) : Math.max(0, ...there);
          const additions = additionsTo(order, demand);
          switch (reason) {
            case 'not-stocked':
            case 'no-eligible-node':
              expect(most, what).toBe(0);
              break;
            case 'no-stock-left':
              expect(most - sent, what).toBeLessThan(left);
              if (problem.splitQuantity && problem.partial && !problem.shipComplete && !problem.together)
                expect(3 * Math.max(0, most - sent), what).toBeLessThanOrEqual(2 * left);
              break;
            case 'no-capacity-left':
              expect(most - sent, what).toBeGreaterThan(0);
              break;
            case 'ship-together':
            case 'ship-complete':
              expect(additions, what).toEqual([]);
              break;
            case 'max-shipments':
              expect(additions.length, what).toBeGreaterThan(0);
              expect(
                additions.filter(({ isWithinShipments }) => isWithinShipments),
                what,
              ).toEqual([]);
              break;
            case 'min-part-value':
              expect(
                additions.some((one) => one.isWithinShipments && !one.isWorthEnough),
                what,
              ).toBe(true);
              expect(
                additions.filter((one) => isOpen(one) && one.netMicros < 0),
                what,
              ).toEqual([]);
              break;
            case 'costs-more-than-penalty':
              if (!problem.shipComplete && problem.partial) expect(additions.some(isOpen), what).toBe(true);
              expect(
                additions.filter((one) => isOpen(one) && one.netMicros < 0),
                what,
              ).toEqual([]);
              break;
            case 'not-looked-for':
              if (strategy === 'optimal' || strategy === 'fcfs-exact')
                expect(
                  additions.some((one) => isOpen(one) && one.netMicros < 0),
                  what,
                ).toBe(true);
              break;
            case 'held':
              expect(candidates.terms.heldBy, what).not.toBeNull();
          }
        }
      }
    }
    for (const reason of [
      'no-stock-left',
      'no-capacity-left',
      'costs-more-than-penalty',
      'max-shipments',
      'not-looked-for',
    ])
      expect(seen.get(reason), reason).toBeGreaterThan(4);
  });
});
