// Decides the answer to "why" for an order of a plan: what each line was given, what came second, what was turned down.
// Works from the stock and capacity that earlier orders of the plan left; prices, but runs no solver.
import { invariant } from '../base/invariant.ts';
import { decimal } from '../base/money.ts';
import { dayNumber } from '../base/time.ts';
import { createEnumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { createPricer } from '../costs/price.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Choice, Explanation, LineExplanation } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { OrderLine } from '../model/order.ts';
import type { OrderPlan, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { type OrderView, viewOrder } from '../solve/order-view.ts';
import { appliedRules } from './applied-rules.ts';
import { type DraftOrder, draftMicros, fits, gatherAt, groupOf } from './draft-order.ts';
import { rejectionsFor } from './rejections.ts';
import { type CascadeContext, cascadeSteps, strategyFor } from './cascade-steps.ts';
import { alternativesFor, describeRunnerUp } from './runner-up.ts';
import { units, unsourcedSentence } from './text.ts';

export interface Explainer {
  /** Undefined where the plan has no such order. */
  explain(orderId: string): Promise<Explanation | undefined>;
}

/** For a plan and exactly the wave and policy it came from; holds what explanations of one plan share. */
export function createExplainer(wave: Wave, policy: Policy, plan: Plan): Explainer {
  const compiled = compilePolicy(policy);
  invariant(compiled.ok, 'A plan exists, so its policy compiles.');
  const { book } = compiled.value;
  const network = waveNetwork(wave.snapshot, policy, book);
  const pricer = createPricer(network, policy);
  const enumerator = createEnumerator(network, policy, book, plan.basis.limits);
  const orders = new Map(wave.orders.map((order) => [order.orderId, order]));
  const explain = async (orderId: string): Promise<Explanation | undefined> => {
    const position = plan.orders.findIndex((candidate) => candidate.orderId === orderId);
    const order = orders.get(orderId);
    if (position < 0 || !order) return undefined;
    const ledger = new Ledger(network);
    for (const earlier of plan.orders.slice(0, position)) ledger.commit(earlier);
    const orderPlan = plan.orders[position]!;
    // A wave may have put a shipment off to leave the room to another order: its day is shown even where it did not have to.
    const used = new Set(orderPlan.shipments.map(({ nodeId, shipOn }) => `${nodeId} ${dayNumber(shipOn)}`));
    const showDay = (node: number, day: number): boolean => used.has(`${network.nodes[node]!.nodeId} ${day}`);
    const view = viewOrder(await enumerator.candidatesOf(order), ledger, pricer, policy, showDay);
    const draft = draftOf(orderPlan, view, network);
    const cascade: CascadeContext | undefined =
      book.cascade && orderPlan.cascade ? { cascade: book.cascade, orderPlan, view, network, enumerator } : undefined;
    const lines: LineExplanation[] = [];
    for (const [demand, { lines: ofDemand }] of view.candidates.demands.entries()) {
      const chosen = new Set(
        [...draft.taken].filter(([, by]) => by.has(demand)).map(([source]) => view.problem.sources[source]!.node),
      );
      const alternatives = alternativesFor(draft, demand);
      const best = alternatives[0];
      const runnerUp = best && chosen.size > 0 ? describeRunnerUp(draft, demand, best, network, pricer) : null;
      const rejections = await rejectionsFor(
        { view, draft, network, enumerator, book, ...(cascade && { cascade }) },
        demand,
        chosen,
        alternatives,
      );
      const together = groupOf(draft, demand).flatMap((member) => view.candidates.demands[member]!.lines);
      for (const line of ofDemand) {
        const explained = explainLine(line, orderPlan, network, runnerUp, rejections);
        const sentence = togetherSentence(together.filter(({ lineId }) => lineId !== line.lineId));
        const taker = cascade ? takerSentence(cascade, line.sku) : [];
        lines.push({ ...explained, sentence: [...taker, explained.sentence, ...sentence].join(' ') });
      }
    }
    const linePosition = new Map(order.lines.map((line, index) => [line.lineId, index]));
    lines.sort((a, b) => linePosition.get(a.lineId)! - linePosition.get(b.lineId)!);
    return {
      orderId,
      summary: summarise(orderPlan, order.lines.length, network),
      split: explainSplit(orderPlan, draft),
      rules: appliedRules({ candidates: view.candidates, orderPlan, network, enumerator, book }),
      ...(cascade && { cascade: cascadeSteps(cascade) }),
      lines,
      cost: orderPlan.cost,
      proof: orderPlan.proof,
    };
  };
  return { explain };
}

function takerSentence(context: CascadeContext, sku: string): string[] {
  const position = strategyFor(context, sku);
  return position < 0
    ? []
    : [`Strategy ${position + 1}, "${context.orderPlan.cascade![position]!.strategy}", took it.`];
}

/** The explanation of one order of a plan; see `createExplainer` for many. */
export async function explainOrder(
  wave: Wave,
  policy: Policy,
  plan: Plan,
  orderId: string,
): Promise<Explanation | undefined> {
  return createExplainer(wave, policy, plan).explain(orderId);
}

/** The plan's shipments as units by source and demand of the order's problem. */
function draftOf(orderPlan: OrderPlan, view: OrderView, network: Network): DraftOrder {
  const demandOf = new Map(view.candidates.demands.map((demand, index) => [demand.sku, index]));
  const taken = new Map<number, Map<number, number>>();
  for (const shipment of orderPlan.shipments) {
    const node = network.nodeAt.get(shipment.nodeId);
    const day = dayNumber(shipment.shipOn);
    const source = view.refs.findIndex((ref) => ref.candidate.node === node && ref.shipDay.day === day);
    invariant(
      source >= 0,
      `${shipment.shipmentId} was not open to this order: the plan belongs to another wave or policy.`,
    );
    const byDemand = new Map<number, number>();
    for (const line of shipment.lines) {
      const demand = demandOf.get(line.sku)!;
      byDemand.set(demand, (byDemand.get(demand) ?? 0) + line.quantity);
    }
    taken.set(source, byDemand);
  }
  return { view, taken };
}

function explainLine(
  line: OrderLine,
  orderPlan: OrderPlan,
  network: Network,
  runnerUp: LineExplanation['runnerUp'],
  rejections: LineExplanation['rejections'],
): LineExplanation {
  const chosen = orderPlan.shipments.flatMap((shipment): Choice[] =>
    shipment.lines
      .filter((shipped) => shipped.lineId === line.lineId)
      .map((shipped) => ({
        nodeId: shipment.nodeId,
        service: shipment.service,
        shipOn: shipment.shipOn,
        deliverOn: shipment.deliverOn,
        quantity: shipped.quantity,
      })),
  );
  const left = orderPlan.unsourced.find((entry) => entry.lineId === line.lineId);
  const unsourced = left
    ? { quantity: left.quantity, reason: left.reason, sentence: unsourcedSentence(left.reason, left.quantity) }
    : null;
  const draft = {
    lineId: line.lineId,
    sku: line.sku,
    quantity: line.quantity,
    chosen,
    runnerUp,
    unsourced,
    rejections,
  };
  return { ...draft, sentence: lineSentence(draft, network) };
}

/** Only of groups: lines of one sku always go by the same rules. */
function togetherSentence(others: readonly OrderLine[]): string[] {
  const named = others.some(({ shipTogether }) => shipTogether !== undefined);
  if (!named) return [];
  const lines = others.map(({ lineId }) => lineId);
  return [`It ships together with line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}.`];
}

function lineSentence(line: Omit<LineExplanation, 'sentence'>, network: Network): string {
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const parts: string[] = [];
  if (line.chosen.length > 0) {
    const whole = line.chosen.length === 1 && line.chosen[0]!.quantity === line.quantity;
    const oneNode = new Set(line.chosen.map((choice) => choice.nodeId)).size < line.chosen.length;
    const placeOf = (choice: Choice): string =>
      oneNode ? `${nameOf(choice.nodeId)} on ${choice.shipOn}` : nameOf(choice.nodeId);
    const from = line.chosen.map((choice) => (whole ? placeOf(choice) : `${placeOf(choice)} (${choice.quantity})`));
    const verb = line.chosen.length === 1 ? 'supplies' : 'supply';
    const why = line.chosen.length > 1 ? ': no single node could send all of it on one day' : '';
    parts.push(
      `${from.join(' and ')} ${verb} ${units(line.chosen.reduce((sum, choice) => sum + choice.quantity, 0))}${why}.`,
    );
    const { runnerUp } = line;
    const again = line.chosen.some((choice) => choice.nodeId === runnerUp?.nodeId);
    const second = runnerUp ? `${nameOf(runnerUp.nodeId)}${again ? ` on ${runnerUp.shipOn}` : ''}` : '';
    if (runnerUp && runnerUp.marginMicros >= 0) {
      const margin =
        runnerUp.marginMicros === 0 ? 'cost the same' : `make the order ${decimal(runnerUp.marginMicros)} dearer`;
      parts.push(`${second}, the next best, would ${margin}.`);
    } else if (runnerUp) {
      parts.push(
        `${second} would make the order ${decimal(-runnerUp.marginMicros)} cheaper: this strategy does not look for it.`,
      );
    } else if (line.chosen.length === 1) parts.push('No other node could have supplied it.');
  }
  if (line.unsourced) parts.push(line.unsourced.sentence);
  return parts.join(' ');
}

function explainSplit(orderPlan: OrderPlan, draft: DraftOrder): Explanation['split'] {
  if (orderPlan.shipments.length < 2) return null;
  const now = draftMicros(draft);
  const margins = [...draft.view.problem.sources.keys()].flatMap((source) => {
    const gathered = gatherAt(draft, source);
    return fits(gathered, source) ? [draftMicros(gathered) - now] : [];
  });
  const count = `${orderPlan.shipments.length} shipments`;
  if (margins.length === 0) {
    const sentence = `${count}: no single node could send all that was shipped on one day.`;
    return { unavoidable: true, singleShipmentMarginMicros: null, sentence };
  }
  const least = Math.min(...margins);
  const sentence =
    least >= 0
      ? `${count}: one shipment was possible and would have cost ${decimal(least)} more.`
      : `${count}: one shipment was possible and would have cost ${decimal(-least)} less; this strategy does not look for it.`;
  return { unavoidable: false, singleShipmentMarginMicros: least, sentence };
}

function summarise(orderPlan: OrderPlan, lineCount: number, network: Network): string[] {
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const sentences = orderPlan.shipments.map((shipment) => {
    const late =
      shipment.lateDays === 0 ? 'in time' : `${shipment.lateDays} day${shipment.lateDays === 1 ? '' : 's'} late`;
    const lines = new Set(shipment.lines.map((line) => line.lineId)).size;
    return `${nameOf(shipment.nodeId)} ships ${lines} of ${lineCount} lines on ${shipment.shipOn} by ${shipment.service}, delivered ${shipment.deliverOn}, ${late}.`;
  });
  const missing = orderPlan.unsourced.reduce((sum, line) => sum + line.quantity, 0);
  if (missing > 0)
    sentences.push(
      `${units(missing)} on ${orderPlan.unsourced.length} line${orderPlan.unsourced.length === 1 ? '' : 's'} ${missing === 1 ? 'stays' : 'stay'} unsourced.`,
    );
  const { proof } = orderPlan;
  sentences.push(
    proof.proven
      ? 'Proven: no plan for this order costs less on the stock and capacity it found.'
      : aboveBest(orderPlan.cost.totalMicros, proof.lowerBoundMicros),
  );
  return sentences;
}

/** The gap is a share of the cost; what a plan is above the best is a share of the best. */
function aboveBest(costMicros: number, lowerBoundMicros: number): string {
  if (lowerBoundMicros === 0) return 'How far it is from the best plan for this order is not known.';
  return `At most ${((costMicros / lowerBoundMicros - 1) * 100).toFixed(2)} % above the best plan for this order.`;
}
