// Decides how a line's answer and the summary of an order are put in sentences.
import { decimal } from '../base/money.ts';
import type { Choice, LineExplanation } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { OrderLine } from '../model/order.ts';
import type { OrderPlan, Shipment } from '../model/plan.ts';
import { WAVE_METHOD } from '../solve/wave/wave-report.ts';
import { listed, statementId, units, unsourcedSentence } from './text.ts';

/** What each line was given, by line id: shipment by shipment. */
export function choicesByLine({ shipments }: OrderPlan): ReadonlyMap<string, readonly Choice[]> {
  const found = new Map<string, Choice[]>();
  for (const { nodeId, service, shipOn, deliverOn, lines } of shipments) {
    for (const { lineId, quantity } of lines) {
      const choice = { nodeId, service, shipOn, deliverOn, quantity };
      const own = found.get(lineId);
      if (own) own.push(choice);
      else found.set(lineId, [choice]);
    }
  }
  return found;
}

export function explainLine(
  line: OrderLine,
  chosen: readonly Choice[],
  orderPlan: OrderPlan,
  network: Network,
  runnerUp: LineExplanation['runnerUp'],
  rejections: LineExplanation['rejections'],
): LineExplanation {
  const left = orderPlan.unsourced.find((entry) => entry.lineId === line.lineId);
  const unsourced = left
    ? { quantity: left.quantity, reason: left.reason, sentence: unsourcedSentence(left.reason, left.quantity) }
    : null;
  const draft = {
    id: statementId('lines', line.lineId),
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
export function togetherSentence(others: readonly OrderLine[]): string[] {
  const named = others.some(({ shipTogether }) => shipTogether !== undefined);
  if (!named) return [];
  const lines = others.map(({ lineId }) => lineId);
  return [`It ships together with line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}.`];
}

function lineSentence(line: Omit<LineExplanation, 'sentence'>, network: Network): string {
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const parts: string[] = [];
  if (line.chosen.length > 0) {
    const whole = line.chosen.length === 1;
    const oneNode = new Set(line.chosen.map((choice) => choice.nodeId)).size < line.chosen.length;
    const placeOf = (choice: Choice): string =>
      oneNode ? `${nameOf(choice.nodeId)} on ${choice.shipOn}` : nameOf(choice.nodeId);
    const from = line.chosen.map((choice) => (whole ? placeOf(choice) : `${placeOf(choice)} (${choice.quantity})`));
    const supplied = line.chosen.reduce((sum, choice) => sum + choice.quantity, 0);
    const verb = line.chosen.length === 1 ? 'supplies' : 'supply';
    const why = line.chosen.length > 1 ? ': no single node could send all of it on one day' : '';
    parts.push(
      `${listed(from)} ${verb} ${line.unsourced ? `${supplied} of ${units(line.quantity)}` : units(supplied)}${why}.`,
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
    } else if (line.chosen.length === 1) parts.push('No other node could have done so.');
  }
  if (line.unsourced) parts.push(line.unsourced.sentence);
  return parts.join(' ');
}

export function summarise(orderPlan: OrderPlan, lineCount: number, network: Network): string[] {
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const ordered = orderedUnits(orderPlan);
  const sentences = orderPlan.shipments.map((shipment) => {
    const late =
      shipment.lateDays === 0 ? 'in time' : `${shipment.lateDays} day${shipment.lateDays === 1 ? '' : 's'} late`;
    return `${nameOf(shipment.nodeId)} ${journey(shipment, goodsOf(shipment, ordered, lineCount), nameOf)}, ${late}.`;
  });
  const missing = orderPlan.unsourced.reduce((sum, line) => sum + line.quantity, 0);
  if (missing > 0)
    sentences.push(
      `${units(missing)} on ${orderPlan.unsourced.length} line${orderPlan.unsourced.length === 1 ? '' : 's'} ${missing === 1 ? 'stays' : 'stay'} unsourced.`,
    );
  sentences.push(proofSentence(orderPlan));
  return sentences;
}

/** By line; each unit of an order is either shipped or unsourced. */
function orderedUnits({ shipments, unsourced }: OrderPlan): ReadonlyMap<string, number> {
  const ordered = new Map<string, number>();
  for (const { lineId, quantity } of [...shipments.flatMap(({ lines }) => lines), ...unsourced]) {
    ordered.set(lineId, (ordered.get(lineId) ?? 0) + quantity);
  }
  return ordered;
}

/** `both units`, `all 24 units`, `6 of 24 units`; in orders of several lines `both lines`, `all 20 lines`, `18 of 20 lines (1 in part)`. */
function goodsOf({ lines }: Shipment, ordered: ReadonlyMap<string, number>, lineCount: number): string {
  const sent = new Map<string, number>();
  for (const { lineId, quantity } of lines) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity);
  if (lineCount === 1) {
    const [[lineId, count] = ['', 0]] = sent;
    const of = ordered.get(lineId)!;
    if (count < of) return `${count} of ${units(of)}`;
    return count === 1 ? 'the unit' : count === 2 ? 'both units' : `all ${units(count)}`;
  }
  const parts = [...sent].filter(([lineId, count]) => count < ordered.get(lineId)!).length;
  const inPart = parts === 0 ? '' : parts === sent.size ? ' (in part)' : ` (${parts} in part)`;
  const all = lineCount === 2 ? 'both' : `all ${lineCount}`;
  return `${sent.size === lineCount ? all : `${sent.size} of ${lineCount}`} lines${inPart}`;
}

/** How the goods get to the customer, from what the node does on. */
function journey(
  { shipOn, service, deliverOn, collectAt, arriveOn }: Shipment,
  goods: string,
  nameOf: (nodeId: string) => string,
): string {
  if (collectAt === undefined) return `ships ${goods} on ${shipOn} by ${service}, delivered ${deliverOn}`;
  if (arriveOn === undefined) return `has ${goods} ready to collect on ${deliverOn}`;
  const ready = arriveOn === deliverOn ? `ready there on ${deliverOn}` : `there on ${arriveOn}, ready on ${deliverOn}`;
  return `sends ${goods} on ${shipOn} to ${nameOf(collectAt)}, ${ready}`;
}

/** The proof of an order that was weighed with others is held against having all stock and room to itself. */
function proofSentence({ cost, proof, method }: OrderPlan): string {
  if (method !== WAVE_METHOD) {
    return proof.proven
      ? 'Proven: no plan for this order costs less on the stock and capacity it found.'
      : aboveBest(cost.totalMicros, proof.lowerBoundMicros);
  }
  if (proof.gap < SEEN_SHARE) return 'It costs what it would with all stock and room to itself.';
  const share = (proof.gap * 100).toFixed(proof.gap < 0.01 ? 2 : 0);
  return `Orders were weighed together: with all stock and room to itself it might have cost less, by ${share} % at most.`;
}

/** Shares below this are rounding. */
const SEEN_SHARE = 0.00005;

/** The gap is a share of the cost; what a plan is above the best is a share of the best. */
function aboveBest(costMicros: number, lowerBoundMicros: number): string {
  if (lowerBoundMicros === 0) return 'How far it is from the best plan for this order is not known.';
  return `At most ${((costMicros / lowerBoundMicros - 1) * 100).toFixed(2)} % dearer than the best plan there may be for this order.`;
}
