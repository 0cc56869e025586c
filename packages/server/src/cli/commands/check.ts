// Decides the command `check`: whether a policy passes what a team wrote down, for people, scripts and continuous integration.
import {
  checkPolicy,
  type CheckReport,
  type Golden,
  goldenOrder,
  type Issue,
  parseGates,
  parseGolden,
  type Result,
} from '@sourcewright/engine';
import { writeFile } from 'node:fs/promises';
import { CommandFailure, EXIT } from '../failure.ts';
import { readJsonArgument } from '../json-argument.ts';
import { junitXml } from '../junit-xml.ts';
import { createProgress } from '../progress.ts';
import { limitsFrom, loadScenario } from '../scenario-argument.ts';
import { readPolicyArgument } from './import-policy.ts';

export interface CheckOptions {
  readonly scenario: string;
  readonly golden?: string;
  readonly gates?: string;
  readonly baseline?: string;
  readonly junit?: string;
  readonly writeGolden?: string;
  readonly orderWork?: string;
  readonly json?: boolean;
}

/** Fails with exit code 3 where a check fails, 2 where it cannot be made. */
export async function checkCommand(path: string, options: CheckOptions): Promise<string> {
  const policy = await readPolicyArgument(path);
  const scenario = await loadScenario(options.scenario);
  const golden = options.golden === undefined ? undefined : await parsed(options.golden, parseGolden);
  const gates = options.gates === undefined ? undefined : await parsed(options.gates, parseGates);
  const baseline = options.baseline === undefined ? undefined : await readPolicyArgument(options.baseline);
  const progress = createProgress(`Checking ${path}`);
  const report = await checkPolicy(
    { scenario, policy, baseline, golden, gates, limits: limitsFrom(options.orderWork) },
    { onProgress: ({ stage, done, total }) => progress.report(done, total, '', stage) },
  ).finally(() => progress.finish());
  if (!report.ok) throw new CommandFailure(`${path} cannot be checked.`, report.error);
  if (options.junit !== undefined) await writeFile(options.junit, junitXml(path, report.value.checks));
  if (options.writeGolden !== undefined) {
    await writeFile(options.writeGolden, `${JSON.stringify(goldenFrom(report.value, golden), null, 2)}\n`);
  }
  const { passed, checks } = report.value;
  const text = options.json ? JSON.stringify({ policy: path, passed, checks }, null, 2) : render(path, report.value);
  if (!passed) throw new CommandFailure(`${path} fails its checks.`, [], text, EXIT.checks);
  return text;
}

async function parsed<T>(path: string, parse: (input: unknown) => Result<T, Issue[]>): Promise<T> {
  const result = parse(await readJsonArgument(path));
  if (result.ok) return result.value;
  throw new CommandFailure(`${path} cannot be used.`, result.error);
}

function goldenFrom({ plan }: CheckReport, golden: Golden | undefined): Golden {
  const wanted = golden && new Set(golden.orders.map(({ orderId }) => orderId));
  return { orders: plan.orders.filter(({ orderId }) => !wanted || wanted.has(orderId)).map(goldenOrder) };
}

function render(path: string, { passed, checks }: CheckReport): string {
  const failed = checks.filter((check) => !check.passed).length;
  const head = passed
    ? `${path}: ${checks.length} checks passed.`
    : `${path}: ${failed} of ${checks.length} checks failed.`;
  const lines = checks.flatMap(({ kind, name, passed: ok, details }) => [
    `  ${ok ? 'passed' : 'FAILED'} ${kind} ${name}`,
    ...details.map((detail) => `         ${detail}`),
  ]);
  return [head, ...lines].join('\n');
}
