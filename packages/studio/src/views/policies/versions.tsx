// Decides how versions of a policy are kept, moved on, compared and brought back: who did what, why, and what changed in words.
import type { PolicyInfo } from '@sourcewright/server/contract';
import { type FormEvent, useState } from 'react';
import { instantText } from '../../format/date.ts';
import { usePolicyActions, usePolicyDiff, usePolicyVersion, usePolicyVersions } from '../../state/policy-queries.ts';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import type { PaneProps } from './pane.ts';
import type { DraftDesk } from './use-draft.ts';

const AUTHOR_KEY = 'sourcewright.author';

/** Where a version may go from where it is, and what the button says. */
const MOVES: Readonly<Record<PolicyInfo['status'], readonly (readonly [PolicyInfo['status'], string])[]>> = {
  draft: [['tested', 'Mark as tested']],
  tested: [
    ['approved', 'Approve'],
    ['draft', 'Back to draft'],
  ],
  approved: [
    ['published', 'Publish'],
    ['draft', 'Back to draft'],
  ],
  published: [['retired', 'Retire']],
  retired: [],
};

export function Versions({ desk, go, lint }: PaneProps) {
  const { policyId } = desk.base;
  const versions = usePolicyVersions(policyId);
  const [author, setAuthor] = useState(() => localStorage.getItem(AUTHOR_KEY) ?? '');
  const [chosen, setChosen] = useState<number | null>(null);
  const list = versions.data;
  const shown = list?.find(({ version }) => version === chosen) ?? list?.[0];
  const asAuthor = (name: string): void => {
    setAuthor(name);
    localStorage.setItem(AUTHOR_KEY, name);
  };
  if (versions.error) return <ErrorNotice error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!list) return <SkeletonRows rows={6} label="Loading versions" />;
  const actor = { policyId, author: author.trim() };
  return (
    <section className="pane versions" aria-label="Versions">
      <label className="field author">
        <span>Your name, kept with what you do</span>
        <input className="input" value={author} maxLength={120} onChange={(event) => asAuthor(event.target.value)} />
      </label>
      <SaveVersion
        desk={desk}
        actor={actor}
        isFirst={list.length === 0}
        canRun={lint?.runs === true}
        onSaved={setChosen}
      />
      {list.length === 0 ? (
        <Notice title="No versions yet">
          <p>
            The policy is as it came with the dataset. The first save keeps that as version 1 and your draft as version
            2.
          </p>
        </Notice>
      ) : (
        <div className="version-grid">
          <ol className="version-list" aria-label="Versions, newest first">
            {list.map((info) => (
              <li key={info.version}>
                <button
                  type="button"
                  className="rule-link"
                  aria-current={info === shown ? 'true' : undefined}
                  onClick={() => setChosen(info.version)}
                >
                  <span>
                    Version {info.version} <span className={`tag ${info.status}`}>{info.status}</span>
                  </span>
                  <span className="muted">
                    {info.author}, {instantText(info.changedAt)}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {shown && (
            <VersionPage
              key={shown.version}
              info={shown}
              list={list}
              actor={actor}
              onOpen={(policy) => {
                desk.change(policy, `Opened version ${shown.version}.`);
                go({ view: 'sentences' });
              }}
              onDone={setChosen}
            />
          )}
        </div>
      )}
    </section>
  );
}

interface Actor {
  readonly policyId: string;
  readonly author: string;
}

interface SaveVersionProps {
  readonly desk: DraftDesk;
  readonly actor: Actor;
  readonly isFirst: boolean;
  readonly canRun: boolean;
  readonly onSaved: (version: number) => void;
}

/** Before the first save the policy of the dataset is kept, so that there is something to compare with and to go back to. */
function SaveVersion({ desk, actor, isFirst, canRun, onSaved }: SaveVersionProps) {
  const { save, move } = usePolicyActions(actor.policyId);
  const [comment, setComment] = useState('');
  const [error, setError] = useState<unknown>(null);
  const { author } = actor;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setError(null);
    try {
      if (isFirst) {
        const first = await save.mutateAsync({ policy: desk.base, author, comment: 'As it came with the dataset.' });
        for (const to of ['tested', 'approved', 'published'] as const) {
          await move.mutateAsync({ version: first.version, to, author });
        }
      }
      const saved = await save.mutateAsync({ policy: desk.policy, author, ...(comment.trim() && { comment }) });
      setComment('');
      onSaved(saved.version);
    } catch (problem) {
      setError(problem);
    }
  };
  const blocked = !desk.isChanged
    ? 'The draft is as published.'
    : !canRun
      ? 'The draft cannot be run: see the checks.'
      : author === ''
        ? 'Give your name.'
        : null;
  return (
    <form className="save-version" onSubmit={(event) => void submit(event)} aria-label="Save the draft">
      <label className="field grow">
        <span>What changed, and why</span>
        <input
          className="input"
          value={comment}
          maxLength={1000}
          placeholder="For whoever approves it, and for later"
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={blocked !== null || save.isPending || move.isPending}>
        Save the draft as a version
      </button>
      {blocked && <span className="muted">{blocked}</span>}
      {error !== null && <ErrorNotice error={error} />}
    </form>
  );
}

interface VersionPageProps {
  readonly info: PolicyInfo;
  readonly list: readonly PolicyInfo[];
  readonly actor: Actor;
  readonly onOpen: (policy: DraftDesk['policy']) => void;
  readonly onDone: (version: number) => void;
}

function VersionPage({ info, list, actor, onOpen, onDone }: VersionPageProps) {
  const { policyId, author } = actor;
  const { version, status } = info;
  const { move, rollBack } = usePolicyActions(policyId);
  const full = usePolicyVersion(policyId, version);
  const before = list.filter((one) => one.version < version);
  const wasPublished = full.data?.events.some(({ action }) => action === 'published') ?? false;
  const busy = move.isPending || rollBack.isPending || author === '';
  const error = move.error ?? rollBack.error ?? full.error;
  return (
    <div className="version-page">
      <div className="pane-tools">
        <h2>Version {version}</h2>
        <span className={`tag ${status}`}>{status}</span>
        <span className="spring" />
        {MOVES[status].map(([to, label]) => (
          <button
            key={to}
            type="button"
            className={to === 'draft' || to === 'retired' ? 'button' : 'button primary'}
            disabled={busy}
            onClick={() => move.mutate({ version, to, author })}
          >
            {label}
          </button>
        ))}
        {status === 'retired' && wasPublished && (
          <button
            type="button"
            className="button primary"
            disabled={busy}
            onClick={() =>
              rollBack.mutate(
                { version, author, comment: `Back to version ${version}.` },
                { onSuccess: (made) => onDone(made.version) },
              )
            }
          >
            Roll back to this
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={!full.data}
          onClick={() => full.data && onOpen(full.data.policy)}
        >
          Open as draft
        </button>
      </div>
      {author === '' && <p className="muted">Give your name above to move a version on.</p>}
      {error && <ErrorNotice error={error} />}
      <Difference policyId={policyId} version={version} earlier={before} />
      <h3>History</h3>
      <ul className="events">
        {full.data?.events.toReversed().map(({ at, author: who, action, comment }) => (
          <li key={`${at} ${action}`}>
            <span className="muted nowrap">{instantText(at)}</span> {who}{' '}
            {action === 'created' || action === 'edited' ? `${action} it` : `moved it to ${action}`}
            {comment && <span className="muted">: {comment}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DifferenceProps {
  readonly policyId: string;
  readonly version: number;
  readonly earlier: readonly PolicyInfo[];
}

/** What a version says otherwise than an earlier one, in words. */
function Difference({ policyId, version, earlier: before }: DifferenceProps) {
  const [against, setAgainst] = useState(before[0]?.version ?? null);
  const diff = usePolicyDiff(policyId, against, version);
  if (against === null) return null;
  if (diff.error) return <ErrorNotice error={diff.error} />;
  return (
    <>
      <h3>
        <label>
          Against{' '}
          <select className="select" value={against} onChange={(event) => setAgainst(Number(event.target.value))}>
            {before.map((one) => (
              <option key={one.version} value={one.version}>
                version {one.version}
              </option>
            ))}
          </select>
        </label>
      </h3>
      <ul className="diff">
        {diff.data?.changes.map(({ path, sentence, kind }) => (
          <li key={`${path} ${sentence}`}>
            <span className={`tag ${kind}`}>{kind}</span> {sentence}
          </li>
        ))}
        {diff.data?.changes.length === 0 && <li className="muted">The two say the same.</li>}
      </ul>
    </>
  );
}
