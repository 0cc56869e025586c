// Decides the drawer in which one order is tried under the draft: what ships, why, and which rule turned which node down. Nothing is stored.
import type { Policy } from '@sourcewright/engine';
import type { OrderDetail } from '@sourcewright/server/contract';
import { useState } from 'react';
import { moneyText } from '../../format/money.ts';
import { plural } from '../../format/number.ts';
import { usePaused, useTriedOrder } from '../../state/policy-queries.ts';
import { useOrder, useTopOrders } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { useEscape } from '../../state/shortcuts.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';
import { Icon } from '../../ui/icon.tsx';
import { ErrorNotice, Notice } from '../../ui/notice.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { OrderCosts } from '../orders/order-costs.tsx';
import { Shipments } from '../orders/shipments.tsx';
import { Why } from '../orders/why.tsx';
import '../orders/orders.css';
import type { DraftDesk } from './use-draft.ts';

export interface TryOrderProps {
  readonly desk: DraftDesk;
  readonly scenarioId: string;
  readonly orderId: string | null;
  readonly onPick: (orderId: string) => void;
  readonly onClose: () => void;
}

const SIDES = [
  { value: 'draft', label: 'Under the draft' },
  { value: 'base', label: 'As published' },
] as const;

export function TryOrder({ desk, scenarioId, orderId, onPick, onClose }: TryOrderProps) {
  const { run } = useSelection();
  const [side, setSide] = useState<'draft' | 'base'>('draft');
  const draft = usePaused(desk.policy);
  useEscape(onClose);
  return (
    <aside className="drawer order-drawer try-order" aria-label="Try an order">
      <header>
        <h2>{orderId === null ? 'Try an order' : `Order ${orderId}`}</h2>
        <button type="button" className="button quiet icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="body" tabIndex={0} role="region" aria-label="The order under the draft">
        {run ? (
          <>
            <OrderPicker runId={run.runId} orderId={orderId} onPick={onPick} />
            {orderId !== null && (
              <>
                <Segments label="Policy" value={side} options={SIDES} onChange={setSide} />
                <Tried
                  scenarioId={scenarioId}
                  runId={run.runId}
                  orderId={orderId}
                  policy={side === 'draft' ? draft : desk.base}
                />
              </>
            )}
          </>
        ) : (
          <Notice title="No finished run to pick orders from">
            <p>Orders are listed by runs. Start one on the screen Runs.</p>
          </Notice>
        )}
      </div>
    </aside>
  );
}

const FOUND = 8;

interface OrderPickerProps {
  readonly runId: string;
  readonly orderId: string | null;
  readonly onPick: (orderId: string) => void;
}

function OrderPicker({ runId, orderId, onPick }: OrderPickerProps) {
  const [text, setText] = useState('');
  const asked = usePaused(text.trim());
  const found = useTopOrders(runId, asked ? { q: asked } : {}, FOUND);
  const isOpen = orderId === null || asked !== '';
  return (
    <div className="order-picker">
      <input
        type="search"
        className="input"
        aria-label="Find an order"
        placeholder="Order, postcode, area, sku or item"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isOpen && (
        <ul>
          {(found.data?.orders ?? []).map((order) => (
            <li key={order.orderId}>
              <button type="button" className="link order-id" onClick={() => onPick(order.orderId)}>
                {order.orderId}
              </button>{' '}
              <span className="muted">
                {[order.postcode ?? order.region, plural(order.units, 'unit')].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface TriedProps {
  readonly scenarioId: string;
  readonly runId: string;
  readonly orderId: string;
  readonly policy: Policy;
}

function Tried({ scenarioId, runId, orderId, policy }: TriedProps) {
  const place = usePlace();
  const known = useOrder(runId, orderId);
  const tried = useTriedOrder(scenarioId, orderId, policy);
  const error = known.error ?? tried.error;
  if (error) return <ErrorNotice error={error} onRetry={() => void tried.refetch()} />;
  const orderPlan = tried.data?.plan.orders[0];
  const explanation = tried.data?.explanations?.[0];
  if (!known.data || known.isPlaceholderData || !orderPlan || !explanation) {
    return <SkeletonRows rows={10} label="Trying the order" />;
  }
  const detail: OrderDetail = { ...known.data, orderPlan, explanation };
  return (
    <div className="order-page">
      <p className="muted">
        By itself on the stock the dataset starts with: {moneyText(orderPlan.cost.totalMicros, detail.currency)}.{' '}
        <a href={hrefOf(place, 'orders', {}, orderId)}>In the run</a>, with the orders before it:{' '}
        {moneyText(known.data.orderPlan.cost.totalMicros, detail.currency)}.
      </p>
      {explanation.rules.length > 0 && (
        <ul className="sentences">
          {explanation.rules.map(({ sentence }) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Why detail={detail} />
      <Shipments detail={detail} />
      <OrderCosts detail={detail} />
    </div>
  );
}
