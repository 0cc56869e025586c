// Decides how the linter speaks beside the draft: errors first, each with the rule it is about and a fix where there is one.
import type { LintReport } from '@sourcewright/server/contract';
import { plural } from '../../format/number.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { applyPatch } from './apply-patch.ts';
import { policyLike } from './policy-text.ts';
import type { DraftDesk } from './use-draft.ts';

export interface ChecksProps {
  readonly desk: DraftDesk;
  readonly lint: LintReport | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onOpen: (rule: string) => void;
}

type Finding = LintReport['findings'][number];

const SHOWN = 12;

export function Checks({ desk, lint, error, busy, onOpen }: ChecksProps) {
  const findings = lint?.findings ?? [];
  return (
    <section className="checks" aria-label="Checks" aria-busy={busy}>
      <h2>
        {!lint ? 'Checks' : findings.length === 0 ? 'Nothing to say against it' : plural(findings.length, 'finding')}
      </h2>
      {error ? <ErrorNotice error={error} /> : !lint && <Skeleton />}
      {lint && findings.length === 0 && (
        <p className="muted">No contradictions, no rules that never hold, over {plural(lint.orders, 'order')}.</p>
      )}
      <ul>
        {findings.slice(0, SHOWN).map((found) => (
          <Row key={`${found.code} ${found.path} ${found.message}`} found={found} desk={desk} onOpen={onOpen} />
        ))}
      </ul>
      {findings.length > SHOWN && <p className="muted">and {findings.length - SHOWN} more.</p>}
    </section>
  );
}

function Row({ found, desk, onOpen }: { readonly found: Finding } & Pick<ChecksProps, 'desk' | 'onOpen'>) {
  const { code, severity, message, rules, fix } = found;
  const rule = rules[0] ?? ruleAt(found.path, desk);
  return (
    <li>
      <span className={`tag ${severity}`}>{code.replaceAll('-', ' ')}</span>
      <p>{message}</p>
      <p className="row-actions">
        {rule !== undefined && (
          <button type="button" className="link" onClick={() => onOpen(rule)}>
            Show the rule
          </button>
        )}
        {fix && (
          <button type="button" className="link" onClick={() => mend(found, desk)}>
            {fix.text.replace(/\.$/, '')}
          </button>
        )}
      </p>
    </li>
  );
}

/** A fix of a draft that has moved on may not fit any more: then nothing happens. */
function mend({ fix, code }: Finding, { policy, change }: DraftDesk): void {
  const mended = fix && applyPatch(policy, fix.patch);
  const found = mended === undefined || mended === null ? null : policyLike(mended);
  if (found && typeof found !== 'string') change(found, `Mended: ${code.replaceAll('-', ' ')}.`);
}

function ruleAt(path: string, { policy }: DraftDesk): string | undefined {
  const [, list, index] = path.split('/');
  return list === 'rules' ? policy.rules?.[Number(index)]?.name : undefined;
}
