// Decides how nodes that were turned down are told in a terminal: by what they would cost more, and what is alike said once.
import { type Evidence, OPERATORS, type Rejection } from '@sourcewright/engine';
import { type Branch, quiet } from './tree.ts';

/** From this many nodes on, what is the same for all of them is said once. */
const GROUPED_FROM = 3;

/** Those that cost decided by their margin, then the others in the order of the nodes. */
export function rejectionBranches(rejections: readonly Rejection[], nodes: ReadonlyMap<string, string>): Branch[] {
  const margin = ({ marginMicros = Infinity }: Rejection): number => marginMicros;
  const groups = new Map<string, Rejection[]>();
  for (const rejection of rejections.toSorted((a, b) => (margin(a) === margin(b) ? 0 : margin(a) - margin(b)))) {
    const key = keyOf(rejection);
    const group = groups.get(key);
    if (group) group.push(rejection);
    else groups.set(key, [rejection]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length < GROUPED_FROM ? group.map(rejectionBranch) : [groupBranch(group, nodes)],
  );
}

/** Equal for nodes of which the same can be said; units differ from node to node. */
function keyOf({ code, nodeId, rule, wanted, marginMicros }: Rejection): string {
  return [code, rule ?? '', marginMicros ?? '', wanted === undefined ? '' : nodeId].join('\n');
}

function groupBranch(group: readonly Rejection[], nodes: ReadonlyMap<string, string>): Branch {
  const [first, ...others] = group.map(({ nodeId }) => nodes.get(nodeId) ?? nodeId);
  const { text, below = [] } = rejectionBranch(group[0]!);
  const names = `So it is with ${others.length} more: ${others.join(', ')}.`;
  return { text, below: first === undefined ? below : [{ text: quiet(names) }, ...below] };
}

function rejectionBranch({ sentence, evidence = [], lastUnit }: Rejection): Branch {
  const below = [...evidence.map(evidenceText), ...(lastUnit ? [lastUnit.sentence] : [])];
  return { text: sentence, below: below.map((text) => ({ text: quiet(text) })) };
}

/** `node.type is "store": it is "store"`. */
export function evidenceText({ fact, operator, expected, actual }: Evidence): string {
  const words = OPERATORS.find(({ name }) => name === operator)?.text ?? operator;
  const found = actual === undefined || actual === null ? 'there is none' : `it is ${JSON.stringify(actual)}`;
  return `${fact} ${words} ${JSON.stringify(expected)}: ${found}`;
}
