// Decides what can be promised to a cart: the candidates of sourcing, held against stock and capacity that no other order has touched.
// Leaves the day of a whole cart to whole-cart.ts and the ways of each line to line-promises.ts. Nothing is reserved.
import type { Issue } from '../base/issue.ts';
import { type Result, succeed } from '../base/result.ts';
import { dateOf } from '../base/time.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { nodeSchedules, reachRulesOf } from '../candidates/reach.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import type { Limits } from '../model/limits.ts';
import type { Order } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { CartPromise, DeliveryPromise, ServicePromise } from '../model/promise.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { candidatesToPromise } from './candidates-to-promise.ts';
import { collectionPromises } from './collection-promises.ts';
import { linePromises } from './line-promises.ts';
import type { PromiseDesk } from './promise-desk.ts';
import { SellableLedger } from './sellable-ledger.ts';
import { cartWays, instantText, wholeCart } from './whole-cart.ts';

export interface PromiseOptions {
  /** Options listed a line; 5 where left out. */
  readonly maxOptions?: number;
  /** Nodes to collect at; 10 where left out, 0 looks for none. */
  readonly maxNodes?: number;
}

/** Answers for one snapshot under one policy. */
export interface Promiser {
  /**
   * `order` is a cart as it would be placed, checked like any order of the snapshot. Without `fulfilment` both sending and collecting are
   * looked at, with it only what it says.
   */
  promise(order: Order, options?: PromiseOptions): Promise<CartPromise>;
}

const DEFAULT_OPTIONS = 5;
const DEFAULT_NODES = 10;

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
    schedules: nodeSchedules(network, reachRulesOf(policy, limits)),
  };
  return succeed({
    promise: async (order, { maxOptions = DEFAULT_OPTIONS, maxNodes = DEFAULT_NODES } = {}) => {
      const candidates = await candidatesToPromise(order, desk);
      const { asOf } = snapshot;
      return {
        orderId: order.orderId,
        asOf,
        takenUpAt: instantText(Math.max(Date.parse(order.placedAt), Date.parse(asOf))),
        promiseBy: dateOf(candidates.promiseDay),
        delivery: isSent(order) ? await deliveryPromise(candidates, maxOptions, desk) : null,
        collection: await collectionPromises(order, maxNodes, desk),
      };
    },
  });
}

function isSent({ fulfilment = 'ship' }: Order): boolean {
  return fulfilment === 'ship';
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
    const own = await candidatesToPromise({ ...asked, services: [service] }, desk);
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
