// Decides "what if this rate were …": sliders for what one order meets, and its plan now and then side by side.
import type { Change, OrderPlan } from '@sourcewright/engine';
import { useMemo, useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { CostPair } from '../../charts/cost-pair.tsx';
import { amountText, moneyText, signedAmountText } from '../../format/money.ts';
import { usePaused } from '../../state/policy-queries.ts';
import { useChangedOrder, useScenario, useTopOrders } from '../../state/queries.ts';
import { useNodes } from '../../state/nodes.ts';
import { hrefHere, navigate, usePlace } from '../../state/url-state.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { costPairRows } from '../orders/order-costs.tsx';
import { changeAt, dialsOf, type Dial } from './dials.ts';

export interface WhatIfProps {
  readonly scenarioId: string;
  readonly runId: string;
  readonly currency: string;
}

/** Orders offered in the list. */
const OFFERED = 200;
const BY_ID = { sort: 'orderId', dir: 'asc' } as const;

export function WhatIf({ scenarioId, runId, currency }: WhatIfProps) {
  const place = usePlace();
  const offered = useTopOrders(runId, BY_ID, OFFERED);
  const ids = offered.data?.orders.map(({ orderId }) => orderId) ?? [];
  const orderId = place.query.try ?? ids[0] ?? null;
  return (
    <section className="what-if">
      <h2>What if a rate were other?</h2>
      <label className="pick">
        Order{' '}
        <select
          className="select"
          value={orderId ?? ''}
          onChange={(event) => navigate(hrefHere(place, { try: event.target.value }), { replace: true })}
        >
          {orderId !== null && !ids.includes(orderId) && <option value={orderId}>{orderId}</option>}
          {ids.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      {orderId !== null && <Tried key={orderId} scenarioId={scenarioId} orderId={orderId} currency={currency} />}
    </section>
  );
}

interface TriedProps {
  readonly scenarioId: string;
  readonly orderId: string;
  readonly currency: string;
}

const NO_CHANGES: readonly Change[] = [];

function Tried({ scenarioId, orderId, currency }: TriedProps) {
  const now = useChangedOrder(scenarioId, orderId, NO_CHANGES);
  const scenario = useScenario(scenarioId);
  const goals = scenario.data?.policy.goals;
  const dials = useMemo(() => (now.data && goals ? dialsOf(now.data, goals) : []), [now.data, goals]);
  const [at, setAt] = useState<Readonly<Record<string, number>>>({});
  const changes = useMemo(() => dials.flatMap((dial) => changeAt(dial, at[dial.id])), [dials, at]);
  const then = useChangedOrder(scenarioId, orderId, usePaused(changes));
  if (now.error) return <ErrorNotice error={now.error} onRetry={() => void now.refetch()} />;
  if (!now.data) return <SkeletonRows rows={6} />;
  return (
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
        <button type="button" className="button quiet" disabled={changes.length === 0} onClick={() => setAt({})}>
          As it is
        </button>
      </div>
      {then.error ? (
        <ErrorNotice error={then.error} onRetry={() => void then.refetch()} />
      ) : (
        <Outcome now={now.data} then={then.data ?? now.data} currency={currency} />
      )}
    </div>
  );
}

interface DialRowProps {
  readonly dial: Dial;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly currency: string;
}

function DialRow({ dial, value, onChange, currency }: DialRowProps) {
  const text = dial.change.kind === 'rate' ? signedAmountText(value) : moneyText(value, currency);
  return (
    <label className="dial">
      <span>{dial.label}</span>
      <span className={value === dial.from ? 'num muted' : 'num'}>{text}</span>
      <input
        type="range"
        min={dial.least}
        max={dial.most}
        step={dial.step}
        value={value}
        aria-valuetext={text}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  );
}

function Outcome({
  now,
  then,
  currency,
}: {
  readonly now: OrderPlan;
  readonly then: OrderPlan;
  readonly currency: string;
}) {
  const nodes = useNodes();
  const namesOf = ({ shipments }: OrderPlan): string =>
    [...new Set(shipments.map(({ nodeId }) => nodes.name(nodeId)))].join(' + ') || 'nobody';
  const [before, after] = [namesOf(now), namesOf(then)];
  const rows = costPairRows(now.cost, then.cost);
  return (
    <ChartFrame
      title={before === after ? `${after} still supplies it` : `${after} instead of ${before}`}
      subtitle={`With all stock to itself; ${currency}, now and with the changes`}
      table={{
        columns: ['Term', 'Now', 'With the changes'],
        rows: rows.map(({ id, label, left, right }) => ({
          key: id,
          cells: [label, amountText(left), amountText(right)],
        })),
      }}
    >
      {(width) => (
        <CostPair
          data={{ left: `Now: ${before}`, right: `Then: ${after}`, rows }}
          options={{ width, valueText: amountText, deltaText: signedAmountText }}
        />
      )}
    </ChartFrame>
  );
}
