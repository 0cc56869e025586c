// Decides what is other between two explanations of one order: statement by statement, by their stable ids, and money by term.
import { subtractBreakdown } from '../costs/breakdown.ts';
import type { Explanation, ExplanationDiff, StatementChange, StatementKind } from '../model/explanation.ts';
import { statementId } from './text.ts';

/** What a statement says, and of what: a code that tells whether it is the same, and its sentence. */
interface Statement {
  readonly about: Pick<StatementChange, 'kind' | 'lineId' | 'sku' | 'nodeId' | 'rule'>;
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
    const { about } = (now ?? old)!;
    return [
      {
        id,
        ...about,
        before: old?.sentence ?? null,
        after: now?.sentence ?? null,
        sameReason: old?.code === now?.code,
      },
    ];
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
  const add = (id: string, about: Statement['about'], code: string, sentence: string): void => {
    found.set(id, { about, code, sentence });
  };
  if (split) add('split', { kind: 'split' }, split.cause, split.sentence);
  for (const { id, rule, effect, lineId, nodeId, sentence } of rules) {
    add(id, about('rule', { rule, lineId, nodeId }), effect, sentence);
  }
  for (const { strategy, outcome, sentence } of cascade) {
    add(statementId('strategies', strategy), { kind: 'strategy', rule: strategy }, outcome, sentence);
  }
  for (const line of lines) {
    const { id, lineId, sku, unsourced, rejections, sentence } = line;
    add(id, { kind: 'line', lineId, sku }, `${nodesOf(line).join(' ')} ${unsourced?.reason ?? ''}`, sentence);
    for (const { id: own, nodeId, code, rule = '', sentence: why } of rejections) {
      add(own, { kind: 'rejection', sku, nodeId }, `${code} ${rule}`, why);
    }
  }
  for (const { id, lineId, change, sentence } of counterfactuals) {
    add(id, about('change', { lineId, nodeId: change.nodeId, rule: change.rule }), change.kind, sentence);
  }
  return found;
}

type Of = { readonly [K in 'lineId' | 'nodeId' | 'rule']?: string | null | undefined };

function about(kind: StatementKind, { lineId, nodeId, rule }: Of): Statement['about'] {
  return {
    kind,
    ...(lineId == null ? {} : { lineId }),
    ...(nodeId == null ? {} : { nodeId }),
    ...(rule == null ? {} : { rule }),
  };
}
