// Decides how one order of a plan is sourced again: on the stock and capacity that the others left it, with one thing changed.
// The same stages as any order goes through; leaves what to change to its callers.
import { dayNumber } from '../base/time.ts';
import { invariant, InvariantError } from '../base/invariant.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Change } from '../model/explanation.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import type { Policy, Strategy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { solverFor } from '../solve/strategies.ts';
import { solveInTiers } from '../solve/tiers/solve-in-tiers.ts';
import { applyChange, type OrderCase } from './apply-change.ts';

/** How the order came out. */
export interface Outcome {
  /** By sku: nodes that supply it, in the snapshot's order, and units that nobody does. */
  readonly bySku: ReadonlyMap<string, { readonly nodeIds: readonly string[]; readonly unsourced: number }>;
  readonly costMicros: number;
  readonly shipments: number;
}

export interface ReSourcer {
  readonly of: OrderCase;
  /** How often it was asked. */
  readonly count: () => number;
  /** Undefined where the change takes away what others of the plan have. */
  (change?: Change | ((of: OrderCase) => OrderCase)): Promise<Outcome | undefined>;
}

/** What the others of a plan take of the nodes and items that one order may have. */
interface Taken {
  readonly nodeId: string;
  readonly day: number;
  shipments: number;
  units: number;
  readonly bySku: Map<string, number>;
}

/** For many orders of one plan: `others` are the orders whose shipments it has to leave alone. */
export function createReSourcers(
  whole: Snapshot,
  policy: Policy,
  limits: Limits,
): (order: Order, others: readonly OrderPlan[]) => ReSourcer {
  const sees = createSight(whole);
  return (order, others) => createReSourcer(sees(order), order, policy, limits, others);
}

function createReSourcer(
  snapshot: Snapshot,
  order: Order,
  policy: Policy,
  limits: Limits,
  others: readonly OrderPlan[],
): ReSourcer {
  const taken = takenBy(others, snapshot, order);
  const of: OrderCase = { snapshot, order, policy };
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  let count = 0;
  const resource = async (change?: Change | ((of: OrderCase) => OrderCase)): Promise<Outcome | undefined> => {
    count += 1;
    const changed = change === undefined ? of : typeof change === 'function' ? change(of) : applyChange(of, change);
    const policyNow = changed.policy.rules === policy.rules ? compiled : compilePolicy(changed.policy);
    // A cascade or a rule may name what was taken away.
    if (!policyNow.ok) return undefined;
    const { book } = policyNow.value;
    const network = waveNetwork(changed.snapshot, changed.policy, book);
    const pricer = createPricer(network, changed.policy);
    const candidates = await createEnumerator(network, changed.policy, book, limits).candidatesOf(changed.order);
    const createLedger = (): Ledger => ledgerAfter(network, taken);
    const input = { orders: [candidates], policy: changed.policy, pricer, limits, createLedger };
    try {
      const answer = await solveInTiers(solverFor(alone(policy.strategy), network), input, network, {});
      const decision = answer?.decisions[0];
      return decision && outcomeOf(decision, network);
    } catch (error) {
      if (error instanceof InvariantError && change !== undefined) return undefined;
      throw error;
    }
  };
  return Object.assign(resource, { of, count: () => count });
}

/** One order has nobody to be weighed against: the least cost is the same. */
function alone(strategy: Strategy): Strategy {
  return strategy === 'optimal' ? 'fcfs-exact' : strategy;
}

function outcomeOf(
  { view, solution }: NonNullable<Awaited<ReturnType<typeof solveInTiers>>>['decisions'][number],
  network: Network,
): Outcome {
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
    const nodes = whole.nodes.filter(({ nodeId }) => listing.has(nodeId));
    const cards = new Set(nodes.flatMap(({ rateCardIds }) => rateCardIds));
    const calendars = new Set(nodes.map(({ calendarId }) => calendarId));
    const lanes = lanesTo.get(order.destination.region ?? '') ?? [];
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

function takenBy(others: readonly OrderPlan[], snapshot: Snapshot, order: Order): readonly Taken[] {
  const nodes = new Set(snapshot.nodes.map(({ nodeId }) => nodeId));
  const skus = new Set(order.lines.map(({ sku }) => sku));
  const found = new Map<string, Taken>();
  for (const { shipments } of others) {
    for (const { nodeId, shipOn, lines } of shipments) {
      if (!nodes.has(nodeId)) continue;
      const key = `${nodeId} ${shipOn}`;
      let entry = found.get(key);
      if (!entry) {
        entry = { nodeId, day: dayNumber(shipOn), shipments: 0, units: 0, bySku: new Map() };
        found.set(key, entry);
      }
      entry.shipments += 1;
      for (const { sku, quantity } of lines) {
        entry.units += quantity;
        if (skus.has(sku)) entry.bySku.set(sku, (entry.bySku.get(sku) ?? 0) + quantity);
      }
    }
  }
  return [...found.values()];
}

function ledgerAfter(network: Network, taken: readonly Taken[]): Ledger {
  const ledger = new Ledger(network);
  for (const { nodeId, day, shipments, units, bySku } of taken) {
    const node = network.nodeAt.get(nodeId)!;
    ledger.addShipment(node, day, units, shipments);
    for (const [sku, quantity] of bySku) {
      ledger.take(network.rowsOf.get(sku)!.find((row) => row.node === node)!, day, quantity);
    }
  }
  return ledger;
}
