// Decides how the rules of a policy are asked during a wave: each distinct set of fact values once, the answer remembered.
// A rule is a function of the facts it reads, so remembering by their values cannot change an answer.
import type { CompiledRule } from './compile.ts';
import { createRunner, type ReadFact, type RuleOutcome, type RuleRunner } from './reference.ts';

/** The seam for faster evaluation: whoever answers `holds` and `explain` alike may stand behind it. */
export interface RuleBook {
  readonly rules: readonly CompiledRule[];
  /** Whether a rule holds. `key` names the values of every fact the rule reads. A promise only when it must be asked anew. */
  holds(rule: number, key: string, read: ReadFact): boolean | Promise<boolean>;
  /** The same answer with its evidence. */
  explain(rule: number, read: ReadFact): Promise<RuleOutcome>;
  /** How often json-rules-engine was asked. */
  readonly asked: number;
}

export function createRuleBook(rules: readonly CompiledRule[]): RuleBook {
  const runners: RuleRunner[] = rules.map(createRunner);
  const answers = rules.map(() => new Map<string, boolean>());
  let asked = 0;
  const ask = async (rule: number, key: string, read: ReadFact): Promise<boolean> => {
    asked += 1;
    const { holds } = await runners[rule]!.run(read);
    answers[rule]!.set(key, holds);
    return holds;
  };
  return {
    rules,
    holds: (rule, key, read) => answers[rule]!.get(key) ?? ask(rule, key, read),
    explain: (rule, read) => runners[rule]!.run(read),
    get asked() {
      return asked;
    },
  };
}
