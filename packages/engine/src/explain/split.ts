// Decides why an order left in more than one shipment, and what could be saved: no way around it, a rule, speed, money, or nobody looked.
import { decimal } from '../base/money.ts';
import type { Explanation, SplitCause } from '../model/explanation.ts';
import type { CostBreakdown } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { type DraftOrder, draftMicros, fits, gatherAt, gathering, isAllowed } from './draft-order.ts';
import { say, SPLITS } from './reasons.ts';
import { splitParts } from './split-parts.ts';
import type { ReSourcer } from './resource-order.ts';
import { changedCost, type CostContext } from './runner-up.ts';
import { amountText, missedBy } from './text.ts';

type Split = NonNullable<Explanation['split']>;

/** The cheapest way to send in one shipment all that is shipped; undefined where no node could. */
export function cheapestGathering(draft: DraftOrder): { source: number; marginMicros: number } | undefined {
  const now = draftMicros(draft);
  const gatheredAt = gathering(draft);
  let best: { source: number; marginMicros: number } | undefined;
  for (const source of draft.view.problem.sources.keys()) {
    const gathered = gatheredAt(source);
    if (!fits(gathered, source) || !isAllowed(gathered)) continue;
    const marginMicros = draftMicros(gathered) - now;
    if (!best || marginMicros < best.marginMicros) best = { source, marginMicros };
  }
  return best;
}

/** `single` is the cheapest gathering; `byRule` is the rule that stands in the way of fewer shipments at less cost. */
export function explainSplit(
  draft: DraftOrder,
  single: { readonly source: number; readonly marginMicros: number } | undefined,
  costs: CostContext & { readonly policy: Policy },
  byRule: RuleInTheWay | undefined,
): Split | null {
  const count = draft.taken.size;
  if (count < 2) return null;
  const margin = single ? changedCost(draft, gatherAt(draft, single.source), costs) : null;
  const shipments = `${count} shipments`;
  const parts = splitParts(draft, costs.network);
  const of = {
    unavoidable: single === undefined,
    singleShipmentMarginMicros: single?.marginMicros ?? null,
    margin,
    ...(parts.length > 0 && { parts }),
  };
  if (byRule && (!single || single.marginMicros >= 0)) {
    const { rule, fewer, savedMicros } = byRule;
    const values = { shipments, rule, money: decimal(savedMicros), fewer: fewer === 1 ? 'one' : String(fewer) };
    const sentence = say(SPLITS['rule-caused'], values);
    return { cause: 'rule-caused', ...of, rule, recoverableMicros: savedMicros, sentence };
  }
  const cause = single && margin ? causeOf(single.marginMicros, margin) : 'unavoidable';
  const sentence = say(SPLITS[cause], {
    shipments,
    money: amountText(single?.marginMicros ?? 0),
    days: decimal(margin ? daysMicros(margin) : 0),
    missed: missedBy(costs.policy),
  });
  return { cause, ...of, recoverableMicros: Math.max(0, -(single?.marginMicros ?? 0)), sentence };
}

function causeOf(marginMicros: number, margin: CostBreakdown): SplitCause {
  if (marginMicros < 0) return 'not-looked-for';
  return marginMicros - daysMicros(margin) < 0 ? 'bought-speed' : 'cheaper';
}

/** Of a cost, what is charged for days: late ones and those before the promise. */
function daysMicros({ latenessMicros, speedMicros }: CostBreakdown): number {
  return latenessMicros + speedMicros;
}

export interface RuleInTheWay {
  readonly rule: string;
  /** Shipments without it. */
  readonly fewer: number;
  readonly savedMicros: number;
}

/**
 * The one of `rules` without which an order of several shipments would go in the fewest, and cost least among those.
 * Not finished where the work did not go so far as to ask all of them.
 */
export async function ruleInTheWay(
  { taken }: DraftOrder,
  resource: ReSourcer,
  rules: readonly string[],
  mostWork: number,
): Promise<{ readonly best?: RuleInTheWay; readonly finished: boolean }> {
  if (taken.size < 2 || rules.length === 0) return { finished: true };
  if (!resource.affords(2, mostWork)) return { finished: false };
  const base = await resource();
  if (!base) return { finished: !resource.gaveUp() };
  const open = (outcome: typeof base): number =>
    [...outcome.bySku.values()].reduce((sum, { unsourced }) => sum + unsourced, 0);
  let best: RuleInTheWay | undefined;
  for (const rule of rules) {
    if (!resource.affords(1, mostWork)) return { ...(best && { best }), finished: false };
    const without = await resource({ kind: 'rule', rule });
    if (resource.gaveUp()) return { ...(best && { best }), finished: false };
    if (!without || without.shipments >= taken.size || without.shipments === 0 || open(without) > open(base)) continue;
    const found = { rule, fewer: without.shipments, savedMicros: base.costMicros - without.costMicros };
    if (found.savedMicros <= 0) continue;
    if (!best || found.fewer < best.fewer || (found.fewer === best.fewer && found.savedMicros > best.savedMicros))
      best = found;
  }
  return { ...(best && { best }), finished: true };
}
