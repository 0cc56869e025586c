// Decides how one order of a plan is sourced again: on the stock and capacity that the others left it, with one thing changed.
// The same stages as any order goes through; leaves what to change to its callers.
import { invariant, InvariantError } from '../base/invariant.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { regionOf } from '../candidates/way.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import type { Change } from '../model/explanation.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import type { Decision, WaveInput } from '../solve/solver.ts';
import { solverFor } from '../solve/strategies.ts';
import { solveInTiers } from '../solve/tiers/solve-in-tiers.ts';
import { decideInTurn, solveExact } from '../solve/wave/sequential.ts';
import { applyChange, type OrderCase } from './apply-change.ts';
import { ledgerAfter, type Taken } from './plan-uses.ts';

/** How the order came out. */
export interface Outcome {
  /** By sku: nodes that supply it, in the snapshot's order, and units that nobody does. */
  readonly bySku: ReadonlyMap<string, { readonly nodeIds: readonly string[]; readonly unsourced: number }>;
  readonly costMicros: number;
  readonly shipments: number;
}

export interface ReSourcer {
  readonly of: OrderCase;
  /** Work done so far: counted, not timed; roughly in microseconds. */
  readonly spent: () => number;
  /** Undefined where the change takes away what others of the plan have. */
  (change?: Change | ((of: OrderCase) => OrderCase)): Promise<Outcome | undefined>;
}

/** For many orders of one plan: `taken` is what others have, which it leaves alone. */
export function createReSourcers(
  whole: Snapshot,
  policy: Policy,
  limits: Limits,
): (order: Order, taken: readonly Taken[]) => ReSourcer {
  const sees = createSight(whole);
  return (order, taken) => createReSourcer(sees(order), order, policy, limits, taken);
}

function createReSourcer(
  snapshot: Snapshot,
  order: Order,
  policy: Policy,
  limits: Limits,
  taken: readonly Taken[],
): ReSourcer {
  const of: OrderCase = { snapshot, order, policy };
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  let spent = 0;
  const toBegin = 300 + order.lines.length * snapshot.nodes.length;
  const resource = async (change?: Change | ((of: OrderCase) => OrderCase)): Promise<Outcome | undefined> => {
    spent += toBegin;
    const changed = change === undefined ? of : typeof change === 'function' ? change(of) : applyChange(of, change);
    const policyNow = changed.policy.rules === policy.rules ? compiled : compilePolicy(changed.policy);
    // A cascade or a rule may name what was taken away.
    if (!policyNow.ok) return undefined;
    const { book } = policyNow.value;
    const network = waveNetwork(changed.snapshot, changed.policy, book);
    const pricer = createPricer(network, changed.policy);
    const candidates = await createEnumerator(network, changed.policy, book, limits).candidatesOf(changed.order);
    const createLedger = () => ledgerAfter(network, taken);
    const input = { orders: [candidates], policy: changed.policy, pricer, limits, createLedger };
    try {
      const [decision] = await decide(input, network);
      if (decision) spent += decision.solution.work * stepWork(decision.solution.method);
      return decision && outcomeOf(decision, network);
    } catch (error) {
      if (error instanceof InvariantError && change !== undefined) return undefined;
      throw error;
    }
  };
  return Object.assign(resource, { of, spent: () => spent });
}

/** Steps of the subset program are quick; those of a search price whole sets of nodes. */
function stepWork(method: string): number {
  return method === 'subset-program' ? 0.1 : 2.5;
}

/** One order has nobody to be weighed against: the least cost for all is the least for it. Nobody asks for a bound. */
async function decide(input: WaveInput, network: Network): Promise<readonly Decision[]> {
  const { strategy, goals } = input.policy;
  const exact = strategy === 'optimal' || strategy === 'fcfs-exact';
  if (exact && !goals.tiers) return decideInTurn(input, solveExact, {}) ?? [];
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
  };
}

/** Only what can matter to an order: its items, nodes that list them, their tariffs, ways to its region. */
function createSight(whole: Snapshot): (order: Order) => Snapshot {
  const items = new Map(whole.items.map((item) => [item.sku, item]));
  const stockOf = groupedBy(whole.stock, ({ sku }) => sku);
  const receiptsOf = groupedBy(whole.receipts ?? [], ({ sku }) => sku);
  const lanesTo = groupedBy(whole.lanes ?? [], (lane) => lane.region);
  return (order) => {
    const skus = [...new Set(order.lines.map(({ sku }) => sku))];
    const stock = skus.flatMap((sku) => stockOf.get(sku) ?? []);
    const receipts = skus.flatMap((sku) => receiptsOf.get(sku) ?? []);
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
      nodes,
      rateCards: whole.rateCards.filter(({ rateCardId }) => cards.has(rateCardId)),
      calendars: whole.calendars.filter(({ calendarId }) => calendars.has(calendarId)),
      lanes: lanes.filter(({ nodeId }) => listing.has(nodeId)),
    };
  };
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
