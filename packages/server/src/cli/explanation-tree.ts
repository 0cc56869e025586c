// Decides how an explanation looks in a terminal: the answer first, then costs, what would flip it, and line by line.
// Leaves lines to line-branches.ts, nodes turned down to rejection-branches.ts and another plan to explanation-diff.ts.
import type { AppliedRule, Explanation, OrderRunnerUp, Packing, Scenario } from '@sourcewright/engine';
import { costRows } from './cost-table.ts';
import { foundText } from './fact-words.ts';
import { cents, money } from './figures.ts';
import { type Detail, renderLines } from './line-branches.ts';
import { listed, type Names, namesOf, orderText } from './names.ts';
import { renderNoticeLine } from './notice.ts';
import { type Branch, quiet, strong, tree } from './tree.ts';

export interface ExplanationDetail extends Detail {
  readonly thorough?: boolean | undefined;
  /** What the scenario was called in the call. */
  readonly path: string;
}

export function renderExplanation(scenario: Scenario, explanation: Explanation, detail: ExplanationDetail): string {
  const names = namesOf(scenario);
  const { orderId, cost } = explanation;
  const order = scenario.orders.find((candidate) => candidate.orderId === orderId);
  const asked = order ? `, ${orderText(order, names)}` : '';
  return [
    strong(`Order ${orderId}: ${money(cost.totalMicros)} ${scenario.snapshot.currency}${asked}`),
    ...tree(orderBranches(explanation, names, detail)),
    '',
    ...renderLines(explanation, names, detail),
    renderNoticeLine(scenario, detail.path),
  ]
    .join('\n')
    .trimEnd();
}

function orderBranches(explanation: Explanation, names: Names, detail: ExplanationDetail): Branch[] {
  const { summary, split, cascade = [], rules, packing = [] } = explanation;
  return [
    ...summary.map((text) => ({ text })),
    ...(split ? [{ text: split.sentence, below: textsOf(split.parts ?? []) }] : []),
    ...cascade.map(({ sentence }) => ({ text: sentence })),
    ...ruleBranches(rules, names, detail),
    ...costBranches(explanation, names),
    ...packing.map((one) => packingBranch(one, names, detail)),
    ...flipBranches(explanation, detail),
  ];
}

function textsOf(statements: readonly { readonly sentence: string }[]): Branch[] {
  return statements.map(({ sentence }) => ({ text: sentence }));
}

/** What one rule charged in several places hangs below its reason. */
function ruleBranches(rules: readonly AppliedRule[], names: Names, { all = false }: Detail): Branch[] {
  return [...Map.groupBy(rules, ({ rule, effect }) => `${rule}\n${effect}`).values()].flatMap((group): Branch[] => {
    const [first] = group;
    const found = (rule: AppliedRule): Branch[] =>
      rule.evidence.length === 0 ? [] : [{ text: quiet(foundText([rule.evidence], names)) }];
    if (group.length === 1 || all) return group.map((rule) => ({ text: rule.sentence, below: found(rule) }));
    const reason = ` by the rule "${first!.rule}": ${first!.because}`;
    const total = group.reduce((sum, { chargedMicros = 0 }) => sum + chargedMicros, 0);
    const below = group.slice(0, SHOWN).map(({ sentence }) => ({
      text: sentence.endsWith(reason) ? `${sentence.slice(0, -reason.length)}.` : sentence,
    }));
    const more = group.length > SHOWN ? [{ text: `… and ${group.length - SHOWN} more: --all shows them.` }] : [];
    return [{ text: `${money(total)} is charged${reason}`, below: [...below, ...more] }];
  });
}

/** Charges of one rule, and changes that would flip the order, that are told where not all were asked for. */
const SHOWN = 8;

/** With the next best beside it, where it differs by a cent or more. */
function costBranches(explanation: Explanation, names: Names): Branch[] {
  const { cost, runnerUp } = explanation;
  const chosen = { title: 'chosen', cost };
  if (!runnerUp) return [{ text: 'What it costs', below: costRows(chosen) }];
  const next = nextBestText(explanation, names);
  if (cents(runnerUp.margin.totalMicros) === 0)
    return [{ text: next }, { text: 'What it costs', below: costRows(chosen) }];
  const title = runnerUp.margin.totalMicros < 0 ? 'cheaper' : 'next best';
  return [{ text: next, below: costRows(chosen, { title, cost: runnerUp.cost, byMargin: true }) }];
}

/** By what moves: nodes that supply more than they do, in place of those that supply less. */
function nextBestText({ lines, runnerUp }: Explanation, names: Names): string {
  const { shipments, sentence } = runnerUp as OrderRunnerUp & { readonly sentence?: string };
  if (sentence !== undefined) return sentence;
  const moved = new Map<string, number>();
  const add = (nodeId: string, units: number): unknown => moved.set(nodeId, (moved.get(nodeId) ?? 0) + units);
  for (const { nodeId, quantity } of shipments) add(nodeId, quantity);
  for (const { chosen } of lines) for (const { nodeId, quantity } of chosen) add(nodeId, -quantity);
  const nodes = [...moved].filter(([, units]) => units !== 0);
  const text = (sign: number): string =>
    listed(
      nodes.flatMap(([nodeId, units]) => (units * sign > 0 ? [`${names.node(nodeId)} (${Math.abs(units)})`] : [])),
    );
  const [to, from] = [text(1), text(-1)];
  if (to === '')
    return from === '' ? 'The next best: the same nodes on other days.' : `The next best: without ${from}.`;
  return `The next best: ${to}${from === '' ? ' more' : ` in place of ${from}`}.`;
}

/** Contents only where they were asked for. */
function packingBranch({ sentence, cartons }: Packing, { item }: Names, { cartons: asked, all }: Detail): Branch {
  if (!asked && !all) return { text: sentence };
  const below = cartons.map(({ boxId, weightGrams, contents, count }) => {
    const held = contents.map(({ sku, quantity }) => `${quantity} × ${item(sku) || sku}`).join(', ');
    return { text: `${count} × ${boxId ?? 'as it is'}, ${(weightGrams / 1000).toFixed(1)} kg: ${held}` };
  });
  return { text: sentence, below };
}

/** Never silent: what would flip it, that nothing tried does, or how to look further. */
function flipBranches({ counterfactuals, notLookedFor }: Explanation, detail: ExplanationDetail): Branch[] {
  if (!counterfactuals) return [];
  const sentences = [...new Set(counterfactuals.map(({ sentence }) => sentence))];
  const shown = detail.all ? sentences : sentences.slice(0, SHOWN);
  const rest = sentences.length - shown.length;
  const more = rest > 0 ? [{ text: `… and ${rest} more: --all shows them.` }] : [];
  const further = detail.thorough ? '' : ' --thorough looks further.';
  return [
    ...(shown.length > 0
      ? [{ text: 'What would flip it', below: [...shown.map((text) => ({ text })), ...more] }]
      : [
          {
            text: notLookedFor
              ? 'Nothing was found that would flip it.'
              : 'No single change that was tried would flip it.',
          },
        ]),
    ...(notLookedFor ? [{ text: `${notLookedFor.sentence}${further}` }] : []),
  ];
}
