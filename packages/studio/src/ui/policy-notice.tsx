// Decides how a person is warned that runs were charged by different policies, so that a difference is not only a saving.
import type { Run } from '@sourcewright/server/contract';
import { runName } from '../format/words.ts';

export function PolicyNotice({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <p className="policy-notice" role="note">
      <strong>Different policies.</strong> What is charged for splits, lateness or missing units differs between these
      runs, so their costs differ by that too:{' '}
      {runs.map((run) => `${runName(run)} by “${run.policy.name}” v${run.policy.version}`).join('; ')}.
    </p>
  );
}
