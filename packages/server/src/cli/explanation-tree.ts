// Decides how an explanation looks in a terminal: a tree of sentences, with the costs of the choice and of the next best side by side.
import { styleText } from 'node:util';
import {
  COST_TERMS,
  type Explanation,
  type ExplanationDiff,
  type LineExplanation,
  type Packing,
  type Rejection,
  type Scenario,
  termMicros,
} from '@sourcewright/engine';
import { money, signedMoney } from './figures.ts';
import { renderNotice } from './notice.ts';
import { renderTable } from './table.ts';

/** A sentence with what hangs below it. */
interface Branch {
  readonly text: string;
  readonly below?: readonly Branch[];
}

/** Colours are left to the terminal: none where the output goes to a file or a pipe. */
const strong = (text: string): string => styleText('bold', text, { stream: process.stdout });
const quiet = (text: string): string => styleText('dim', text, { stream: process.stdout });

export function renderExplanation(scenario: Scenario, explanation: Explanation, lineId: string | undefined): string {
  const { snapshot } = scenario;
  const items = new Map(snapshot.items.map((item) => [item.sku, item.name ?? '']));
  const nodes = new Map(snapshot.nodes.map((node) => [node.nodeId, node.name]));
  const lines = explanation.lines.filter((line) => lineId === undefined || line.lineId === lineId);
  return [
    strong(`Order ${explanation.orderId}: ${money(explanation.cost.totalMicros)} ${snapshot.currency}`),
    renderNotice(scenario),
    ...tree(orderBranches(explanation, nodes, items)),
    '',
    ...lines.flatMap((line) => renderLine(line, items.get(line.sku) ?? '', nodes)),
  ].join('\n');
}

function orderBranches(
  explanation: Explanation,
  nodes: ReadonlyMap<string, string>,
  items: ReadonlyMap<string, string>,
): Branch[] {
  const { summary, split, cascade = [], packing = [], counterfactuals = [] } = explanation;
  return [
    ...summary.map((text) => ({ text })),
    ...(split ? [{ text: split.sentence }] : []),
    ...cascade.map(({ sentence }) => ({ text: sentence })),
    costBranch(explanation, nodes),
    ...packing.map((one) => packingBranch(one, items)),
    ...(counterfactuals.length > 0
      ? [{ text: 'What would flip it', below: counterfactuals.map(({ sentence }) => ({ text: sentence })) }]
      : []),
  ];
}

function packingBranch({ sentence, cartons }: Packing, items: ReadonlyMap<string, string>): Branch {
  const below = cartons.map(({ boxId, weightGrams, contents, count }) => {
    const held = contents.map(({ sku, quantity }) => `${quantity} × ${items.get(sku) || sku}`).join(', ');
    return { text: `${count} × ${boxId ?? 'as it is'}, ${(weightGrams / 1000).toFixed(1)} kg: ${held}` };
  });
  return { text: sentence, below };
}

/** Terms that are not nothing; with the next best where there is one. */
function costBranch({ cost, runnerUp }: Explanation, nodes: ReadonlyMap<string, string>): Branch {
  const terms = COST_TERMS.filter(
    (term) => termMicros(cost, term) !== 0 || (runnerUp && termMicros(runnerUp.cost, term) !== 0),
  );
  const amounts = (name: string, of: (from: typeof cost) => number): string[] => [
    name,
    money(of(cost)),
    ...(runnerUp ? [money(of(runnerUp.cost)), signedMoney(of(runnerUp.margin))] : []),
  ];
  const table = renderTable(
    [
      { title: 'cost' },
      { title: 'chosen', align: 'right' },
      ...(runnerUp
        ? [{ title: 'next best', align: 'right' } as const, { title: 'more', align: 'right' } as const]
        : []),
    ],
    [
      ...terms.map((term) => amounts(term, (from) => termMicros(from, term))),
      amounts('total', (from) => from.totalMicros),
    ],
  );
  const second = runnerUp?.shipments.map(({ nodeId, quantity }) => `${nodes.get(nodeId) ?? nodeId} (${quantity})`);
  const text = second ? `Cost by term; the next best is ${second.join(' and ')}` : 'Cost by term';
  return { text, below: table.split('\n').map((row) => ({ text: row })) };
}

function renderLine(line: LineExplanation, name: string, nodes: ReadonlyMap<string, string>): string[] {
  const title = strong(`Line ${line.lineId}  ${line.quantity} × ${line.sku}${name ? ` ${name}` : ''}`);
  const { runnerUp } = line;
  const next = runnerUp
    ? [
        {
          text: `next best: ${nodes.get(runnerUp.nodeId) ?? runnerUp.nodeId}, ${runnerUp.service}, delivered ${runnerUp.deliverOn}, ${money(runnerUp.marginMicros)} more`,
        },
      ]
    : [];
  return [title, ...tree([{ text: line.sentence }, ...next, ...rejectionBranches(line.rejections, nodes)]), ''];
}

/** From this many nodes on, what is the same for all of them is said once. */
const GROUPED_FROM = 3;

/** Whether its sentence is about this node alone. */
function hasFigures({ wanted, marginMicros }: Rejection): boolean {
  return wanted !== undefined || marginMicros !== undefined;
}

function rejectionBranches(rejections: readonly Rejection[], nodes: ReadonlyMap<string, string>): Branch[] {
  const alike = (one: Rejection): Rejection[] =>
    hasFigures(one) ? [] : rejections.filter(({ code, rule }) => code === one.code && rule === one.rule);
  return rejections.flatMap((rejection): Branch[] => {
    const group = alike(rejection);
    if (group.length < GROUPED_FROM) return [rejectionBranch(rejection)];
    if (group[0] !== rejection) return [];
    const names = group.map(({ nodeId }) => nodes.get(nodeId) ?? nodeId).join(', ');
    const { text, below = [] } = rejectionBranch(rejection);
    return [{ text: `${text} (${group.length} nodes alike)`, below: [{ text: quiet(names) }, ...below] }];
  });
}

function rejectionBranch({ sentence, evidence = [], lastUnit }: Rejection): Branch {
  const found = evidence.map(
    ({ fact, operator, expected, actual }) =>
      `${fact} ${operator} ${JSON.stringify(expected)}: it is ${JSON.stringify(actual)}`,
  );
  const below = [...found, ...(lastUnit ? [lastUnit.sentence] : [])];
  return { text: sentence, below: below.map((text) => ({ text: quiet(text) })) };
}

function tree(branches: readonly Branch[]): string[] {
  return branches.flatMap(({ text, below = [] }, index) => {
    const last = index === branches.length - 1;
    return [`  ${last ? '└' : '├'} ${text}`, ...below.map((row) => `  ${last ? ' ' : '│'}   ${row.text}`)];
  });
}

export function renderDiff(scenario: Scenario, diff: ExplanationDiff, against: string): string {
  const nodes = new Map(scenario.snapshot.nodes.map((node) => [node.nodeId, node.name]));
  const names = (ids: readonly string[]): string => ids.map((id) => nodes.get(id) ?? id).join(' and ') || 'nobody';
  const terms = COST_TERMS.filter((term) => termMicros(diff.cost, term) !== 0);
  const moved = diff.moved.map(({ lineId, from, to }) => ({ text: `line ${lineId}: ${names(from)} → ${names(to)}` }));
  const reasons = diff.changes.filter(({ sameReason }) => !sameReason);
  const figures = diff.changes.length - reasons.length;
  return [
    strong(
      `Order ${diff.orderId}: ${signedMoney(diff.cost.totalMicros)} ${scenario.snapshot.currency} against ${against}`,
    ),
    ...tree([
      moved.length > 0 ? { text: 'Who supplies it', below: moved } : { text: 'The same nodes supply it.' },
      ...(terms.length > 0
        ? [
            {
              text: 'Cost',
              below: terms.map((term) => ({ text: `${term} ${signedMoney(termMicros(diff.cost, term))}` })),
            },
          ]
        : []),
      ...reasons.map(({ id, before, after }) => ({
        text: id,
        below: [
          ...(before === null ? [] : [{ text: quiet(`− ${before}`) }]),
          ...(after === null ? [] : [{ text: `+ ${after}` }]),
        ],
      })),
      ...(figures > 0
        ? [{ text: `${figures} more statement${figures === 1 ? ' has' : 's have'} other figures.` }]
        : []),
    ]),
    '',
  ].join('\n');
}
