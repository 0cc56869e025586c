// Decides the command `lint`: what can be said against the rules of a policy, on its own and in the light of a scenario's orders.
import { type Issue, type LintFinding, lintPolicy, lintScenario, parsePolicyShape } from '@sourcewright/engine';
import { basename } from 'node:path';
import { MAX_FILE_BYTES } from '../../scenario-files/read-bytes.ts';
import { readDocument } from '../../scenario-files/read-document.ts';
import { CommandFailure } from '../failure.ts';
import { loadScenario } from '../scenario-argument.ts';

export interface LintOptions {
  readonly scenario?: string;
  readonly json?: boolean;
}

/** Fails where there is an error among the findings; warnings and notes are only shown. */
export async function lintCommand(path: string, options: LintOptions): Promise<string> {
  const document = await readDocument(path, basename(path), { maxBytes: MAX_FILE_BYTES });
  if (!document.ok) throw refused(path, [document.error], options);
  const policy = parsePolicyShape(document.value);
  if (!policy.ok) throw refused(path, policy.error, options);
  const scenario = options.scenario === undefined ? undefined : await loadScenario(options.scenario);
  const findings = scenario ? await lintScenario(scenario, policy.value) : lintPolicy(policy.value);
  const text = options.json ? JSON.stringify({ findings }, null, 2) : render(path, findings);
  if (findings.some(({ severity }) => severity === 'error')) throw new CommandFailure(`${path} has errors.`, [], text);
  return text;
}

/** A policy whose shape is wrong has issues, not findings. */
function refused(path: string, issues: readonly Issue[], { json }: LintOptions): CommandFailure {
  const output = json ? JSON.stringify({ findings: [], issues }, null, 2) : undefined;
  return new CommandFailure(
    `${path} is no policy: ${issues.length} issue${issues.length === 1 ? '' : 's'}.`,
    issues,
    output,
  );
}

function render(path: string, findings: readonly LintFinding[]): string {
  if (findings.length === 0) return `${path}: nothing to say against its rules.`;
  const lines = findings.map(({ severity, code, path: at, message, fix }) => {
    const advice = fix ? ` ${fix.text}` : '';
    return `  ${severity} ${at || '(whole policy)'}: ${message}${advice} [${code}]`;
  });
  const counted = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: findings.filter((found) => found.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  return `${path}: ${counted.join(', ')}.\n${lines.join('\n')}`;
}
