// Decides the command `diff-policies`: what changed between two policies, in words.
import { diffPolicies } from '@sourcewright/engine';
import { readPolicyArgument } from './import-policy.ts';

export interface DiffPoliciesOptions {
  readonly json?: boolean;
}

export async function diffPoliciesCommand(from: string, to: string, options: DiffPoliciesOptions): Promise<string> {
  const [before, after] = await Promise.all([readPolicyArgument(from), readPolicyArgument(to)]);
  const changes = diffPolicies(before, after);
  if (options.json) return JSON.stringify({ changes }, null, 2);
  if (changes.length === 0) return 'Nothing changed.';
  return changes.map(({ sentence }) => sentence).join('\n');
}
