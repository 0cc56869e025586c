// Decides the command `explain`: why an order went where it went and what would flip it, or what is other in another plan.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  diffExplanations,
  type ExplainOptions as Asked,
  type Explanation,
  explainOrder,
  fingerprint,
  type Limits,
  type Plan,
  type Policy,
  type Scenario,
  STRATEGIES,
} from '@sourcewright/engine';
import { renderDiff } from '../explanation-diff.ts';
import { renderExplanation } from '../explanation-tree.ts';
import { CommandFailure } from '../failure.ts';
import { runSource } from '../run-source.ts';
import { limitsFrom, loadScenario, policyWith } from '../scenario-argument.ts';

export interface ExplainOptions {
  readonly order: string;
  readonly line?: string;
  readonly strategy?: string;
  readonly plan?: string;
  readonly all?: boolean;
  readonly cartons?: boolean;
  readonly thorough?: boolean;
  readonly against?: string;
  readonly orderWork?: string;
  readonly json?: boolean;
}

export async function explainCommand(path: string, options: ExplainOptions): Promise<string> {
  const scenario = await loadScenario(path);
  const order = scenario.orders.find((candidate) => candidate.orderId === options.order);
  if (!order) throw new CommandFailure(`${path} has no order "${options.order}".${examples(scenario)}`);
  if (options.line !== undefined && !order.lines.some((line) => line.lineId === options.line)) {
    throw new CommandFailure(
      `Order ${order.orderId} has no line "${options.line}". It has ${order.lines.map((line) => line.lineId).join(', ')}.`,
    );
  }
  const limits = limitsFrom(options.orderWork);
  const { policy, plan } = await ownPlan(scenario, limits, options);
  if (options.against !== undefined) return against(scenario, { policy, plan, limits }, options);
  const { line: lineId, all, cartons, thorough } = options;
  const counterfactuals = lineId === undefined ? true : { lineId };
  const effort = thorough ? 'thorough' : 'quick';
  const explanation = await explain(scenario, policy, plan, order.orderId, { counterfactuals, effort });
  if (options.json) return JSON.stringify(explanation, null, 2);
  return renderExplanation(scenario, explanation, { lineId, all, cartons, thorough, path });
}

/** A plan that was written before, or one made now. */
async function ownPlan(scenario: Scenario, limits: Limits, { plan: file, strategy }: ExplainOptions) {
  if (file !== undefined) return storedPlan(scenario, file, '--plan');
  const policy = policyWith(scenario.policy, strategy);
  return { policy, plan: (await runSource(scenario, policy, limits)).plan };
}

interface Own {
  readonly policy: Policy;
  readonly plan: Plan;
  readonly limits: Limits;
}

async function against(scenario: Scenario, own: Own, options: ExplainOptions): Promise<string> {
  const { order, against: other, line: lineId, all, json } = options;
  const { policy, plan } = await otherPlan(scenario, own, other!);
  const before = await explain(scenario, policy, plan, order);
  const after = await explain(scenario, own.policy, own.plan, order);
  const diff = diffExplanations(before, after);
  if (json) return JSON.stringify(diff, null, 2);
  const name = plan.strategy === own.plan.strategy ? basename(other!) : plan.strategy;
  return renderDiff(scenario, { before, after, diff }, { lineId, all, before: name, now: own.plan.strategy });
}

/** A strategy, run now; or a plan of this scenario that was written before. */
async function otherPlan(scenario: Scenario, { limits }: Own, other: string): Promise<{ policy: Policy; plan: Plan }> {
  if (STRATEGIES.some((strategy) => strategy === other)) {
    const policy = policyWith(scenario.policy, other);
    return { policy, plan: (await runSource(scenario, policy, limits)).plan };
  }
  return storedPlan(scenario, other, '--against', ` or one of ${STRATEGIES.join(', ')}`);
}

async function storedPlan(
  scenario: Scenario,
  file: string,
  option: string,
  orElse = '',
): Promise<{ policy: Policy; plan: Plan }> {
  const plan = await readPlan(file, option, orElse);
  const policy = policyWith(scenario.policy, plan.strategy);
  const { snapshotHash, ordersHash, policyHash } = plan.basis;
  const [snapshot, orders, own] = await Promise.all([scenario.snapshot, scenario.orders, policy].map(fingerprint));
  if (snapshotHash !== snapshot || ordersHash !== orders || policyHash !== own) {
    throw new CommandFailure(
      `${file} is a plan of other orders, another snapshot or another policy than this scenario’s.`,
    );
  }
  return { policy, plan };
}

async function readPlan(file: string, option: string, orElse: string): Promise<Plan> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new CommandFailure(`${option} takes a plan written by source --out${orElse}; there is no file ${file}.`);
  }
  try {
    const plan = JSON.parse(text) as Plan;
    if (plan.basis && plan.orders) return plan;
  } catch {
    // Said below.
  }
  throw new CommandFailure(`${file} is not a plan: write one with source --out.`);
}

async function explain(
  scenario: Scenario,
  policy: Policy,
  plan: Plan,
  orderId: string,
  options?: Asked,
): Promise<Explanation> {
  const explanation = await explainOrder(scenario, policy, plan, orderId, options);
  if (!explanation) throw new CommandFailure(`The plan has no order "${orderId}".`);
  return explanation;
}

function examples(scenario: Scenario): string {
  return ` It has ${scenario.orders.length} orders, for example ${scenario.orders
    .slice(0, 3)
    .map((order) => order.orderId)
    .join(', ')}.`;
}
