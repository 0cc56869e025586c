// Decides how one order of a plan is sourced again: on the stock and capacity that the others left it, with one thing changed.
// The same stages as any order goes through; leaves what to change to its callers.
import { invariant, InvariantError } from '../base/invariant.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { regionOf } from '../candidates/way.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import type { Change } from '../model/explanation.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { OrderSolution } from '../solve/order/order-problem.ts';
import { solveOrder } from '../solve/order/solve-order.ts';
import { viewOrder } from '../solve/order-view.ts';
import type { Decision, WaveInput } from '../solve/solver.ts';
import { solverFor } from '../solve/strategies.ts';
import { solveInTiers } from '../solve/tiers/solve-in-tiers.ts';
import { solveExact } from '../solve/wave/sequential.ts';
import { applyChange, type OrderCase } from './apply-change.ts';
import { daysOf, ledgerAfter, type Taken } from './plan-uses.ts';

/** How the order came out. */
export interface Outcome {
  /** By sku: nodes that supply it, in the snapshot's order, and units that nobody does. */
  readonly bySku: ReadonlyMap<string, { readonly nodeIds: readonly string[]; readonly unsourced: number }>;
  readonly costMicros: number;
  readonly shipments: number;
  readonly sent: readonly Sent[];
}

/** One shipment: the node, its ship day and the units of each sku. */
export interface Sent {
  readonly nodeId: string;
  readonly day: number;
  readonly units: ReadonlyMap<string, number>;
}

export interface ReSourcer {
  readonly of: OrderCase;
  /** Work done so far: counted, not timed; roughly in microseconds. */
  readonly spent: () => number;
  /** Whether the order can be sourced so many times more before that much work is done: each at most as much as the most so far. */
  readonly affords: (times: number, mostWork: number) => boolean;
  /** Whether an outcome stays the best where a node may also ship on days that an order decided by itself does not look at. */
  readonly confirms: (change: Change, outcome: Outcome) => Promise<boolean>;
  /** Whether a search was given up, which then nothing can be said of: it would have taken more than one may. */
  readonly gaveUp: () => boolean;
  /**
   * With nothing changed it is worked out once. Undefined where the change takes away what others of the plan have, and where the
   * search was given up.
   */
  (change?: Change): Promise<Outcome | undefined>;
}

/** For many orders of one plan: `taken` is what others have, which it leaves alone; a search for the best plan takes at most so much work. */
export function createReSourcers(
  whole: Snapshot,
  policy: Policy,
  limits: Limits,
): (order: Order, orderPlan: OrderPlan, taken: readonly Taken[], mostSearch: number) => ReSourcer {
  const sees = createSight(whole);
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  const bookOf = (now: Policy): RuleBook | undefined => {
    if (now.rules === policy.rules) return compiled.value.book;
    const again = compilePolicy(now);
    // A cascade or a rule may name what was taken away.
    return again.ok ? again.value.book : undefined;
  };
  return (order, orderPlan, taken, mostSearch) => {
    const of = { snapshot: sees(order), order, policy };
    const orderWork = Math.min(limits.orderWork, Math.ceil(mostSearch / SEARCH_STEP));
    const first = firstSearchWork(of, orderPlan, limits);
    const search = { first, givesUp: orderWork < limits.orderWork };
    return createReSourcer(of, orderPlan, bookOf, { ...limits, orderWork }, search, taken);
  };
}

function createReSourcer(
  of: OrderCase,
  orderPlan: OrderPlan,
  bookOf: (policy: Policy) => RuleBook | undefined,
  limits: Limits,
  search: { readonly first: number; readonly givesUp: boolean },
  taken: readonly Taken[],
): ReSourcer {
  const toBegin = 150 + of.order.lines.length * of.snapshot.nodes.length;
  let spent = 0;
  let most = toBegin + search.first;
  const preparedFor = createPreparer(of, bookOf, limits);
  let unchanged: Promise<Outcome | undefined> | undefined;
  let gaveUp = false;

  const inputFor = async (change: Change | undefined): Promise<[WaveInput, Network] | undefined> => {
    spent += toBegin;
    const changed = change === undefined ? of : applyChange(of, change);
    const prepared = preparedFor(changed);
    if (!prepared) return undefined;
    const { network } = prepared;
    const createLedger = () => ledgerAfter(network, taken);
    const pricer = createPricer(network, changed.policy);
    const candidates = await prepared.candidatesOf(changed.order);
    return [{ orders: [candidates], policy: changed.policy, pricer, limits, createLedger }, network];
  };
  const sourceAgain = async (change: Change | undefined): Promise<Outcome | undefined> => {
    const before = spent;
    const input = await inputFor(change);
    if (!input) return undefined;
    try {
      const [decision] = await decide(...input, orderPlan);
      if (decision) spent += solutionWork(decision.solution);
      most = before === 0 ? spent : Math.max(most, spent - before);
      gaveUp ||= search.givesUp && decision !== undefined && isCutShort(decision.solution, limits);
      if (gaveUp) return undefined;
      return decision && outcomeOf(decision, input[1]);
    } catch (error) {
      if (error instanceof InvariantError && change !== undefined) return undefined;
      throw error;
    }
  };
  const confirms: ReSourcer['confirms'] = async (change, { costMicros }) => {
    // Only what weighs orders together looks at days that one alone has no use for.
    if (of.policy.strategy !== 'optimal' || of.policy.goals.tiers) return true;
    const found = await inputFor(change);
    if (!found) return false;
    const [input] = found;
    const view = viewOrder(input.orders[0]!, input.createLedger(), input.pricer, input.policy, () => true);
    const solution = solveOrder(view.problem, limits.orderWork);
    spent += solutionWork(solution);
    return solution.costMicros >= costMicros;
  };
  const resource = (change?: Change): Promise<Outcome | undefined> =>
    change === undefined ? (unchanged ??= sourceAgain(undefined)) : sourceAgain(change);
  const affords = (times: number, mostWork: number): boolean => !gaveUp && spent + times * most <= mostWork;
  return Object.assign(resource, { of, spent: () => spent, affords, confirms, gaveUp: () => gaveUp });
}

interface Prepared {
  readonly network: Network;
  candidatesOf(order: Order): Promise<OrderCandidates>;
}

/** What comes before money is the same for cases that differ in charges alone, and all but the candidates where the promise is other. */
function createPreparer(
  of: OrderCase,
  bookOf: (policy: Policy) => RuleBook | undefined,
  limits: Limits,
): (changed: OrderCase) => Prepared | undefined {
  const prepare = (changed: OrderCase): Prepared | undefined => {
    const { policy } = changed;
    const book = bookOf(policy);
    if (!book) return undefined;
    const network = networkOf(changed, book);
    const enumerator = createEnumerator(network, policy, book, limits, { refusals: false });
    const known = new Map<Order, Promise<OrderCandidates>>();
    return {
      network,
      candidatesOf: (order) => {
        let found = known.get(order);
        if (!found) known.set(order, (found = enumerator.candidatesOf(order)));
        return found;
      },
    };
  };
  // What taking units costs a node is worked out once for the stock as it is: it hangs on nothing else that may be changed.
  const networkOf = ({ snapshot, policy }: OrderCase, book: RuleBook): Network => {
    const { stockBalance, ...goals } = policy.goals;
    const sameStock = snapshot.stock === of.snapshot.stock && policy.rules === of.policy.rules;
    if (!own || !stockBalance || !sameStock || book.at.stock.length > 0) return waveNetwork(snapshot, policy, book);
    return waveNetwork({ ...snapshot, stock: own.network.snapshot.stock }, { ...policy, goals }, book);
  };
  let own: Prepared | undefined;
  return (changed) => {
    const { allow, promise, rules, goals } = of.policy;
    const { policy } = changed;
    const isOwn =
      changed.snapshot === of.snapshot &&
      policy.allow === allow &&
      policy.promise === promise &&
      policy.rules === rules &&
      policy.goals.stockBalance === goals.stockBalance;
    return isOwn ? (own ??= prepare(of)) : prepare(changed);
  };
}

/** Whether the best plan for the order is looked for, rather than the first that a rule of thumb finds. */
export function isExact({ strategy }: Policy): boolean {
  return strategy === 'optimal' || strategy === 'fcfs-exact';
}

/** What the search for the best plan is taken to need before it was made once; other strategies need next to nothing. */
function firstSearchWork({ order, snapshot, policy }: OrderCase, { proof }: OrderPlan, { orderWork }: Limits): number {
  if (!isExact(policy)) return 0;
  // What could not be proven took all the work there was, and will again.
  if (policy.strategy === 'fcfs-exact' && !proof.proven) return SEARCH_STEP * orderWork;
  // Nobody has kept how hard it was: large ones are hard.
  return HARDNESS * order.lines.length * snapshot.nodes.length;
}

function isCutShort({ proven, work }: OrderSolution, { orderWork }: Limits): boolean {
  return !proven && work >= orderWork;
}

/** Steps of the subset program are quick; those of a search price whole sets of nodes, once it is set up. */
function solutionWork({ method, work }: OrderSolution): number {
  return method === 'subset-program' ? 0.1 * work : SEARCH_SET_UP + SEARCH_STEP * work;
}

const SEARCH_SET_UP = 600;
const SEARCH_STEP = 2.5;
/** For each line and node. */
const HARDNESS = 10;

/** One order has nobody to be weighed against: the least cost for all is the least for it. Nobody asks for a bound. */
async function decide(input: WaveInput, network: Network, planned: OrderPlan): Promise<readonly Decision[]> {
  const { strategy, goals } = input.policy;
  const exact = isExact(input.policy);
  if (exact && !goals.tiers) {
    const ledger = input.createLedger();
    return input.orders.map((candidates) => {
      const view = viewOrder(candidates, ledger, input.pricer, input.policy, daysOf(planned, network));
      return { view, solution: solveExact(view, input), exact };
    });
  }
  const solver = solverFor(exact ? 'fcfs-exact' : strategy, network);
  return (await solveInTiers(solver, input, network, {}))?.decisions ?? [];
}

function outcomeOf({ view, solution }: Decision, network: Network): Outcome {
  const bySku = new Map(
    view.candidates.demands.map(({ sku, quantity }) => [sku, { nodes: new Set<number>(), unsourced: quantity }]),
  );
  for (const { source, taken } of solution.shipments) {
    for (const { demand, quantity } of taken) {
      const entry = bySku.get(view.candidates.demands[demand]!.sku)!;
      entry.nodes.add(view.refs[source]!.candidate.node);
      entry.unsourced -= quantity;
    }
  }
  return {
    bySku: new Map(
      [...bySku].map(([sku, { nodes, unsourced }]) => [
        sku,
        { nodeIds: [...nodes].sort((a, b) => a - b).map((node) => network.nodes[node]!.nodeId), unsourced },
      ]),
    ),
    costMicros: solution.costMicros,
    shipments: solution.shipments.length,
    sent: solution.shipments.map(({ source, taken }) => ({
      nodeId: network.nodes[view.refs[source]!.candidate.node]!.nodeId,
      day: view.refs[source]!.shipDay.day,
      units: new Map(taken.map(({ demand, quantity }) => [view.candidates.demands[demand]!.sku, quantity])),
    })),
  };
}

/** Only what can matter to an order: its items, nodes that list them, their tariffs, ways to its region. */
function createSight(whole: Snapshot): (order: Order) => Snapshot {
  const items = new Map(whole.items.map((item) => [item.sku, item]));
  const stockOf = Map.groupBy(whole.stock, ({ sku }) => sku);
  const receiptsOf = Map.groupBy(whole.receipts ?? [], ({ sku }) => sku);
  const lanesTo = Map.groupBy(whole.lanes ?? [], (lane) => lane.region);
  const historyOf = Map.groupBy(whole.pickHistory ?? [], ({ sku }) => sku ?? '');
  return (order) => {
    const skus = [...new Set(order.lines.map(({ sku }) => sku))];
    const stock = skus.flatMap((sku) => stockOf.get(sku) ?? []);
    const receipts = skus.flatMap((sku) => receiptsOf.get(sku) ?? []);
    const pickHistory = ['', ...skus].flatMap((sku) => historyOf.get(sku) ?? []);
    const listing = new Set([...stock, ...receipts].map(({ nodeId }) => nodeId));
    const nodes = whole.nodes.filter(({ nodeId }) => listing.has(nodeId) || nodeId === order.collectAt);
    const cards = new Set(nodes.flatMap(({ rateCardIds }) => rateCardIds));
    const calendars = new Set(nodes.map(({ calendarId }) => calendarId));
    const lanes = lanesTo.get(regionOf(nodes, order) ?? '') ?? [];
    return {
      ...whole,
      items: skus.flatMap((sku) => items.get(sku) ?? []),
      stock,
      receipts,
      pickHistory,
      nodes,
      rateCards: whole.rateCards.filter(({ rateCardId }) => cards.has(rateCardId)),
      calendars: whole.calendars.filter(({ calendarId }) => calendars.has(calendarId)),
      lanes: lanes.filter(({ nodeId }) => listing.has(nodeId)),
    };
  };
}
