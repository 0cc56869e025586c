// Decides what a rule says of given facts, by running json-rules-engine itself: the reference meaning of every rule.
// The only importer of json-rules-engine. No author's text reaches a path evaluator: conditions carry no paths.
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { Evidence } from '../model/explanation.ts';
import type { CompiledRule } from './compile.ts';

export interface RuleOutcome {
  readonly holds: boolean;
  /** Every condition that was asked, in the order of the rule's text. */
  readonly evidence: readonly Evidence[];
}

/** Reads one fact by name; undefined where it is not known. */
export type ReadFact = (name: string) => unknown;

export interface RuleRunner {
  run(read: ReadFact): Promise<RuleOutcome>;
}

/** A runner for one rule. A missing fact is undefined: it equals nothing and is in no order relation. */
export function createRunner(rule: CompiledRule): RuleRunner {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: () => undefined });
  engine.addRule({
    name: rule.name,
    conditions: rule.conditions as unknown as TopLevelCondition,
    event: { type: rule.effect.type },
  });
  return {
    run: async (read) => {
      const facts: Record<string, unknown> = {};
      for (const name of rule.facts) facts[name] = read(name);
      const answer = await engine.run(facts);
      const result = answer.results[0] ?? answer.failureResults[0];
      return { holds: answer.results.length > 0, evidence: result ? evidenceOf(result.conditions) : [] };
    },
  };
}

type ResultTree = {
  all?: ResultTree[];
  any?: ResultTree[];
  not?: ResultTree;
  fact?: string;
  operator?: string;
  value?: unknown;
  valueResult?: unknown;
  factResult?: unknown;
  result?: boolean;
};

function evidenceOf(condition: unknown): Evidence[] {
  const tree = condition as ResultTree;
  const inner = tree.all ?? tree.any ?? (tree.not ? [tree.not] : undefined);
  if (inner) return inner.flatMap(evidenceOf);
  // json-rules-engine stops at the first condition that settles a group; those it never asked have no result.
  if (tree.result === undefined) return [];
  return [
    {
      fact: tree.fact!,
      operator: tree.operator!,
      expected: tree.valueResult ?? tree.value ?? null,
      actual: tree.factResult ?? null,
      holds: tree.result,
    },
  ];
}
