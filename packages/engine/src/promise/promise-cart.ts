// Decides what can be promised to a cart: the candidates of sourcing, held against stock and capacity that no other order has touched.
// Leaves the day of a whole cart to whole-cart.ts and the ways of each line to line-promises.ts. Nothing is reserved.
import type { Issue } from '../base/issue.ts';
import { type Result, succeed } from '../base/result.ts';
import { dateOf } from '../base/time.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { reachRulesOf } from '../candidates/reach.ts';
import { compileSchedule } from '../candidates/schedule.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { CartPromise, DeliveryPromise, ServicePromise } from '../model/promise.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { linePromises } from './line-promises.ts';
import type { PromiseDesk } from './promise-desk.ts';
import { SellableLedger } from './sellable-ledger.ts';
import { cartWays, instantText, wholeCart } from './whole-cart.ts';

export interface PromiseOptions {
  /** Options listed a line; 5 where left out. */
  readonly maxOptions?: number;
}

/** Answers for one snapshot under one policy. */
export interface Promiser {
  /** `order` is a cart as it would be placed, checked like any order of the snapshot. */
  promise(order: Order, options?: PromiseOptions): Promise<CartPromise>;
}

const DEFAULT_OPTIONS = 5;

/** Fails with issues when the policy's rules do not compile. The same question gets the same answer. */
export function createPromiser(snapshot: Snapshot, policy: Policy, limits: Limits): Result<Promiser, Issue[]> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) return compiled;
  const { book } = compiled.value;
  const network = waveNetwork(snapshot, policy, book);
  const desk: PromiseDesk = {
    network,
    policy,
    limits,
    enumerator: createEnumerator(network, policy, book, limits),
    pricer: createPricer(network, policy),
    ledger: new SellableLedger(network),
    schedules: schedulesOf(network, policy, limits),
  };
  return succeed({
    promise: async (order, { maxOptions = DEFAULT_OPTIONS } = {}) => {
      const candidates = await candidatesOf(order, desk);
      const { asOf } = snapshot;
      return {
        orderId: order.orderId,
        asOf,
        takenUpAt: instantText(Math.max(Date.parse(order.placedAt), Date.parse(asOf))),
        promiseBy: dateOf(candidates.promiseDay),
        delivery: await deliveryPromise(candidates, maxOptions, desk),
      };
    },
  });
}

/** As sourcing takes orders up: behind the work that waits at a node. */
function schedulesOf({ calendars, nodes }: Network, policy: Policy, limits: Limits): PromiseDesk['schedules'] {
  const { waitsForBacklog } = reachRulesOf(policy, limits);
  return calendars.map((calendar, node) =>
    compileSchedule(calendar, waitsForBacklog ? Math.ceil(nodes[node]!.backlogDays ?? 0) : 0),
  );
}

async function deliveryPromise(
  candidates: OrderCandidates,
  maxOptions: number,
  desk: PromiseDesk,
): Promise<DeliveryPromise> {
  const ways = cartWays(candidates, desk);
  const all = wholeCart(candidates, ways, desk);
  const { asked } = candidates.terms;
  const services: ServicePromise[] = [];
  for (const service of servicesOf(candidates)) {
    const own = await candidatesOf({ ...asked, services: [service] }, desk);
    services.push({ service, ...wholeCart(own, cartWays(own, desk), desk) });
  }
  return { ...all, services, lines: linePromises(candidates, ways, all.missing, maxOptions, desk) };
}

/** Those the customer accepts, else all by which a node could send something; by name. */
function servicesOf({ order, nodes }: OrderCandidates): string[] {
  const found = nodes.flatMap(({ shipDays }) =>
    shipDays.flatMap(({ services }) => services.map(({ service }) => service.card.service)),
  );
  return [...new Set(order.services ?? found)].sort();
}

/** The candidates of sourcing; a cascade also leaves out what none of its strategies asks. */
async function candidatesOf(order: Order, { enumerator }: PromiseDesk): Promise<OrderCandidates> {
  const found = await enumerator.candidatesOf(order);
  const strategies = found.cascade?.filter(({ isFor }) => isFor);
  if (!strategies) return found;
  const isAsked = (demand: number, node: number): boolean => strategies.some((strategy) => strategy.asks(demand, node));
  const nodes = found.nodes.map((candidate) => ({
    ...candidate,
    rows: candidate.rows.map((row, demand) => (row && isAsked(demand, candidate.node) ? row : null)),
  }));
  return { ...found, nodes };
}
