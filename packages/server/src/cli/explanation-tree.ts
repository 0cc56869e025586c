// Decides how an explanation looks in a terminal: a tree of sentences, with the costs of the choice and of the next best side by side.
import {
  COST_TERMS,
  type Explanation,
  type ExplanationDiff,
  type LineExplanation,
  type Packing,
  type Scenario,
  termMicros,
} from '@sourcewright/engine';
import { money, signedMoney } from './figures.ts';
import { renderNotice } from './notice.ts';
import { evidenceText, rejectionBranches } from './rejection-branches.ts';
import { renderTable } from './table.ts';
import { type Branch, quiet, strong, tree } from './tree.ts';

export function renderExplanation(scenario: Scenario, explanation: Explanation, lineId: string | undefined): string {
  const { snapshot } = scenario;
  const items = new Map(snapshot.items.map((item) => [item.sku, item.name ?? '']));
  const nodes = new Map(snapshot.nodes.map((node) => [node.nodeId, node.name]));
  const order = scenario.orders.find(({ orderId }) => orderId === explanation.orderId);
  const comes = order?.collectAt === undefined ? 'delivered' : 'ready';
  const lines = explanation.lines.filter((line) => lineId === undefined || line.lineId === lineId);
  return [
    strong(`Order ${explanation.orderId}: ${money(explanation.cost.totalMicros)} ${snapshot.currency}`),
    renderNotice(scenario),
    ...tree(orderBranches(explanation, nodes, items)),
    '',
    ...lines.flatMap((line) => renderLine(line, items.get(line.sku) ?? '', nodes, comes)),
  ].join('\n');
}

function orderBranches(
  explanation: Explanation,
  nodes: ReadonlyMap<string, string>,
  items: ReadonlyMap<string, string>,
): Branch[] {
  const { summary, split, cascade = [], rules, packing = [], counterfactuals = [], notLookedFor } = explanation;
  return [
    ...summary.map((text) => ({ text })),
    ...(split
      ? [{ text: split.sentence, below: (split.parts ?? []).map(({ sentence }) => ({ text: sentence })) }]
      : []),
    ...cascade.map(({ sentence }) => ({ text: sentence })),
    ...rules.map(({ sentence, evidence }) => ({
      text: sentence,
      below: evidence.map((one) => ({ text: quiet(evidenceText(one)) })),
    })),
    costBranch(explanation, nodes),
    ...packing.map((one) => packingBranch(one, items)),
    ...(counterfactuals.length > 0
      ? [{ text: 'What would flip it', below: counterfactuals.map(({ sentence }) => ({ text: sentence })) }]
      : []),
    ...(notLookedFor ? [{ text: notLookedFor.sentence }] : []),
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
  const second = runnerUp?.shipments.map(
    ({ nodeId, quantity }) => `${nodes.get(nodeId) ?? nodeId} (${quantity} ${quantity === 1 ? 'unit' : 'units'})`,
  );
  const text = second ? `Cost by term; the next best is ${second.join(' with ')}` : 'Cost by term';
  return { text, below: table.split('\n').map((row) => ({ text: row })) };
}

/** `comes` says what the last day of a shipment is. The next best is told in the sentence and not again among those turned down. */
function renderLine(
  { lineId, quantity, sku, sentence, runnerUp, kept = [], rejections }: LineExplanation,
  name: string,
  nodes: ReadonlyMap<string, string>,
  comes: 'delivered' | 'ready',
): string[] {
  const title = strong(`Line ${lineId}  ${quantity} × ${sku}${name ? ` ${name}` : ''}`);
  const next = runnerUp
    ? [
        {
          text: `next best: ${nodes.get(runnerUp.nodeId) ?? runnerUp.nodeId}, ${runnerUp.service}, ${comes} ${runnerUp.deliverOn}`,
        },
      ]
    : [];
  const others = rejections.filter(({ code, nodeId }) => code !== 'costs-more' || nodeId !== runnerUp?.nodeId);
  const keeping = kept.map((one) => ({ text: one.sentence }));
  return [title, ...tree([{ text: sentence }, ...keeping, ...next, ...rejectionBranches(others, nodes)]), ''];
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
