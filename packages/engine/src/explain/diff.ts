// Decides what is other between two explanations of one order: statement by statement, by their stable ids, and money by term.
import { subtractBreakdown } from '../costs/breakdown.ts';
import type { Explanation, ExplanationDiff, StatementChange } from '../model/explanation.ts';
import { statementId } from './text.ts';

/** What a statement says: a code that tells whether it is the same, and its sentence. */
interface Statement {
  readonly code: string;
  readonly sentence: string;
}

/** From `before` to `after`; throws where they are of different orders. Amounts are `after` − `before`. */
export function diffExplanations(before: Explanation, after: Explanation): ExplanationDiff {
  if (before.orderId !== after.orderId) {
    throw new RangeError(`Explanations of two orders: ${before.orderId} and ${after.orderId}.`);
  }
  const [was, is] = [statementsOf(before), statementsOf(after)];
  const ids = [...new Set([...was.keys(), ...is.keys()])];
  const changes = ids.flatMap((id): StatementChange[] => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old?.code === now?.code && old?.sentence === now?.sentence) return [];
    return [{ id, before: old?.sentence ?? null, after: now?.sentence ?? null, sameReason: old?.code === now?.code }];
  });
  return {
    orderId: before.orderId,
    moved: after.lines.flatMap((line) => {
      const old = before.lines.find((other) => other.lineId === line.lineId);
      const [from, to] = [nodesOf(old), nodesOf(line)];
      return from.join(' ') === to.join(' ') ? [] : [{ lineId: line.lineId, from, to }];
    }),
    cost: subtractBreakdown(after.cost, before.cost),
    changes,
  };
}

function nodesOf(line: Explanation['lines'][number] | undefined): string[] {
  return [...new Set(line?.chosen.map(({ nodeId }) => nodeId) ?? [])];
}

function statementsOf(explanation: Explanation): ReadonlyMap<string, Statement> {
  const { split, rules, cascade = [], lines, counterfactuals = [] } = explanation;
  const found = new Map<string, Statement>();
  if (split) found.set('split', { code: split.cause, sentence: split.sentence });
  for (const { id, effect, sentence } of rules) found.set(id, { code: effect, sentence });
  for (const { strategy, outcome, sentence } of cascade) {
    found.set(statementId('strategies', strategy), { code: outcome, sentence });
  }
  for (const line of lines) {
    const { id, unsourced, rejections } = line;
    found.set(id, { code: `${nodesOf(line).join(' ')} ${unsourced?.reason ?? ''}`, sentence: line.sentence });
    for (const rejection of rejections) {
      found.set(rejection.id, { code: `${rejection.code} ${rejection.rule ?? ''}`, sentence: rejection.sentence });
    }
  }
  for (const { id, change, sentence } of counterfactuals) found.set(id, { code: change.kind, sentence });
  return found;
}
