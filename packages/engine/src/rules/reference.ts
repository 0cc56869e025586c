// Decides what conditions say of given facts, by running json-rules-engine itself: the reference meaning of every rule.
// The only importer of json-rules-engine. No author's text reaches a path evaluator: conditions carry no paths.
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import type { Evidence } from '../model/explanation.ts';
import type { NamedCondition, Rule } from '../model/policy.ts';
import type { ReadFact, RuleOutcome } from './interpret.ts';
import { OPERATORS, testOf } from './operators.ts';

export interface Reference {
  run(read: ReadFact): Promise<RuleOutcome>;
}

/**
 * A runner for conditions that compile. A missing fact is undefined: it equals nothing and is in no order relation. The
 * operators that json-rules-engine does not bring are added to it.
 */
export function createReference(
  conditions: unknown,
  facts: readonly string[],
  named: readonly NamedCondition[] = [],
): Reference {
  const engine = createEngine(named);
  engine.addRule({ name: 'rule', conditions: conditions as TopLevelCondition, event: { type: 'holds' } });
  return {
    run: async (read) => {
      const values: Record<string, unknown> = {};
      for (const name of facts) values[name] = read(name);
      const answer = await engine.run(values);
      const result = answer.results[0] ?? answer.failureResults[0];
      return { holds: answer.results.length > 0, evidence: result ? evidenceOf(result.conditions) : [] };
    },
  };
}

/** All rules in one engine, asked at once: the names of those that hold. The quickest way json-rules-engine offers. */
export function createReferenceSet(
  rules: readonly Pick<Rule, 'name' | 'conditions'>[],
  named: readonly NamedCondition[] = [],
): (facts: Record<string, unknown>) => Promise<ReadonlySet<string>> {
  const engine = createEngine(named);
  for (const { name, conditions } of rules) {
    engine.addRule({ name, conditions: conditions as unknown as TopLevelCondition, event: { type: name } });
  }
  return async (facts) => new Set((await engine.run(facts)).events.map(({ type }) => type));
}

function createEngine(named: readonly NamedCondition[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver: () => undefined });
  for (const { name, standard } of OPERATORS) if (!standard) engine.addOperator(name, testOf(name));
  for (const { name, conditions } of named) engine.setCondition(name, conditions as unknown as TopLevelCondition);
  return engine;
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
  // json-rules-engine stops at the first priority that settles a group; those it never asked have no result.
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
