// Decides how an order in two plans is told in a terminal: who supplies what instead, both costs, and why, line by line.
import type { Explanation, ExplanationDiff, LineExplanation, Scenario, StatementChange } from '@sourcewright/engine';
import { costRows } from './cost-table.ts';
import { cents, money } from './figures.ts';
import { type Detail, MANY } from './line-branches.ts';
import { counted, lineTitle, listed, type Names, namesOf } from './names.ts';
import { type Branch, quiet, strong, tree } from './tree.ts';

export interface TwoExplanations {
  readonly before: Explanation;
  readonly after: Explanation;
  readonly diff: ExplanationDiff;
}

export interface DiffDetail extends Detail {
  /** What the other plan is called: its strategy, or its file where both have one strategy. */
  readonly before: string;
  /** The strategy of the plan itself. */
  readonly now: string;
}

export function renderDiff(scenario: Scenario, two: TwoExplanations, detail: DiffDetail): string {
  const names = namesOf(scenario);
  const { before, after, diff } = two;
  const moved = diff.moved.filter(({ lineId }) => detail.lineId === undefined || lineId === detail.lineId);
  const titles = { before: `before (${detail.before})`, now: `now (${detail.now})` };
  const apart = cents(after.cost.totalMicros) - cents(before.cost.totalMicros);
  const table = costRows({ title: titles.before, cost: before.cost }, { title: titles.now, cost: after.cost });
  const told = pickChanges(two, detail);
  return [
    strong(`Order ${diff.orderId}: ${againstText(apart, scenario.snapshot.currency)} with ${detail.before}`),
    ...tree([
      moved.length > 0 ? movedBranch(moved, names) : { text: 'The same nodes supply it.' },
      ...(apart !== 0 || diff.moved.length > 0 ? [{ text: 'What it costs', below: table }] : []),
      ...told.shown.map((change) => changeBranch(change, after, names, titles)),
      ...countBranches(told, detail),
    ]),
    '',
  ].join('\n');
}

function againstText(apartCents: number, currency: string): string {
  if (apartCents === 0) return 'costs the same as';
  return `${money(Math.abs(apartCents) * 10_000)} ${currency} ${apartCents > 0 ? 'dearer' : 'cheaper'} than`;
}

/** Lines that moved alike in one row. */
function movedBranch(moved: ExplanationDiff['moved'], names: Names): Branch {
  const who = (nodeIds: readonly string[]): string => listed(nodeIds.map(names.node)) || 'nobody';
  const alike = Map.groupBy(moved, ({ from, to }) => `${who(from)} → ${who(to)}`);
  const below = [...alike].map(([way, lines]) => {
    const ids = lines.map(({ lineId }) => lineId);
    return { text: `${ids.length > MANY ? counted(ids.length, 'line') : linesText(ids)}: ${way}` };
  });
  return { text: 'Who supplies it, before → now', below };
}

function linesText(ids: readonly string[]): string {
  return `${ids.length === 1 ? 'Line' : 'Lines'} ${listed(ids)}`;
}

interface Picked {
  readonly shown: readonly StatementChange[];
  /** Statements with another reason that are not shown. */
  readonly reasons: number;
  /** Statements with the same reason and other figures. */
  readonly figures: number;
}

/**
 * Why nodes are turned down counts only for those that supplied a moved line before, or do now, and only where more than money
 * was in the way: the sentence of the line has its money, and with another plan what others left differs nearly everywhere.
 */
function pickChanges({ before, after, diff }: TwoExplanations, { lineId, all = false }: DiffDetail): Picked {
  const lineOf = new Map(after.lines.map((line) => [line.lineId, line]));
  const telling = new Set(
    diff.moved.flatMap(({ lineId: id, from, to }) =>
      [...from, ...to].map((nodeId) => rejectionKey(lineOf.get(id)!.sku, nodeId)),
    ),
  );
  const money = new Set([before, after].flatMap(({ lines }) => lines.flatMap(decidedByCost)));
  const own = lineId === undefined ? undefined : lineOf.get(lineId);
  const asked = own ? diff.changes.filter((change) => isAbout(change, own)) : diff.changes;
  const reasons = asked.filter(({ sameReason }) => !sameReason);
  const figures = asked.length - reasons.length;
  if (all) return { shown: reasons, reasons: 0, figures };
  const shown = reasons
    .filter(
      ({ id, sku, nodeId, kind }) =>
        kind !== 'rejection' || (!money.has(id) && telling.has(rejectionKey(sku!, nodeId!))),
    )
    .slice(0, MANY);
  return { shown: byLine(shown, after), reasons: reasons.length - shown.length, figures };
}

/** What is said of a line, then of the nodes for its item; before all lines what is about the order. */
function byLine(changes: readonly StatementChange[], { lines }: Explanation): StatementChange[] {
  const rank = ({ kind, lineId, sku }: StatementChange): number =>
    kind === 'line' || kind === 'rejection'
      ? lines.findIndex((line) => (lineId === undefined ? line.sku === sku : line.lineId === lineId))
      : -1;
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

function decidedByCost({ rejections }: LineExplanation): string[] {
  return rejections.flatMap(({ id, code }) => (code === 'costs-more' ? [id] : []));
}

function rejectionKey(sku: string, nodeId: string): string {
  return JSON.stringify([sku, nodeId]);
}

function isAbout({ lineId, sku }: StatementChange, line: LineExplanation): boolean {
  return lineId === line.lineId || (lineId === undefined && sku === line.sku);
}

function changeBranch(
  change: StatementChange,
  { lines }: Explanation,
  names: Names,
  titles: { readonly before: string; readonly now: string },
): Branch {
  const { before, after } = change;
  const said = (title: string, sentence: string | null): Branch[] =>
    sentence === null ? [] : [{ text: `${quiet(`${title}:`)} ${sentence}` }];
  return { text: aboutText(change, lines, names), below: [...said(titles.before, before), ...said(titles.now, after)] };
}

/** What a statement is about, by name. */
function aboutText(change: StatementChange, lines: readonly LineExplanation[], names: Names): string {
  const { kind, lineId, sku, nodeId, rule } = change;
  const line = lines.find((candidate) => candidate.lineId === lineId);
  switch (kind) {
    case 'line':
      return line ? lineTitle(line, names) : `Line ${lineId}`;
    case 'rejection':
      return `${names.node(nodeId!)} for ${names.item(sku!) || sku!}`;
    case 'rule':
      return `Rule "${rule}"`;
    case 'strategy':
      return `Strategy ${rule}`;
    case 'split':
      return 'Shipments';
    case 'change':
      return 'What would flip it';
  }
}

function countBranches({ reasons, figures }: Picked, { all = false }: DiffDetail): Branch[] {
  const parts = [
    ...(reasons > 0
      ? [`${counted(reasons, 'more statement')} with another reason${all ? '' : ' (--all shows them)'}`]
      : []),
    ...(figures > 0 ? [`${counted(figures, 'statement')} with the same reason and other figures`] : []),
  ];
  return parts.length > 0 ? [{ text: `Besides: ${listed(parts)}.` }] : [];
}
