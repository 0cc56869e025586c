// Decides how the summary of an order is put in sentences: what each shipment takes along and when, what stays open, how good it is proven to be.
import type { Network } from '../model/network.ts';
import type { OrderPlan, Shipment } from '../model/plan.ts';
import { WAVE_METHOD } from '../solve/wave/wave-report.ts';
import { amountText, listed, numbered, units } from './text.ts';

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
  sentences.push(...proofSentence(orderPlan));
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

/**
 * `both units`, `all 24 units`, `6 of 24 units`; in orders of several lines `both lines`, `all 20 lines`, `lines 2 and 5`,
 * `14 of the 72 units of line 2`, `18 of 20 lines (line 5 in part: 3 of 6 units)`.
 */
function goodsOf({ lines }: Shipment, ordered: ReadonlyMap<string, number>, lineCount: number): string {
  const sent = new Map<string, number>();
  for (const { lineId, quantity } of lines) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity);
  if (lineCount === 1) {
    const [[lineId, count] = ['', 0]] = sent;
    const of = ordered.get(lineId)!;
    if (count < of) return `${count} of ${units(of)}`;
    return count === 1 ? 'the unit' : count === 2 ? 'both units' : `all ${units(count)}`;
  }
  const whole = [...sent].filter(([lineId, count]) => count === ordered.get(lineId)!).map(([lineId]) => lineId);
  const parts = [...sent].filter(([lineId, count]) => count < ordered.get(lineId)!);
  if (sent.size <= MOST_NAMED) {
    const named = parts.map(([lineId, count]) => `${count} of the ${units(ordered.get(lineId)!)} of line ${lineId}`);
    return [listed(named), ...(whole.length > 0 ? [numbered(whole, lineCount)] : [])].filter(Boolean).join(', and ');
  }
  const all = sent.size === lineCount ? numbered([...sent.keys()], lineCount) : `${sent.size} of ${lineCount} lines`;
  if (parts.length === 0) return all;
  const [only] = parts.map(([lineId, count]) => `line ${lineId} in part: ${count} of ${units(ordered.get(lineId)!)}`);
  return `${all} (${parts.length === 1 ? only : `${parts.length} in part`})`;
}

/** Lines of a shipment that are named one by one. */
const MOST_NAMED = 3;

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

/** What could still be saved at most; of an order that was weighed with others, with all stock and room to itself. Or nothing. */
function proofSentence({ cost, proof, method }: OrderPlan): string[] {
  const isTogether = method === WAVE_METHOD;
  if (proof.proven && !isTogether) {
    return ['Proven: no plan for this order costs less on the stock and capacity it found.'];
  }
  const saveable = cost.totalMicros - proof.lowerBoundMicros;
  if (saveable < SEEN_MICROS) {
    return isTogether
      ? ['With all stock and room to itself it would cost no less.']
      : ['No plan for this order costs less by a penny on the stock and capacity it found.'];
  }
  // Where nothing is known but that no plan costs less than nothing, nothing can be said.
  if (proof.lowerBoundMicros <= 0) return [];
  return [
    isTogether
      ? `Other orders share the stock and the room: with all of it to itself this one could cost ${amountText(saveable)} less at most.`
      : `A better plan for this order would save ${amountText(saveable)} at most, on the stock and capacity it found.`,
  ];
}

/** Amounts below this are rounding. */
const SEEN_MICROS = 5000;
