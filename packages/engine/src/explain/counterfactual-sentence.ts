// Decides how a counterfactual is said: who would supply the line, what would have to be other, and what is not enough.
import { decimal } from '../base/money.ts';
import type { Change, ChangeKind, Counterfactual } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import { CHANGES, say } from './reasons.ts';
import { listed, units } from './text.ts';

/** `lines` are told as one: `line 2`, `all 3 lines`. */
export function counterfactualSentence(
  change: Change,
  justLess: Counterfactual['justLess'],
  becomes: Counterfactual['becomes'],
  lines: string,
  network: Network,
): string {
  const nameOf = (nodeId: string): string => network.nodes[network.nodeAt.get(nodeId)!]!.name;
  const { nodeId, sku, rule, from } = change;
  const isItself = becomes.nodeIds.length === 1 && becomes.nodeIds[0] === nodeId;
  const sentence = say(CHANGES[change.kind], {
    so: whoWould(becomes, lines, nameOf),
    ...(nodeId === undefined ? {} : { node: isItself && IT.has(change.kind) ? 'it' : nameOf(nodeId) }),
    carriage: change.rateCardId === undefined ? undefined : carriageOf(change, network),
    sku: sku === undefined ? undefined : (network.items.get(sku)?.name ?? sku),
    rule,
    from: AMOUNTS[change.kind](change, from),
    to: AMOUNTS[change.kind](change, change.to),
  });
  if (justLess === null || justLess === from) return sentence;
  return `${sentence.slice(0, -1)} (${AMOUNTS[change.kind](change, justLess)} is not enough).`;
}

/** What is paid for by a rate card. */
function carriageOf({ rateCardId, zone }: Change, { snapshot }: Network): string {
  const { name, kind = 'delivery' } = snapshot.rateCards.find((card) => card.rateCardId === rateCardId)!;
  if (kind === 'pickup') return `a hand-over by ${name}`;
  return `${kind === 'transfer' ? 'a transfer' : 'a parcel'} by ${name} to zone ${zone}`;
}

/** Changes whose node can be said as "it" where it is who would supply the line. */
const IT: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['stock', 'distance', 'capacity']);

function whoWould(
  { nodeIds, unsourced }: Counterfactual['becomes'],
  lines: string,
  nameOf: (nodeId: string) => string,
): string {
  if (nodeIds.length === 0) return `${lines.charAt(0).toUpperCase()}${lines.slice(1)} would stay unsourced`;
  const what = unsourced > 0 ? `all but ${units(unsourced)} of ${lines}` : lines;
  return `${listed(nodeIds.map(nameOf))} would supply ${what}`;
}

type Amount = (change: Change, at: Change['to']) => string;

const money: Amount = (_, at) => decimal(Number(at));
const plain: Amount = (_, at) => String(at);

/** How an amount of a change is said, with its unit. */
const AMOUNTS: Readonly<Record<ChangeKind, Amount>> = {
  stock: ({ from }, at) => moreOrFewer(Number(at) - Number(from), 'unit'),
  capacity: ({ from, limit }, at) =>
    moreOrFewer(Number(at) - Number(from), limit === 'unitsPerDay' ? 'unit' : 'shipment'),
  distance: (_, at) => `${at} km`,
  rate: (_, at) => `${decimal(Math.abs(Number(at)))} ${Number(at) > 0 ? 'more' : 'less'}`,
  handling: money,
  'split-charge': money,
  'late-charge': money,
  cutoff: plain,
  promise: plain,
  rule: plain,
};

function moreOrFewer(by: number, what: string): string {
  const count = Math.abs(by);
  return `${count} ${by > 0 ? 'more' : 'fewer'} ${what}${count === 1 ? '' : 's'}`;
}
