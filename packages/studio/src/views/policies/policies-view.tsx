// Decides the screen Policies: one draft in several views that are always in step, what the linter says of it, what it does to orders.
import './policies.css';
import type { ScenarioDetail } from '@sourcewright/server/contract';
import { useCallback, useEffect, useMemo } from 'react';
import {
  useCatalogue,
  useEffectOf,
  useLint,
  usePaused,
  usePolicies,
  useStoredPolicy,
} from '../../state/policy-queries.ts';
import { useScenario } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { hrefHere, navigate, type Query, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { BuilderPane } from './builder-pane.tsx';
import { Checks } from './checks.tsx';
import { rulesOf } from './draft.ts';
import { EffectPanel } from './effect-panel.tsx';
import { createWords, type Words } from './fact-words.ts';
import { Funnel } from './funnel.tsx';
import { Goals } from './goals.tsx';
import { JsonPane } from './json-pane.tsx';
import { VIEWS, type View } from './pane.ts';
import { Sentences } from './sentences.tsx';
import { TryOrder } from './try-order.tsx';
import { type DraftDesk, useDraft } from './use-draft.ts';
import { Versions } from './versions.tsx';

export function PoliciesView() {
  const { scenario } = useSelection();
  const detail = useScenario(scenario?.scenarioId ?? null);
  const catalogue = useCatalogue();
  const { query } = usePlace();
  const own = detail.data?.policy.policyId ?? null;
  const chosen = query.policy ?? own;
  const published = useStoredPolicy(chosen, chosen !== own);
  const error = detail.error ?? catalogue.error ?? published.error;
  const words = useMemo(
    () => (catalogue.data && detail.data ? createWords(catalogue.data, detail.data.currency) : null),
    [catalogue.data, detail.data],
  );
  if (error) return <ErrorNotice wholeScreen error={error} onRetry={() => void detail.refetch()} />;
  if (!words || !detail.data || published.isPending) return <SkeletonRows rows={14} label="Loading the policy" />;
  const base = published.data ?? detail.data.policy;
  return (
    <PolicyDesk key={`${detail.data.scenarioId} ${base.policyId}`} detail={detail.data} words={words} base={base} />
  );
}

interface PolicyDeskProps {
  readonly detail: ScenarioDetail;
  readonly words: Words;
  readonly base: ScenarioDetail['policy'];
}

function PolicyDesk({ detail, words, base }: PolicyDeskProps) {
  const place = usePlace();
  const { scenarioId } = detail;
  const desk = useDraft(`${scenarioId}.${base.policyId}`, base);
  const paused = usePaused(desk.policy);
  const lint = useLint(scenarioId, paused);
  const runs = lint.data?.runs === true && !lint.isPlaceholderData;
  const effect = useEffectOf(scenarioId, paused, desk.base, runs);
  const view = VIEWS.find(({ value }) => value === place.query.view)?.value ?? 'sentences';
  const go = useCallback((query: Query) => navigate(hrefHere(place, query)), [place]);
  const rules = rulesOf(desk.policy);
  const named = rules.findIndex(({ name }) => name === place.query.rule);
  const open = (index: number, to: View = view): void => go({ rule: rules[index]?.name ?? '', view: to });
  const openName = (name: string): void => go({ rule: name, view: view === 'json' ? 'json' : 'builder' });
  useUndoKeys(desk);
  const known = useMemo(() => knownValues(detail), [detail]);
  const pane = { desk, words, lint: lint.data, effect: effect.data, open, selected: named, go, known, scenarioId };
  return (
    <div className={place.query.try === undefined ? 'policies' : 'policies with-drawer'}>
      <header className="policy-head">
        <PolicyTitle
          desk={desk}
          own={detail.policy.policyId}
          onChoose={(policyId) => go({ policy: policyId, rule: '' })}
        />
        <Segments label="View" value={view} options={VIEWS} onChange={(to) => go({ view: to })} />
      </header>
      <div className="policy-main">
        {view === 'sentences' && <Sentences {...pane} />}
        {view === 'builder' && <BuilderPane {...pane} />}
        {view === 'json' && <JsonPane {...pane} />}
        {view === 'funnel' && <Funnel {...pane} policy={paused} />}
        {view === 'goals' && <Goals {...pane} />}
        {view === 'versions' && <Versions {...pane} />}
      </div>
      {place.query.try === undefined ? (
        <aside className="policy-side" aria-label="What the draft does">
          <Checks desk={desk} lint={lint.data} error={lint.error} busy={lint.isFetching} onOpen={openName} />
          <EffectPanel
            report={effect.data}
            error={effect.error}
            busy={effect.isFetching || paused !== desk.policy}
            isChanged={desk.isChanged}
            runs={lint.data?.runs !== false}
            onTry={(orderId) => go({ try: orderId })}
          />
        </aside>
      ) : (
        <TryOrder
          key={place.query.try}
          desk={desk}
          scenarioId={scenarioId}
          orderId={place.query.try === 'any' ? null : place.query.try}
          onPick={(orderId) => go({ try: orderId })}
          onClose={() => go({ try: '' })}
        />
      )}
    </div>
  );
}

interface PolicyTitleProps {
  readonly desk: DraftDesk;
  /** Of the policy that came with the dataset. */
  readonly own: string;
  readonly onChoose: (policyId: string) => void;
}

function PolicyTitle({ desk, own, onChoose }: PolicyTitleProps) {
  const { policy, draft, isChanged } = desk;
  const last = draft.now.done;
  return (
    <>
      <h1>
        {policy.name} <span className="tag">{isChanged ? 'draft' : 'as published'}</span>
      </h1>
      <OtherPolicies own={own} open={desk.base.policyId} onChoose={onChoose} />
      <span className="spring" />
      <span className="muted nowrap done" role="status">
        {last}
      </span>
      <button
        type="button"
        className="button quiet"
        disabled={draft.past.length === 0}
        onClick={desk.undo}
        title="Undo (Ctrl Z)"
      >
        <Icon name="undo" />
        Undo
      </button>
      <button
        type="button"
        className="button quiet icon"
        disabled={draft.future.length === 0}
        onClick={desk.redo}
        aria-label="Redo"
        title="Redo (Ctrl Y)"
      >
        <Icon name="redo" />
      </button>
    </>
  );
}

/** Where other policies are stored, any can be opened and tried on this dataset. */
function OtherPolicies({
  own,
  open,
  onChoose,
}: { readonly own: string; readonly open: string } & Pick<PolicyTitleProps, 'onChoose'>) {
  const others = (usePolicies().data ?? []).filter(({ policyId }) => policyId !== own);
  if (others.length === 0) return null;
  return (
    <select className="select" aria-label="Policy" value={open} onChange={(event) => onChoose(event.target.value)}>
      <option value={own}>{own}, of the dataset</option>
      {others.map(({ policyId, publishedVersion, latestVersion }) => (
        <option key={policyId} value={policyId}>
          {policyId}, {publishedVersion === null ? `draft ${latestVersion}` : `version ${publishedVersion}`}
        </option>
      ))}
    </select>
  );
}

/** Ctrl Z and Ctrl Y outside of fields; inside, they belong to the field. */
function useUndoKeys({ undo, redo }: DraftDesk): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
      if (event.target instanceof HTMLTextAreaElement || document.querySelector('dialog[open]')) return;
      const key = event.key.toLowerCase();
      if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else if (key === 'z') undo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}

/** Values of this dataset for facts whose catalogue lists none. */
function knownValues({ nodeList }: ScenarioDetail): ReadonlyMap<string, readonly string[]> {
  const regions = [...new Set(nodeList.map(({ region }) => region).filter((region) => region !== null))].sort();
  const services = [...new Set(nodeList.flatMap(({ services: own }) => own))].sort();
  return new Map([
    ['node.type', ['dc', 'store', 'vendor', '3pl']],
    ['node.nodeId', nodeList.map(({ nodeId }) => nodeId)],
    ['order.collectAt', nodeList.map(({ nodeId }) => nodeId)],
    ['node.region', regions],
    ['node.services', services],
    ['order.services', services],
  ]);
}
