// Decides how a line's answer is put in sentences: who supplies it, what came second for it, and what of it stays open.
// Lines of one item are supplied together, so what is said of one is said of all of them.
import type { Choice, LineExplanation } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import type { OrderLine } from '../model/order.ts';
import type { OrderPlan } from '../model/plan.ts';
import { amountText, listed, type Missed, numbered, statementId, units } from './text.ts';

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

/** What is the same for all lines of one item. */
export interface Supply {
  readonly lines: readonly OrderLine[];
  readonly choices: ReadonlyMap<string, readonly Choice[]>;
  readonly runnerUp: LineExplanation['runnerUp'];
  readonly rejections: LineExplanation['rejections'];
  /** Nothing else of the order is shipped, but what ships together with it. */
  readonly isAll: boolean;
  readonly missed: Missed;
}

export function explainLine(
  line: OrderLine,
  supply: Supply,
  unsourced: LineExplanation['unsourced'],
  network: Network,
): LineExplanation {
  const { runnerUp, rejections } = supply;
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const chosen = supply.choices.get(line.lineId) ?? [];
  const sentences = [...suppliedSentences(chosen, supply, nameOf), ...(unsourced ? [unsourced.sentence] : [])];
  return {
    id: statementId('lines', line.lineId),
    lineId: line.lineId,
    sku: line.sku,
    quantity: line.quantity,
    chosen,
    runnerUp,
    unsourced,
    rejections,
    sentence: sentences.join(' '),
  };
}

/** Only of groups: lines of one sku always go by the same rules. */
export function togetherSentence(others: readonly OrderLine[]): string[] {
  const named = others.some(({ shipTogether }) => shipTogether !== undefined);
  if (!named) return [];
  const lines = others.map(({ lineId }) => lineId);
  return [`It ships together with line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}.`];
}

/** Who supplies it and what came second; none where nobody does. */
function suppliedSentences(own: readonly Choice[], supply: Supply, nameOf: (nodeId: string) => string): string[] {
  const { lines, runnerUp, isAll } = supply;
  const chosen = merged(lines.flatMap(({ lineId }) => supply.choices.get(lineId) ?? []));
  if (chosen.length === 0) return [];
  const isTwice = new Set(chosen.map(({ nodeId }) => nodeId)).size < chosen.length;
  const placeOf = ({ nodeId, shipOn }: Choice): string => `${nameOf(nodeId)}${isTwice ? ` on ${shipOn}` : ''}`;
  const partsOf = (choices: readonly Choice[]): string =>
    listed(choices.map((choice) => `${placeOf(choice)} (${choice.quantity})`));
  const [first] = chosen;
  const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const supplied = chosen.reduce((sum, { quantity }) => sum + quantity, 0);
  const who = chosen.length === 1 ? `${placeOf(first!)} supplies` : `${partsOf(chosen)} supply`;
  const what = `${supplied < wanted ? `${supplied} of ` : ''}${units(wanted)}`;
  const shared = lines.length > 1 ? ` on ${numbered(lines.map(({ lineId }) => lineId))} together` : '';
  const why = chosen.length > 1 && !runnerUp ? ': no single node could send all of it on one day' : '';
  const sentences = [`${who} ${what}${shared}${why}.`];
  if (lines.length > 1 && own.length === 0) sentences.push('Nothing of it is left for this line.');
  else if (lines.length > 1 && chosen.length > 1) sentences.push(`For this line: ${partsOf(own)}.`);
  if (runnerUp) {
    const isAgain = chosen.some(({ nodeId }) => nodeId === runnerUp.nodeId);
    const place = `${nameOf(runnerUp.nodeId)}${isAgain ? ` on ${runnerUp.shipOn}` : ''}`;
    sentences.push(secondSentence(place, runnerUp.marginMicros, chosen.length, supply));
  } else if (chosen.length === 1 && supplied === wanted) {
    sentences.push(`No other node could have done so${isAll ? '' : ', with all else as planned'}.`);
  }
  return sentences;
}

/** What one line costs more from elsewhere is not what the order does: others may go with it more cheaply. */
function secondSentence(place: string, marginMicros: number, sources: number, supply: Supply): string {
  const { lines, isAll, missed } = supply;
  const amount = amountText(marginMicros);
  const isOrder = isAll && sources === 1;
  if (isOrder && marginMicros < 0) return `${place} would make the order ${amount} cheaper: ${missed}.`;
  if (isOrder) {
    return `${place}, the next best, would ${marginMicros === 0 ? 'cost the same' : `make the order ${amount} dearer`}.`;
  }
  const [itself, it] = lines.length > 1 ? ['themselves', 'they'] : ['itself', 'it'];
  const moved = sources > 1 ? `Moved as a whole, with all else as planned, ${it}` : `Moved by ${itself}, ${it}`;
  if (marginMicros === 0) return `${moved} would cost the same from ${place}.`;
  return marginMicros > 0
    ? `${moved} would cost least from ${place}: ${amount} more.`
    : `${moved} would cost ${amount} less from ${place}: ${missed}.`;
}

/** By shipment. */
function merged(choices: readonly Choice[]): Choice[] {
  const found = new Map<string, Choice>();
  for (const choice of choices) {
    const key = `${choice.nodeId} ${choice.shipOn} ${choice.service}`;
    const known = found.get(key);
    found.set(key, known ? { ...known, quantity: known.quantity + choice.quantity } : choice);
  }
  return [...found.values()];
}
