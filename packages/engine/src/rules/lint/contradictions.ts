// Decides which rules together leave a line without any node, whatever nodes there are, and which of them are enough for that.
import { shown } from '../../base/issue.ts';
import { FACTS_BY_NAME } from '../catalogue.ts';
import { leavesOf } from '../condition.ts';
import { finding, type LintFinding } from './finding.ts';
import { ALWAYS, type Formula, type FormulaSpace } from './formula.ts';
import type { PolicyFormulas, RuleFormulas } from './rule-formulas.ts';

const NODE_SCOPES = ['node', 'lane', 'stock'];

/** One finding for each smallest set of rules that cannot all be kept. */
export function contradictionFindings({ space, rules }: PolicyFormulas): LintFinding[] {
  const refusing = rules.filter(
    ({ rule, strikes }) => (rule.effect.type === 'exclude' || rule.effect.type === 'require') && space.canHold(strikes),
  );
  const found = new Map<string, LintFinding>();
  const note = (set: readonly RuleFormulas[] | undefined): void => {
    if (!set) return;
    const names = set.map(({ rule }) => rule.name);
    const key = JSON.stringify([...names].sort());
    if (!found.has(key)) found.set(key, contradiction(set));
  };
  const alone = refusing.filter(({ rule }) => rule.effect.type === 'exclude');
  note(smallestSet(ALWAYS, alone, space));
  const requires = refusing.filter(isAboutLines);
  for (const [index, one] of requires.entries()) {
    note(smallestSet(one.when, refusing, space, [one]));
    for (const two of requires.slice(index + 1)) {
      if (![...one.facts].some((fact) => two.facts.has(fact)) || !space.canHold(one.when, two.when)) continue;
      if (!space.canHold(one.when, two.when, one.nodes!, two.nodes!)) note([one, two]);
    }
  }
  return [...found.values()];
}

/** Requires whose conditions are about orders, lines and items: they hold for all nodes of a line or for none. */
function isAboutLines({ rule }: RuleFormulas): boolean {
  if (rule.effect.type !== 'require') return false;
  return leavesOf(rule.when).every(({ fact, other }) =>
    [fact, ...(other === null ? [] : [other])].every((name) => !NODE_SCOPES.includes(FACTS_BY_NAME.get(name)!.scope)),
  );
}

/** Rules without which, one by one, some node would be left; undefined where one is left with all of them. */
function smallestSet(
  given: Formula,
  rules: readonly RuleFormulas[],
  space: FormulaSpace,
  kept: readonly RuleFormulas[] = [],
): RuleFormulas[] | undefined {
  const leavesNone = (set: readonly RuleFormulas[]): boolean =>
    !space.canHold(given, ...set.map(({ notStrikes }) => notStrikes));
  if (rules.length === 0 || !leavesNone(rules)) return undefined;
  let set = [...rules];
  for (const rule of rules) {
    if (kept.includes(rule)) continue;
    const without = set.filter((other) => other !== rule);
    if (leavesNone(without)) set = without;
  }
  return set.length > 1 ? set : undefined;
}

function contradiction(set: readonly RuleFormulas[]): LintFinding {
  const names = set.map(({ rule }) => rule.name);
  const listed = `${names
    .slice(0, -1)
    .map((name) => shown(name))
    .join(', ')} and ${shown(names.at(-1))}`;
  const message = `The rules ${listed} together leave no node for what they are about: none can satisfy them all.`;
  return finding('contradiction', set[0]!.path, message, names);
}
