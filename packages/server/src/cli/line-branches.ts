// Decides which lines of an order are told in a terminal, and how: of a large order those that something happened to.
import type { AppliedRule, Explanation, LineExplanation } from '@sourcewright/engine';
import { counted, lineTitle, type Names } from './names.ts';
import { rejectionBranches } from './rejection-branches.ts';
import { strong, tree } from './tree.ts';

export interface Detail {
  /** Only this line. */
  readonly lineId?: string | undefined;
  /** Every line, node and change by itself. */
  readonly all?: boolean | undefined;
  readonly cartons?: boolean | undefined;
}

/** Of up to this many lines all are told. */
export const MANY = 20;
/** Nodes that are named of those of which the same is said, where no line was asked for. */
const NAMED = 5;

export function renderLines({ lines, rules }: Explanation, names: Names, detail: Detail): string[] {
  const { shown, plain, others } = pickLines(lines, rules, detail);
  const told = new Set<string>();
  const how = 'Show one with --line <id>, all with --all.';
  return [
    ...shown.flatMap((line, at) => {
      const like = detail.all ? undefined : shown.slice(0, at).find((other) => isAlike(other, line));
      return renderLine(line, names, detail, { like, told });
    }),
    ...(others > 0 ? [`… and ${counted(others, 'more line')} left out, split or charged by a rule.`] : []),
    ...(plain > 0
      ? [
          `${shown.length > 0 ? `… and ${counted(plain, 'more line')}` : counted(plain, 'line')}, each whole from one node.`,
        ]
      : []),
    ...(others + plain > 0 ? [how, ''] : []),
  ];
}

interface Picked {
  readonly shown: readonly LineExplanation[];
  /** Lines that are whole from one node without a charge, and not shown. */
  readonly plain: number;
  /** Others that are not shown. */
  readonly others: number;
}

/** What is unsourced comes first where not all are told. */
function pickLines(
  lines: readonly LineExplanation[],
  rules: readonly AppliedRule[],
  { lineId, all = false }: Detail,
): Picked {
  if (lineId !== undefined) return { shown: lines.filter((line) => line.lineId === lineId), plain: 0, others: 0 };
  if (all || lines.length <= MANY) return { shown: lines, plain: 0, others: 0 };
  const charged = new Set(rules.flatMap((rule) => (rule.lineId === null ? [] : [rule.lineId])));
  const unsourced = lines.filter((line) => line.unsourced !== null);
  const touched = lines.filter(
    (line) => line.unsourced === null && (line.chosen.length > 1 || charged.has(line.lineId)),
  );
  const special = [...unsourced, ...touched];
  return {
    shown: special.slice(0, MANY),
    plain: lines.length - special.length,
    others: Math.max(0, special.length - MANY),
  };
}

/** Lines of one item, of which the same is said of the nodes that do not supply it. */
function isAlike(one: LineExplanation, other: LineExplanation): boolean {
  const said = ({ rejections }: LineExplanation): string => rejections.map(({ sentence }) => sentence).join('\n');
  return one.sku === other.sku && one.rejections.length > 1 && said(one) === said(other);
}

/** The next best is told in the sentence and not again among those turned down; what `like` has told is not told again. */
function renderLine(
  line: LineExplanation,
  names: Names,
  { lineId, all = false }: Detail,
  { like, told }: { readonly like: LineExplanation | undefined; readonly told: Set<string> },
): string[] {
  const { sentence, runnerUp, kept = [], rejections } = line;
  const others = rejections.filter(({ code, nodeId }) => code !== 'costs-more' || nodeId !== runnerUp?.nodeId);
  const dearerText = runnerUp ? 'Next by cost' : 'Sent from elsewhere it would cost more';
  const view = { names, named: lineId === undefined ? NAMED : Infinity, isFull: all, told, dearerText };
  const branches = [
    { text: sentence },
    ...kept.map((one) => ({ text: one.sentence })),
    ...(like ? [{ text: `The other nodes: as for line ${like.lineId}.` }] : rejectionBranches(others, view)),
  ];
  return [strong(lineTitle(line, names)), ...tree(branches), ''];
}
