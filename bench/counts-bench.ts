// Decides what counting costs a wave: how often each rule was asked, held and changed something, with counts on and off in turn.
// Also what explanations take after it, and what the list of refused nodes would cost that only they need.
import { fileURLToPath } from 'node:url';
import {
  compilePolicy,
  createExplainer,
  DEFAULT_LIMITS,
  type Plan,
  type Policy,
  solverFor,
  type Wave,
} from '@sourcewright/engine';
import { buildPolicy } from '@sourcewright/engine/testing';
import { createEnumerator, type Noting } from '../packages/engine/src/candidates/enumerate.ts';
import { waveNetwork } from '../packages/engine/src/candidates/wave-rules.ts';
import { createRuleCounts } from '../packages/engine/src/rules/rule-counts.ts';
import { sourceCounting } from '../packages/engine/src/source.ts';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import { type Bench, type BenchCase, median } from './harness.ts';
import { NAMED, RULE_NODES, RULES, ruleOrders, ruleSnapshot } from './rule-instance.ts';

const FOLDER = fileURLToPath(new URL('../scenarios/uk-gifts', import.meta.url));
const ORDERS = 10_000;
const MOST = 1.1;

interface Instance {
  readonly wave: Wave;
  readonly policy: Policy;
}

type Side = 'on' | 'off';
type Row = Awaited<ReturnType<BenchCase['run']>>[number];

/** The cheapest strategy on the rule wave: the less a wave does besides, the more counting would show. */
async function ruleWave(): Promise<Instance> {
  const policy = buildPolicy({ rules: [...RULES], conditions: [...NAMED], strategy: 'priority' });
  return { wave: { snapshot: ruleSnapshot(1), orders: ruleOrders(2, ORDERS, 3) }, policy };
}

async function demoWeek(): Promise<Instance> {
  const loaded = await loadScenarioFolder(FOLDER);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return { wave: loaded.value, policy: { ...loaded.value.policy, strategy: 'fcfs-exact' } };
}

/** Processor time of both sides in milliseconds, after a round that is not kept. Who begins changes from round to round. */
async function compare(rounds: number, run: (side: Side) => Promise<void>): Promise<Record<Side, number[]>> {
  const times: Record<Side, number[]> = { on: [], off: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const side of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      const began = process.cpuUsage();
      await run(side);
      const { user, system } = process.cpuUsage(began);
      if (round > 0) times[side].push((user + system) / 1000);
    }
  }
  return times;
}

/** What each side takes, and their ratio with the target. */
function rowsOf(what: string, rival: string, { on, off }: Record<Side, number[]>): Row[] {
  // Of each round: the two sides of it ran one right after the other.
  const ratio = median(on.map((milliseconds, round) => milliseconds / off[round]!));
  return [
    { ...plain(what, median(on), 'ms'), rival, rivalValue: median(off) },
    { ...plain(`${what}, with ÷ without`, ratio, 'x'), target: `<= ${MOST.toFixed(2)}`, met: ratio <= MOST },
  ];
}

async function enumerating({ wave, policy }: Instance, rounds: number): Promise<Row[]> {
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const { book } = compiled.value;
  const network = waveNetwork(wave.snapshot, policy, book);
  const enumerate = async (noting: Noting): Promise<void> => {
    const enumerator = createEnumerator(network, policy, book, DEFAULT_LIMITS, noting);
    for (const order of wave.orders) await enumerator.candidatesOf(order);
  };
  const counts = createRuleCounts(book.rules);
  const counting = await compare(rounds, (side) =>
    enumerate({ refusals: false, counts: side === 'on' ? counts : undefined }),
  );
  if (!counts.asked.some((asked) => asked > 0)) throw new Error('Nothing was counted.');
  const listing = await compare(rounds, (side) => enumerate({ refusals: side === 'on', counts }));
  return [
    ...rowsOf('enumerating, counts', 'off', counting),
    ...rowsOf('enumerating, refusals listed', 'not listed', listing),
  ];
}

async function sourcing({ wave, policy }: Instance, rounds: number): Promise<{ plan: Plan; rows: Row[] }> {
  const plans = new Map<Side, Plan>();
  const times = await compare(rounds, async (side) => {
    const made = await sourceCounting(side === 'on', wave, policy, DEFAULT_LIMITS, {}, solverFor);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    plans.set(side, made.value);
  });
  const [plan, without] = [plans.get('on')!, plans.get('off')!];
  const bare = (of: Plan): string => JSON.stringify({ ...of, rules: [] });
  if (bare(plan) !== bare(without)) throw new Error('Counting changed the plan.');
  return { plan, rows: rowsOf('source(), counts', 'off', times) };
}

/** None against all: what a wave would pay if explanations were made with it. */
async function explaining({ wave, policy }: Instance, plan: Plan): Promise<Row[]> {
  const began = process.cpuUsage();
  const explainer = createExplainer(wave, policy, plan);
  for (const { orderId } of plan.orders) await explainer.explain(orderId);
  const { user, system } = process.cpuUsage(began);
  return [{ ...plain('explaining all orders after it', (user + system) / 1000, 'ms'), rival: 'none', rivalValue: 0 }];
}

function plain(metric: string, value: number, unit: string): Row {
  return { metric, value, unit, rival: '', rivalValue: null, target: '', met: null };
}

function countsCase(row: string, about: string, instanceOf: () => Promise<Instance>, explains: boolean): BenchCase {
  return {
    row,
    about,
    run: async () => {
      const instance = await instanceOf();
      const rows = await enumerating(instance, explains ? 31 : 9);
      const { plan, rows: whole } = await sourcing(instance, 5);
      return [...rows, ...whole, ...(explains ? await explaining(instance, plan) : [])];
    },
  };
}

export const countsBench: Bench = {
  bench: 'counts',
  cases: [
    countsCase(
      'rules-10k',
      `${ORDERS} orders × ${RULE_NODES} nodes × ${RULES.length} rules, sourced by priority, counts on and off in turn`,
      ruleWave,
      false,
    ),
    countsCase(
      'uk-gifts-week',
      'the demo week by its own policy, order by order, counts on and off in turn; all its orders explained',
      demoWeek,
      true,
    ),
  ],
};
