// Decides "what if a rate were different": an order of the run, sliders for what it meets, and what comes of them.
import type { Policy } from '@sourcewright/engine';
import type { Run } from '@sourcewright/server/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { moneyText } from '../../format/money.ts';
import { decimalText } from '../../format/number.ts';
import { useNodes } from '../../state/nodes.ts';
import { usePaused } from '../../state/policy-queries.ts';
import { useChangedOrder, useTopOrders } from '../../state/queries.ts';
import { currentPlace, hrefHere, navigate, usePlace } from '../../state/url-state.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { AloneNotice } from './alone-notice.tsx';
import { type Dial, dialsOf, handlingOf, readSettings, turnedBy, writeSettings } from './dials.ts';
import { OrderPicker } from './order-picker.tsx';
import { Outcome } from './outcome.tsx';

export interface WhatIfProps {
  readonly run: Run;
  /** Of the dataset: what is tried is charged by it. */
  readonly policy: Policy;
}

const FIRST = { sort: 'orderId', dir: 'asc' } as const;

export function WhatIf({ run, policy }: WhatIfProps) {
  const place = usePlace();
  const first = useTopOrders(run.runId, FIRST, 1);
  const orderId = place.query.try ?? first.data?.orders[0]?.orderId ?? null;
  const section = useRef<HTMLElement>(null);
  // An address that names an order is about it.
  const isNamed = useRef(place.query.try !== undefined);
  const bringUp = useCallback(() => {
    if (isNamed.current) section.current?.scrollIntoView();
    isNamed.current = false;
  }, []);
  return (
    <section className="what-if" id="what-if" ref={section}>
      <h2>What if a rate were different?</h2>
      {orderId !== null && (
        <>
          <OrderPicker runId={run.runId} orderId={orderId} onPick={pick} />
          <Tried key={orderId} run={run} policy={policy} orderId={orderId} onShown={bringUp} />
        </>
      )}
    </section>
  );
}

const pick = (orderId: string): void => navigate(hrefHere(currentPlace(), { try: orderId }), { replace: true });

interface TriedProps extends WhatIfProps {
  readonly orderId: string;
  readonly onShown: () => void;
}

const NO_CHANGES = { changes: [] };

function Tried({ run, policy, orderId, onShown }: TriedProps) {
  const { scenarioId, currency } = run;
  const now = useChangedOrder(scenarioId, orderId, NO_CHANGES);
  const dials = useDials(scenarioId, orderId, now.data, policy);
  const [at, setAt] = useSettings();
  const turned = useMemo(() => turnedBy(dials, at, policy), [dials, at, policy]);
  const isTurned = turned.changes.length > 0 || turned.policy !== undefined;
  const paused = usePaused(turned);
  const then = useChangedOrder(scenarioId, orderId, paused);
  const pending = paused !== turned || then.isPlaceholderData;
  const isShown = Boolean(now.data) && dials.length > 0;
  useEffect(() => {
    if (isShown) onShown();
  }, [isShown, onShown]);
  if (now.error) return <ErrorNotice error={now.error} onRetry={() => void now.refetch()} />;
  if (!now.data) return <SkeletonRows rows={6} />;
  return (
    <>
      <AloneNotice run={run} orderId={orderId} policy={policy} alone={now.data} />
      <div className="tried">
        <div className="dials">
          {dials.map((dial) => (
            <DialRow
              key={dial.id}
              dial={dial}
              value={at[dial.id] ?? dial.from}
              onChange={(value) => setAt({ ...at, [dial.id]: value })}
              currency={currency}
            />
          ))}
          <button type="button" className="button quiet" disabled={!isTurned} onClick={() => setAt({})}>
            As it is
          </button>
        </div>
        {then.error ? (
          <ErrorNotice error={then.error} onRetry={() => void then.refetch()} />
        ) : (
          <Outcome
            now={now.data}
            then={then.data ?? now.data}
            state={pending ? 'pending' : isTurned ? 'turned' : 'as it is'}
            currency={currency}
          />
        )}
      </div>
    </>
  );
}

type Plan = NonNullable<ReturnType<typeof useChangedOrder>['data']>;

/** Those that handling takes are there once it is known what it costs. */
function useDials(scenarioId: string, orderId: string, plan: Plan | null | undefined, policy: Policy): readonly Dial[] {
  const nodes = useNodes();
  const freed = useMemo(() => {
    const nodeIds = [...new Set(plan?.shipments.map(({ nodeId }) => nodeId))].slice(0, MOST_NODES);
    return { changes: nodeIds.map((nodeId) => ({ kind: 'handling' as const, nodeId, to: 0 })) };
  }, [plan]);
  const without = useChangedOrder(scenarioId, orderId, freed, freed.changes.length > 0);
  const isKnown = without.data && !without.isPlaceholderData;
  return useMemo(() => {
    if (!plan) return [];
    return dialsOf(plan, policy.goals, isKnown ? handlingOf(plan, without.data!) : new Map(), nodes);
  }, [plan, policy, nodes, isKnown, without.data]);
}

/** As many changes as the server takes at once, with room for those that are tried. */
const MOST_NODES = 10;

/** What is turned stands in the address, so that it can be sent to somebody. */
function useSettings() {
  const [at, setAt] = useState(() => readSettings(currentPlace().query.with));
  const written = usePaused(writeSettings(at));
  useEffect(() => {
    const place = currentPlace();
    if (place.screen === 'cost-model') navigate(hrefHere(place, { with: written }), { replace: true });
  }, [written]);
  return [at, setAt] as const;
}

interface DialRowProps {
  readonly dial: Dial;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly currency: string;
}

function DialRow({ dial, value, onChange, currency }: DialRowProps) {
  const text = (at: number): string =>
    dial.unit === 'money' ? moneyText(at, currency) : `${decimalText(at, 0)}\u00a0%`;
  const isTurned = value !== dial.from;
  return (
    <label className="dial">
      <span>{dial.label}</span>
      <span className={isTurned ? 'num' : 'num muted'}>
        {isTurned && <span className="muted">{text(dial.from)} → </span>}
        {text(value)}
      </span>
      <input
        type="range"
        min={dial.least}
        max={dial.most}
        step={dial.step}
        value={value}
        aria-valuetext={isTurned ? `${text(value)}, now ${text(dial.from)}` : text(value)}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}
