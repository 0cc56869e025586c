// Decides how fast rules are asked: the rule program against json-rules-engine on the same rules, facts and answers, the rule
// stage of a large wave, and the linter on a large policy.
import { compilePolicy, lintPolicy, type Order, type Policy, type Snapshot } from '@sourcewright/engine';
import { buildPolicy } from '@sourcewright/engine/testing';
import type { CandidateDemand } from '../packages/engine/src/candidates/candidate.ts';
import { createEligibility } from '../packages/engine/src/candidates/eligibility.ts';
import { laneTo } from '../packages/engine/src/candidates/lanes.ts';
import { indexNetwork, type Network } from '../packages/engine/src/model/network.ts';
import type { LaneView } from '../packages/engine/src/rules/facts/fact.ts';
import type { ReadFact } from '../packages/engine/src/rules/interpret.ts';
import { createReferenceSet } from '../packages/engine/src/rules/reference.ts';
import type { RuleBook } from '../packages/engine/src/rules/rule-book.ts';
import { createRuleCounts } from '../packages/engine/src/rules/rule-counts.ts';
import { type Bench, median, timeEach } from './harness.ts';
import { manyRules, NAMED, RULE_NODES, RULES, ruleOrders, ruleSnapshot } from './rule-instance.ts';

const ORDERS = 1_000;
const ROUNDS = 50;
const LINT_RULES = 200;
const WAVE_ORDERS = 100_000;
const MIB = 1 << 20;

/** Orders with what rules are asked about: one demand a sku, the lanes to the destination. */
interface Question {
  readonly order: Order;
  readonly demands: readonly CandidateDemand[];
  /** By node. */
  readonly lanes: readonly LaneView[];
}

interface Setup {
  readonly network: Network;
  readonly book: RuleBook;
  readonly policy: Policy;
}

function setUp(snapshot: Snapshot): Setup {
  const policy = buildPolicy({ rules: [...RULES], conditions: [...NAMED] });
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return { network: indexNetwork(snapshot), book: compiled.value.book, policy };
}

function questionOf(order: Order, network: Network): Question {
  const skus = [...new Set(order.lines.map(({ sku }) => sku))];
  const demands = skus.map((sku): CandidateDemand => {
    const lines = order.lines.filter((line) => line.sku === sku);
    const rows = network.rowsOf.get(sku) ?? [];
    return { sku, item: network.items.get(sku), lines, quantity: 1, weightMilligrams: 0, rows };
  });
  const lanes = network.nodes.map((_, node): LaneView => {
    const { distanceKm } = laneTo(network, node, order.destination);
    return { distanceKm, services: [], orderMilligrams: 0 };
  });
  return { order, demands, lanes };
}

interface Answers {
  readonly refusedBy: Int32Array;
  readonly penaltyMicros: Float64Array;
}

/** The rule stage as a wave runs it, orders in turn. */
function askProgram(
  { network, book }: Setup,
  questions: Iterable<Question>,
  keep: (answer: Answers, count: number) => void,
): void {
  const eligibility = createEligibility(book, network, createRuleCounts(book.rules), 0);
  const all = network.nodes.map((_, node) => node);
  for (const { order, demands, lanes } of questions) {
    eligibility.startOrder(order);
    eligibility.setLanes(all, lanes);
    for (const demand of demands) keep(eligibility.judge(demand, demand.rows), demand.rows.length);
  }
}

/** One engine with all rules, asked once a pair: the quickest way it offers. Facts are read beforehand. */
async function askEngine({ network, book }: Setup, questions: readonly Question[]) {
  const names = [...new Set(book.rules.flatMap(({ facts }) => facts))];
  const eligibility = createEligibility(book, network, createRuleCounts(book.rules), 0);
  const ask = createReferenceSet(RULES, NAMED);
  const held: ReadonlySet<string>[] = [];
  let milliseconds = 0;
  for (const { order, demands, lanes } of questions) {
    for (const { lines, rows } of demands) {
      const reads = rows.map((row): ReadFact => eligibility.reader(order, lines[0]!, row, lanes[row.node]!));
      const facts = reads.map((read) => Object.fromEntries(names.map((name) => [name, read(name)])));
      const began = cpuMilliseconds();
      for (const values of facts) held.push(await ask(values));
      milliseconds += cpuMilliseconds() - began;
    }
  }
  return { held, milliseconds };
}

/** Pairs whose refusal, or charge where nothing refuses them, is another than json-rules-engine's rules make it. */
function differences({ book }: Setup, answers: readonly Answers[], held: readonly ReadonlySet<string>[]): number {
  let position = 0;
  let wrong = 0;
  for (const { refusedBy, penaltyMicros } of answers) {
    for (let row = 0; row < refusedBy.length; row++) {
      const holding = held[position++]!;
      let first = -1;
      let micros = 0;
      for (const [index, { name, effect }] of book.rules.entries()) {
        if (!holding.has(name)) continue;
        if (effect.type === 'exclude' && first < 0) first = index;
        if (effect.type === 'penalise') micros += effect.params.perLineMicros;
      }
      if (refusedBy[row] !== first || (first < 0 && penaltyMicros[row] !== micros)) wrong += 1;
    }
  }
  return wrong;
}

async function compare() {
  const setup = setUp(ruleSnapshot(1));
  const questions = ruleOrders(1, ORDERS, 1).map((order) => questionOf(order, setup.network));
  const times = Array.from({ length: ROUNDS }, () => {
    const began = cpuMilliseconds();
    askProgram(setup, questions, () => {});
    return cpuMilliseconds() - began;
  });
  const answers: Answers[] = [];
  askProgram(setup, questions, ({ refusedBy, penaltyMicros }, count) =>
    answers.push({ refusedBy: refusedBy.slice(0, count), penaltyMicros: penaltyMicros.slice(0, count) }),
  );
  const reference = await askEngine(setup, questions);
  const wrong = differences(setup, answers, reference.held);
  if (wrong > 0) throw new Error(`${wrong} of ${reference.held.length} answers are others than json-rules-engine's.`);
  const milliseconds = median(times);
  return [
    {
      metric: 'processor time',
      value: milliseconds,
      unit: 'ms',
      rival: 'json-rules-engine',
      rivalValue: reference.milliseconds,
      target: '>= 1000 x',
      met: reference.milliseconds / milliseconds >= 1000,
    },
    {
      metric: 'a rule and pair',
      value: (milliseconds * 1e6) / (reference.held.length * RULES.length),
      unit: 'ns',
      rival: 'json-rules-engine',
      rivalValue: (reference.milliseconds * 1e6) / (reference.held.length * RULES.length),
      target: '',
      met: null,
    },
    plain('answers compared', reference.held.length, ''),
  ];
}

function wave() {
  const setup = setUp(ruleSnapshot(1));
  const orders = ruleOrders(2, WAVE_ORDERS, 3);
  const lines = orders.reduce((sum, order) => sum + order.lines.length, 0);
  let milliseconds = 0;
  let refused = 0;
  const eligibility = createEligibility(setup.book, setup.network, createRuleCounts(setup.book.rules), 0);
  const all = setup.network.nodes.map((_, node) => node);
  for (const order of orders) {
    const { demands, lanes } = questionOf(order, setup.network);
    const began = performance.now();
    eligibility.startOrder(order);
    eligibility.setLanes(all, lanes);
    for (const demand of demands) {
      const { refusedBy } = eligibility.judge(demand, demand.rows);
      for (let row = 0; row < demand.rows.length; row++) if (refusedBy[row]! >= 0) refused += 1;
    }
    milliseconds += performance.now() - began;
  }
  const seconds = milliseconds / 1000;
  return [
    { ...plain('seconds', seconds, 's'), target: '<= 5', met: seconds <= 5 },
    plain('lines at nodes', lines * RULE_NODES, ''),
    plain('refused', (100 * refused) / (lines * RULE_NODES), '%'),
    plain('resident memory', process.memoryUsage().rss / MIB, 'MiB'),
  ];
}

function lint() {
  const policy = buildPolicy({ rules: manyRules(LINT_RULES), conditions: [...NAMED] });
  const milliseconds = median(timeEach(ROUNDS, () => lintPolicy(policy)));
  return [
    { ...plain('milliseconds', milliseconds, 'ms'), target: '<= 200', met: milliseconds <= 200 },
    plain('findings', lintPolicy(policy).length, ''),
  ];
}

/** Of this process: a busy machine does not count against either side. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function plain(metric: string, value: number, unit: string) {
  return { metric, value, unit, rival: '', rivalValue: null, target: '', met: null };
}

export const ruleBench: Bench = {
  bench: 'rules',
  cases: [
    {
      row: 'compiled',
      about: `${RULES.length} rules × ${RULE_NODES} nodes × ${ORDERS} orders, every answer compared, about a minute`,
      run: compare,
    },
    {
      row: 'lint-200',
      about: `the linter on a policy of ${LINT_RULES} rules, ${ROUNDS} rounds`,
      run: async () => lint(),
    },
    {
      row: 'stage-100k',
      about: `the rule stage of ${WAVE_ORDERS} orders × ${RULE_NODES} nodes × ${RULES.length} rules`,
      run: async () => wave(),
    },
  ],
};
