// Decides how nodes that were turned down are told in a terminal: what is alike is said once, with who it is said of.
import type { Rejection } from '@sourcewright/engine';
import { foundKey, foundText } from './fact-words.ts';
import { amount, cents } from './figures.ts';
import { counted, listed, type Names } from './names.ts';
import { type Branch, quiet } from './tree.ts';

/** From this many nodes on, what is the same for all of them is said once; what only costs more fits a row sooner. */
const GROUPED_FROM = 3;
const DEARER_FROM = 2;

export interface RejectionView {
  readonly names: Names;
  /** How many of what is said once are named. */
  readonly named: number;
  /** Each node by itself. */
  readonly isFull: boolean;
  /** Reasons of rules that lines before have told: they are not told again. Filled on the way. */
  readonly told: Set<string>;
  /** What stands before those that cost more. */
  readonly dearerText: string;
}

/** Those that cost decided by their margin, then the others in the order of the nodes. */
export function rejectionBranches(rejections: readonly Rejection[], view: RejectionView): Branch[] {
  const margin = ({ marginMicros = Infinity }: Rejection): number => marginMicros;
  const sorted = rejections.toSorted((a, b) => (margin(a) === margin(b) ? 0 : margin(a) - margin(b)));
  if (view.isFull) return sorted.map((rejection) => single(rejection, view.names));
  const groups = Map.groupBy(sorted, (rejection) => keyOf(rejection, view.names));
  return [...groups.values()].flatMap((group) =>
    group.length < (isDearer(group[0]!) ? DEARER_FROM : GROUPED_FROM)
      ? group.map((rejection) => brief(rejection, view))
      : groupBranches(group, view),
  );
}

/** Equal for nodes of which the same can be said; amounts and units differ from node to node. */
function keyOf(rejection: Rejection, { node }: Names): string {
  const { code, nodeId, rule = '', wanted, sentence, evidence = [] } = rejection;
  if (code === 'no-stock-left') return code;
  if (isDearer(rejection)) return [code, rejection.units === undefined, rejection.insteadOf ?? ''].join('\n');
  const said = sentence.replace(node(nodeId), '').replaceAll(/\d+(\.\d+)?/g, '#');
  return [code, rule, code === 'not-enough-stock' ? wanted : said, foundKey(evidence)].join('\n');
}

function isDearer({ code, marginMicros = 0 }: Rejection): boolean {
  return code === 'costs-more' && marginMicros > 0;
}

function single({ sentence, evidence = [], lastUnit }: Rejection, names: Names): Branch {
  const below = [foundText([evidence], names), lastUnit?.sentence ?? ''].filter(Boolean);
  return { text: sentence, below: below.map((text) => ({ text: quiet(text) })) };
}

/** One node, without the reason that its rule was told with before. */
function brief(rejection: Rejection, view: RejectionView): Branch {
  return withoutTold(rejection, foundText([rejection.evidence ?? []], view.names), single(rejection, view.names), view);
}

/** What a rule found may differ where its reason does not: then that is told again. */
function withoutTold({ rule, because }: Rejection, found: string, branch: Branch, { told }: RejectionView): Branch {
  if (rule === undefined || because === undefined) return branch;
  const text = branch.text.replace(`: ${because}`, ', as above.');
  const [wasTold, wasFound] = [told.has(rule) && text !== branch.text, told.has(`${rule}\n${found}`)];
  told.add(rule).add(`${rule}\n${found}`);
  if (!wasTold) return branch;
  return { text, below: wasFound || found === '' ? [] : [{ text: quiet(found) }] };
}

function groupBranches(group: readonly Rejection[], view: RejectionView): Branch[] {
  const { code } = group[0]!;
  if (isDearer(group[0]!)) return [dearerBranch(group, view)];
  if (code === 'not-enough-stock') return [tooLittleBranch(group, view)];
  const found = foundText(
    group.map(({ evidence = [] }) => evidence),
    view.names,
  );
  const who = namedOf(
    group.map(({ nodeId }) => view.names.node(nodeId)),
    view,
  );
  const below = [who, found].filter(Boolean).map((text) => ({ text: quiet(text) }));
  const branch = { text: headline(group, view.names), below: [...below, ...lastUnits(group, view)] };
  return [withoutTold(group[0]!, found, branch, view)];
}

const NOTHING_LEFT = /( has nothing left to give): .*$/;

/** `Each of 5 nodes has nothing left to give.`, from what is said of one of them. */
function headline(group: readonly Rejection[], { node }: Names): string {
  const { nodeId, code, sentence: first } = group[0]!;
  const name = node(nodeId);
  // What is there, and who has it, differs from node to node.
  const sentence = code === 'no-stock-left' ? first.replace(NOTHING_LEFT, '$1.') : first;
  if (sentence.includes(`${name} is not asked`)) {
    return sentence.replace(`${name} is not asked`, `${group.length} nodes are not asked`);
  }
  if (sentence.startsWith(`${name} `)) return `Each of ${group.length} nodes${sentence.slice(name.length)}`;
  return `${sentence} So it is with ${group.length - 1} more.`;
}

function dearerBranch(group: readonly Rejection[], { names, named, dearerText }: RejectionView): Branch {
  const { units, insteadOf } = group[0]!;
  const heading =
    units === undefined
      ? dearerText
      : insteadOf === undefined
        ? 'Sending some of what is left out would cost more'
        : `In place of ${names.node(insteadOf)} it would cost more`;
  const shown = group.slice(0, named).map(({ nodeId, units: part, marginMicros }) => {
    const who = part === undefined ? names.node(nodeId) : `${names.node(nodeId)} (${counted(part, 'unit')})`;
    return `${who} ${marginText(marginMicros!)}`;
  });
  const more = group.length - shown.length;
  const rest = more > 0 ? ` and ${more} more, up to ${marginText(group.at(-1)!.marginMicros!)}` : '';
  return { text: `${heading}: ${shown.join(', ')}${rest}.` };
}

function marginText(micros: number): string {
  return cents(micros) === 0 ? 'less than 0.01' : `+${amount(micros)}`;
}

function tooLittleBranch(group: readonly Rejection[], view: RejectionView): Branch {
  const has = ({ available = 0 }: Rejection): number => available;
  const sorted = group.toSorted((a, b) => has(b) - has(a));
  const [most, least] = [has(sorted[0]!), has(sorted.at(-1)!)];
  const range = most === least ? `${most}` : `${least} to ${most}`;
  const who = sorted.map((one) =>
    most === least ? view.names.node(one.nodeId) : `${view.names.node(one.nodeId)} ${has(one)}`,
  );
  return {
    text: `Too little stock at ${group.length} nodes: ${range} of the ${group[0]!.wanted} units wanted.`,
    below: [{ text: quiet(namedOf(who, view)) }, ...lastUnits(sorted, view)],
  };
}

/** Who got it there instead, by node. */
function lastUnits(group: readonly Rejection[], { names, named }: RejectionView): Branch[] {
  const told = group.flatMap(({ nodeId, lastUnit }) =>
    lastUnit ? [{ text: quiet(`${names.node(nodeId)}: ${lastUnit.sentence}`) }] : [],
  );
  return told.slice(0, named);
}

function namedOf(who: readonly string[], { named }: RejectionView): string {
  if (who.length <= named) return `${listed(who)}.`;
  return `${who.slice(0, named).join(', ')} and ${who.length - named} more.`;
}
