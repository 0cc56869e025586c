// Decides how an explanation looks in a terminal: the answer first, then costs, what would flip it, and line by line.
// Leaves lines to line-branches.ts, nodes turned down to rejection-branches.ts and another plan to explanation-diff.ts.
import type { AppliedRule, Explanation, Packing, Scenario } from '@sourcewright/engine';
import { costRows } from './cost-table.ts';
import { foundText } from './fact-words.ts';
import { cents, money } from './figures.ts';
import { type Detail, renderLines } from './line-branches.ts';
import { type Names, namesOf, orderText } from './names.ts';
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
    ...costBranches(explanation),
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
function costBranches({ cost, runnerUp }: Explanation): Branch[] {
  const chosen = { title: 'chosen', cost };
  if (!runnerUp) return [{ text: 'What it costs', below: costRows(chosen) }];
  if (cents(runnerUp.margin.totalMicros) === 0)
    return [{ text: runnerUp.sentence }, { text: 'What it costs', below: costRows(chosen) }];
  const title = runnerUp.margin.totalMicros < 0 ? 'cheaper' : 'next best';
  return [{ text: runnerUp.sentence, below: costRows(chosen, { title, cost: runnerUp.cost, byMargin: true }) }];
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
  const none = notLookedFor
    ? 'Nothing was found that would flip it.'
    : 'No single change that was tried would flip it.';
  return [
    ...(shown.length > 0
      ? [{ text: 'What would flip it', below: [...shown.map((text) => ({ text })), ...more] }]
      : notLookedFor?.nothingTried
        ? []
        : [{ text: none }]),
    ...(notLookedFor ? [{ text: `${notLookedFor.sentence}${further}` }] : []),
  ];
}
