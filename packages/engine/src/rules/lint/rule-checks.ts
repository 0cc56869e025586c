// Decides whether single rules and pairs of rules do what they say: rules that can never or must always hold, rules written
// twice, rules that another one leaves nothing to do.
import { pointer, shown } from '../../base/issue.ts';
import { canonicalJson } from '../../base/fingerprint.ts';
import type { Rule } from '../../model/policy.ts';
import { leavesOf } from '../condition.ts';
import { finding, type LintFinding, removal } from './finding.ts';
import type { PolicyFormulas, RuleFormulas } from './rule-formulas.ts';

/** Rules whose conditions contradict themselves, or hold for everything. */
export function holdingFindings({ space, rules }: PolicyFormulas): LintFinding[] {
  return rules.flatMap(({ rule, path, when, nodes, strikes, notStrikes }): LintFinding[] => {
    const at = pointer(path, 'conditions');
    if (!space.canHold(when)) {
      const message = `${capital(named(rule.name))} can never hold: its conditions contradict each other.`;
      return [
        finding('never-holds', at, message, [rule.name], removal(path, 'Remove the rule, or mend its conditions.')),
      ];
    }
    if (nodes && !space.canHold(strikes)) {
      const message = `${capital(named(rule.name))} names every node: it changes nothing.`;
      return [
        finding('never-holds', `${path}/event/params/nodes`, message, [rule.name], removal(path, 'Remove the rule.')),
      ];
    }
    if (rule.effect.type !== 'exclude' || space.canHold(notStrikes)) return [];
    const message = `${capital(named(rule.name))} always holds: no node may supply anything.`;
    return [finding('always-holds', at, message, [rule.name])];
  });
}

/** Comparisons that are true or false whatever their fact is, where the rule itself may still hold. */
export function idleComparisonFindings({ space, rules }: PolicyFormulas): LintFinding[] {
  return rules.flatMap(({ rule }) =>
    [...leavesOf(rule.when), ...(rule.nodes ? leavesOf(rule.nodes) : [])].flatMap((leaf): LintFinding[] => {
      if (leaf.other !== null) return [];
      const formula = space.of(leaf);
      const text = `${leaf.fact} ${leaf.operator} ${shown(leaf.value)}`;
      if (!space.canHold(formula)) {
        return [finding('never-holds', leaf.path, `In ${named(rule.name)}, ${text} can never hold.`, [rule.name])];
      }
      if (space.canHold(space.of({ kind: 'not', child: leaf, priority: 1 }))) return [];
      return [
        finding('always-holds', leaf.path, `In ${named(rule.name)}, ${text} always holds: it says nothing.`, [
          rule.name,
        ]),
      ];
    }),
  );
}

/** Rules with the same conditions and the same effect, whatever their names and reasons. */
export function duplicateFindings(rules: readonly Rule[], base: string): LintFinding[] {
  const seen = new Map<string, string>();
  return rules.flatMap((rule, index): LintFinding[] => {
    if (rule.enabled === false) return [];
    const { type, params } = rule.event;
    const { because: _because, ...rest } = params;
    const key = canonicalJson([sorted(rule.conditions), type, sorted(rest)]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, rule.name);
      return [];
    }
    const path = `${base}/rules/${index}`;
    const message = `${capital(named(rule.name))} says the same as ${named(first)}.`;
    return [finding('duplicate-rule', path, message, [rule.name, first], removal(path, 'Remove one of the two.'))];
  });
}

/** Members of all and any in an order of their own: it means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = value.map(sorted);
    const conditions = entries.every((entry) => entry !== null && typeof entry === 'object');
    return conditions ? [...entries].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) : entries;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, sorted(entry)]));
}

/** Rules that another rule leaves nothing to do: wherever they strike, it has refused, held or limited as much already. */
export function maskedFindings({ space, rules }: PolicyFormulas, duplicates: ReadonlySet<string>): LintFinding[] {
  return rules.flatMap((inner, position): LintFinding[] => {
    if (duplicates.has(inner.rule.name) || !space.canHold(inner.strikes)) return [];
    const outer = rules.find(
      (candidate, index) =>
        index !== position &&
        !duplicates.has(candidate.rule.name) &&
        covers(candidate, inner, index < position) &&
        candidate.mandatory.every((fact) => inner.facts.has(fact)) &&
        !space.canHold(inner.strikes, candidate.notStrikes),
    );
    if (!outer) return [];
    const message = `${capital(named(inner.rule.name))} does nothing: wherever it holds, ${named(outer.rule.name)} has already ${doneBy(outer)}.`;
    const rule = [inner.rule.name, outer.rule.name];
    return [
      finding(
        'masked-rule',
        inner.path,
        message,
        rule,
        removal(inner.path, 'Remove the rule, or narrow the other one.'),
      ),
    ];
  });
}

/** Whether an effect leaves nothing to do for another where both strike; of equals the first stands. */
function covers(outer: RuleFormulas, inner: RuleFormulas, outerFirst: boolean): boolean {
  const a = outer.rule.effect;
  const b = inner.rule.effect;
  const refuses = a.type === 'exclude' || a.type === 'require';
  if (refuses && (b.type === 'penalise' || b.type === 'prefer')) return true;
  if (refuses && (b.type === 'exclude' || b.type === 'require')) return outerFirst;
  if (a.type === 'hold') return b.type !== 'hold' ? isOrderEffect(b.type) && b.type !== 'when-unsourced' : outerFirst;
  if (a.type === 'max-shipments' && b.type === 'max-shipments') {
    return a.params.shipments < b.params.shipments || (a.params.shipments === b.params.shipments && outerFirst);
  }
  if (a.type === 'ship-complete') return b.type === 'allow-partial' || (b.type === 'ship-complete' && outerFirst);
  return a.type === 'when-unsourced' && b.type === 'when-unsourced' && outerFirst;
}

function isOrderEffect(type: string): boolean {
  return ['max-shipments', 'ship-complete', 'allow-partial', 'promise-by', 'min-part-value'].includes(type);
}

function doneBy({ rule }: RuleFormulas): string {
  switch (rule.effect.type) {
    case 'exclude':
    case 'require':
      return 'refused the node';
    case 'hold':
      return 'held the order';
    default:
      return 'decided';
  }
}

function named(rule: string): string {
  return `the rule ${shown(rule)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
