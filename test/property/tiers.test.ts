// Goal tiers against lexicographic optima of the exact program: HiGHS minimises a tier, then the next under the engine's own limits.
// Amounts are weighed here by changing the scenario, not by the engine's weights. Seeds are named in every failure.
import loadHighs, { type Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  COST_TERMS,
  type CostTerm,
  DEFAULT_LIMITS,
  type GoalTier,
  type MipModel,
  mpsPieces,
  type Plan,
  type Scenario,
  source,
  termMicros,
  verify,
  waveMip,
} from '@sourcewright/engine';
import { reweighed, type Weights } from './reweighed.ts';
import { straightScenario } from './straight-scenario.ts';

/** HiGHS keeps its rows to a millionth and each parcel is rounded; costs here are tens of millions. */
const TOLERANCE_MICROS = 200;
const LIMITS = { ...DEFAULT_LIMITS, waveWork: 400_000 };

const FILL_FIRST: readonly GoalTier[] = [
  { name: 'fill', terms: { unsourced: 1 } },
  { name: 'cost', terms: {} },
];
const FAST_WITHIN: readonly GoalTier[] = [
  {
    name: 'cost',
    terms: { shipping: 1, handling: 1, split: 1, capacity: 1, stockOut: 1, preference: 1, unsourced: 1 },
    tolerancePercent: 5,
  },
  { name: 'fast', terms: { lateness: 1 } },
];
const THREE: readonly GoalTier[] = [
  { name: 'fill', terms: { unsourced: 2 }, tolerancePercent: 2, toleranceMicros: 1_000_000 },
  { name: 'ship', terms: { shipping: 1, split: 3 }, tolerancePercent: 10 },
  { name: 'rest', terms: { lateness: 2 } },
];

let highs: Highs;
beforeAll(async () => {
  highs = await (loadHighs as unknown as () => Promise<Highs>)();
});

/** One rate card a node, so that no service is left out of the program because it is never cheaper. */
function oneService(seed: number): Scenario {
  const scenario = straightScenario(seed, { orders: 6, linesPerOrder: 3 });
  const nodes = scenario.snapshot.nodes.map((node, index) => ({
    ...node,
    rateCardIds: [(index + seed) % 2 === 0 ? 'parcel' : 'fast'],
  }));
  const orders = scenario.orders.map((order) => {
    const { services: _, ...rest } = order;
    return rest;
  });
  return { ...scenario, snapshot: { ...scenario.snapshot, nodes }, orders };
}

function weightsOf(tiers: readonly GoalTier[], at: number): Weights {
  const named = new Set(tiers.flatMap(({ terms }) => Object.keys(terms)));
  const weightOf = (term: CostTerm): number =>
    tiers[at]!.terms[term] ?? (at === tiers.length - 1 && !named.has(term) ? 1 : 0);
  return Object.fromEntries(COST_TERMS.map((term) => [term, weightOf(term)])) as Weights;
}

async function programOf(scenario: Scenario, weights: Weights): Promise<MipModel> {
  const weighed = reweighed(scenario, weights);
  const mip = await waveMip(weighed, weighed.policy, LIMITS);
  if (!mip.ok) throw new Error(JSON.stringify(mip.error));
  return mip.value;
}

/** The rows of one program with the costs of another, columns matched by name, and goals above as rows. */
function withGoals(rows: MipModel, costs: MipModel, above: readonly { program: MipModel; limit: number }[]): MipModel {
  const microsIn = (program: MipModel): Map<string, number> =>
    new Map(program.columns.map(({ name, micros }) => [name, micros]));
  const micros = microsIn(costs);
  const extra = above.map(({ program, limit }) => {
    const own = microsIn(program);
    return { limit, entries: rows.columns.map(({ name }) => (own.get(name) ?? 0) / 1e6) };
  });
  const columns = rows.columns.map((_, column) => column);
  return {
    columns: rows.columns.map((column) => ({ ...column, micros: micros.get(column.name) ?? 0 })),
    rows: [
      ...rows.rows,
      ...extra.map(({ limit }, at) => ({ name: `goal|${at}`, sense: '<=' as const, bound: limit / 1e6 })),
    ],
    rowStart: Int32Array.from([
      ...rows.rowStart,
      ...extra.map((_, at) => rows.rowStart.at(-1)! + (at + 1) * columns.length),
    ]),
    columnOf: Int32Array.from([...rows.columnOf, ...extra.flatMap(() => columns)]),
    value: Float64Array.from([...rows.value, ...extra.flatMap(({ entries }) => entries)]),
  };
}

function optimumOf(model: MipModel): number {
  const data = new TextEncoder().encode([...mpsPieces(model)].join(''));
  return highs.withModel({ format: 'mps', data }, (solver) => {
    solver.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0, presolve: 'off' });
    solver.run();
    expect(solver.getModelStatus()).toBe(highs.constants.modelStatus.optimal);
    return solver.getObjectiveValue() * 1e6;
  });
}

async function planOf(
  scenario: Scenario,
  tiers: readonly GoalTier[],
  strategy: 'optimal' | 'fcfs-exact',
): Promise<Plan> {
  const policy = { ...scenario.policy, strategy, goals: { ...scenario.policy.goals, tiers: [...tiers] } };
  const plan = await source(scenario, policy, LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  expect(await verify(plan.value, scenario, policy)).toEqual([]);
  return plan.value;
}

/** Checks every tier of a plan; answers whether the last one, which nothing below may raise, is at its optimum. */
async function expectTiers(scenario: Scenario, tiers: readonly GoalTier[], plan: Plan, what: string): Promise<boolean> {
  const all = weightsOf(tiers, 0);
  const sum = Object.fromEntries(
    COST_TERMS.map((term) => [term, tiers.reduce((total, _, at) => total + weightsOf(tiers, at)[term], 0)]),
  ) as typeof all;
  const rows = await programOf(scenario, sum);
  const above: { program: MipModel; limit: number }[] = [];
  let best = false;
  for (const [at, tier] of plan.tiers.entries()) {
    const weights = weightsOf(tiers, at);
    const counted = COST_TERMS.reduce((micros, term) => micros + weights[term] * termMicros(plan.cost, term), 0);
    expect(tier.objectiveMicros, what).toBe(Math.round(counted));
    const program = await programOf(scenario, weights);
    const slack = above.map((goal) => ({ ...goal, limit: goal.limit + TOLERANCE_MICROS }));
    const optimum = optimumOf(withGoals(rows, program, slack));
    expect(tier.lowerBoundMicros, `${what} bound of ${tier.name}`).toBeLessThan(optimum + TOLERANCE_MICROS);
    if (at === plan.tiers.length - 1 || tier.limitMicros === null) {
      expect(tier.objectiveMicros, `${what} ${tier.name}`).toBeGreaterThan(optimum - TOLERANCE_MICROS);
    } else {
      expect(tier.objectiveMicros, `${what} ${tier.name}`).toBeLessThanOrEqual(tier.limitMicros);
      expect(tier.limitMicros, `${what} ${tier.name}`).toBeGreaterThan(optimum - TOLERANCE_MICROS);
    }
    best = tier.objectiveMicros < optimum + TOLERANCE_MICROS;
    if (tier.limitMicros !== null) above.push({ program, limit: tier.limitMicros });
  }
  return best;
}

describe('goal tiers', () => {
  for (const [name, tiers] of Object.entries({ FILL_FIRST, FAST_WITHIN, THREE })) {
    it(`${name}: between their bounds and the lexicographic optimum, limits kept`, async () => {
      let best = 0;
      let asked = 0;
      for (let seed = 1; seed <= 8; seed++) {
        const scenario = oneService(seed);
        const plan = await planOf(scenario, tiers, 'optimal');
        asked += 1;
        if (await expectTiers(scenario, tiers, plan, `seed ${seed}`)) best += 1;
        const inTurn = await planOf(scenario, tiers, 'fcfs-exact');
        await expectTiers(scenario, tiers, inTurn, `seed ${seed} fcfs-exact`);
      }
      expect(best / asked).toBeGreaterThan(0.8);
    }, 60_000);
  }
});
