// Decides what a policy means for each order by itself: who may supply it and at what charge, and, only when asked, how it ships then.
// Leaves setting two policies against each other to policy-effect.ts.
import type { Issue } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { OrderCandidates } from '../candidates/candidate.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { RuleUse } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { createRuleCounts, ruleUses } from '../rules/rule-counts.ts';
import { byFewestShipments } from '../solve/baselines/fewest-shipments.ts';
import { byDistance } from '../solve/baselines/nearest.ts';
import { byPriority } from '../solve/baselines/priority.ts';
import { byCascade } from '../solve/baselines/strategy-cascade.ts';
import { viewOrder } from '../solve/order-view.ts';
import { type DecideOrder, solveExact } from '../solve/wave/sequential.ts';

/** How one order ships when no other order is there. */
export interface OrderOutcome {
  readonly costMicros: number;
  readonly shipments: number;
  /** In order of the shipments, each once. */
  readonly nodeIds: readonly string[];
  /** Of the latest shipment; 0 where all arrive by the promise. */
  readonly lateDays: number;
  readonly unsourcedUnits: number;
  /** Equal where the same units ship from the same nodes by the same services on the same days. */
  readonly choice: string;
}

export interface PolicySurvey {
  /** By order: equal under two policies where nothing that decides the order differs. */
  readonly signatures: readonly string[];
  readonly rules: readonly RuleUse[];
  orderIdAt(at: number): string;
  /** Decided at the first call. */
  outcomeAt(at: number): OrderOutcome;
}

/** In the order of the wave's orders. Fails with issues when the policy does not compile, or when cancelled. */
export async function surveyPolicy(
  wave: Wave,
  policy: Policy,
  limits: Limits,
  watch: { isCancelled?(): boolean } = {},
): Promise<Result<PolicySurvey, Issue[]>> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) return compiled;
  const { book } = compiled.value;
  const counts = createRuleCounts(book.rules);
  const network = waveNetwork(wave.snapshot, policy, book, counts);
  const pricer = createPricer(network, policy);
  const enumerator = createEnumerator(network, policy, book, limits, { counts, refusals: false });
  const untouched = new Ledger(network);
  const decide = decider(policy, network);
  const input = { orders: [], policy, pricer, limits, createLedger: () => new Ledger(network) };
  const economics = economicsOf(policy);
  const candidates: OrderCandidates[] = [];
  const signatures: string[] = [];
  for (const order of wave.orders) {
    if (watch.isCancelled?.()) {
      return fail([{ code: 'cancelled', path: '', message: 'The question was dropped before it had an answer.' }]);
    }
    const found = await enumerator.candidatesOf(order);
    candidates.push(found);
    signatures.push(`${economics}\n${signatureOf(found, network)}`);
  }
  const outcomes = new Map<number, OrderOutcome>();
  const decided = (at: number): OrderOutcome => {
    const view = viewOrder(candidates[at]!, untouched, pricer, policy);
    return outcomeOf(view, decide(view, input), network);
  };
  return succeed({
    signatures,
    rules: ruleUses(book.rules, counts),
    orderIdAt: (at) => wave.orders[at]!.orderId,
    outcomeAt: (at) => {
      const outcome = outcomes.get(at) ?? decided(at);
      outcomes.set(at, outcome);
      return outcome;
    },
  });
}

function decider({ strategy }: Policy, network: Network): DecideOrder {
  switch (strategy) {
    case 'optimal':
    case 'fcfs-exact':
      return solveExact;
    case 'priority':
      return byPriority(network);
    case 'nearest':
      return byDistance;
    case 'fewest-shipments':
      return byFewestShipments;
    case 'cascade':
      return byCascade(network);
  }
}

/** All of a policy that prices or limits an order whatever its rules. */
function economicsOf({ strategy, goals, promise, allow, nodeOrder, cascade }: Policy): string {
  return JSON.stringify([strategy, goals, promise, allow, nodeOrder, cascade]);
}

/** What rules make of an order: its terms, and by node what it may supply, with what it has and is charged. */
function signatureOf({ order, terms, promiseDay, nodes, demands }: OrderCandidates, network: Network): string {
  const own = [
    order.maxShipments,
    order.shipComplete,
    order.minPartValueMicros,
    terms.partial,
    terms.unsourcedPercent,
    terms.heldBy !== null,
    promiseDay,
  ];
  const byNode = nodes.map(({ node, rows, penaltyMicros, shipDays }) => [
    node,
    network.nodes[node]!.capacity,
    shipDays.length,
    rows.map((row) => (row ? (row.level?.sourcingBuffer ?? 0) : -1)),
    penaltyMicros.some((micros) => micros > 0) ? [...penaltyMicros] : 0,
  ]);
  return JSON.stringify([own, demands.length, byNode]);
}

function outcomeOf(
  { candidates, refs }: ReturnType<typeof viewOrder>,
  { shipments, costMicros }: ReturnType<DecideOrder>,
  network: Network,
): OrderOutcome {
  const parts = shipments.map(({ source, option, taken }) => {
    const { candidate, shipDay } = refs[source]!;
    const on = shipDay.services[option]!;
    const nodeId = network.nodes[candidate.node]!.nodeId;
    const units = taken.map(({ demand, quantity }) => `${demand}=${quantity}`).join();
    return {
      nodeId,
      lateDays: on.lateDays,
      text: `${nodeId} ${shipDay.day} ${on.service.card.rateCardId} ${units}`,
      units: taken.reduce((sum, { quantity }) => sum + quantity, 0),
    };
  });
  const wanted = candidates.demands.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    costMicros,
    shipments: parts.length,
    nodeIds: [...new Set(parts.map(({ nodeId }) => nodeId))],
    lateDays: parts.reduce((most, { lateDays }) => Math.max(most, lateDays), 0),
    unsourcedUnits: wanted - parts.reduce((sum, { units }) => sum + units, 0),
    choice: parts
      .map(({ text }) => text)
      .sort()
      .join('\n'),
  };
}
