// Decides the command `rule-costs`: what each rule of a policy costs a scenario, dearest first.
import { ruleCosts, type RuleCosts } from '@sourcewright/engine';
import { CommandFailure } from '../failure.ts';
import { count, money } from '../figures.ts';
import { createProgress } from '../progress.ts';
import { limitsFrom, loadScenario, policyWith } from '../scenario-argument.ts';
import { type Column, renderTable } from '../table.ts';
import { readPolicyArgument } from './import-policy.ts';

export interface RuleCostsOptions {
  readonly policy?: string;
  readonly strategy?: string;
  readonly orderWork?: string;
  readonly json?: boolean;
}

export async function ruleCostsCommand(path: string, options: RuleCostsOptions): Promise<string> {
  const scenario = await loadScenario(path);
  const given = options.policy === undefined ? scenario.policy : await readPolicyArgument(options.policy);
  const policy = policyWith(given, options.strategy);
  const progress = createProgress(`Sourcing ${scenario.scenarioId} without each rule`);
  const found = await ruleCosts(scenario, policy, limitsFrom(options.orderWork), {
    onProgress: (done, total, rule) => progress.report(done, total, rule ?? '', 'plans'),
  }).finally(() => progress.finish());
  if (!found.ok) throw new CommandFailure('The wave cannot be sourced.', found.error);
  const { rules, plan } = found.value;
  if (options.json) return JSON.stringify({ costMicros: plan.cost.totalMicros, rules }, null, 2);
  return render(found.value, scenario.snapshot.currency);
}

const COLUMNS: readonly Column[] = [
  { title: 'rule' },
  { title: 'effect' },
  ...['changed', 'costs', 'without its charge', 'unsourced units', 'orders moved'].map((title) => ({
    title,
    align: 'right' as const,
  })),
];

function render({ plan, rules }: RuleCosts, currency: string): string {
  if (rules.length === 0) return 'The policy has no rules.';
  const rows = rules.map(({ rule, effect, changed, cost, unsourcedUnits, movedOrders }) => [
    rule,
    effect,
    count(changed),
    money(cost.totalMicros),
    money(cost.totalMicros - cost.preferenceMicros),
    count(unsourcedUnits),
    count(movedOrders),
  ]);
  return [
    `With all rules the plan costs ${money(plan.cost.totalMicros)} ${currency}. Against it, the plan without each rule:`,
    renderTable(COLUMNS, rows),
    'What rules cost does not add up: one may stand in for another.',
  ].join('\n');
}
