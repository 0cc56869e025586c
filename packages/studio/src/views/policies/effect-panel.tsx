// Decides how the effect of a draft is told while it is written: changed orders, money before and after, and which orders they are.
import type { EffectReport } from '@sourcewright/server/contract';
import { deltaOf } from '../../format/delta.ts';
import { currencySign, moneyText, signedAmountText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { strategyLabel } from '../../format/words.ts';
import { useNodes } from '../../state/nodes.ts';
import { DeltaText } from '../../ui/delta-text.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export interface EffectPanelProps {
  readonly report: EffectReport | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  readonly isChanged: boolean;
  readonly runs: boolean;
  readonly onTry: (orderId: string) => void;
}

const SHOWN = 20;

export function EffectPanel({ report, error, busy, isChanged, runs, onTry }: EffectPanelProps) {
  return (
    <section className="effect" aria-label="Effect" aria-busy={busy}>
      {error ? (
        <ErrorNotice error={error} />
      ) : !report ? (
        <>
          <h2>Effect</h2>
          {runs ? <Skeleton /> : <p className="muted">Shown when the policy can be run.</p>}
        </>
      ) : (
        <>
          <h2>{finding(report, isChanged)}</h2>
          <p className="muted">
            Last {plural(report.orders, 'order')}, each by itself ({strategyLabel(report.strategy)}, {report.elapsedMs}{' '}
            ms)
            {!runs && '; from before the draft broke'}.
          </p>
          {report.touched > 0 && <Figures report={report} />}
          {report.decided < report.touched && (
            <p className="muted">
              The change touches {plural(report.touched, 'order')}; the newest {countText(report.decided)} are worked
              out
              {busy ? ', more are on their way' : ''}.
            </p>
          )}
          {report.changes.length > 0 && <Changes report={report} onTry={onTry} />}
        </>
      )}
    </section>
  );
}

function finding({ changed, decided, touched, changesTotal }: EffectReport, isChanged: boolean): string {
  const among = decided < touched ? ` so far, of ${plural(touched, 'touched order')}` : '';
  if (!isChanged || (changed === 0 && changesTotal === 0)) return `No order changes${among}`;
  if (changed === 0) return `${plural(changesTotal, 'order')} cost otherwise, none ships otherwise${among}`;
  return `${plural(changed, 'order')} of ${countText(decided)} touched ${changed === 1 ? 'ships' : 'ship'} otherwise`;
}

function Figures({ report: { before, after, currency } }: { readonly report: EffectReport }) {
  const rows = [
    { label: 'Cost', key: 'costMicros', text: (value: number) => moneyText(value, currency) },
    { label: 'Shipments', key: 'shipments', text: (value: number) => countText(value) },
    { label: 'Split orders', key: 'splitOrders', text: (value: number) => countText(value) },
    { label: 'Late orders', key: 'lateOrders', text: (value: number) => countText(value) },
    { label: 'Unsourced', key: 'unsourcedUnits', text: (value: number) => countText(value) },
  ] as const;
  return (
    <table className="effect-figures" aria-label="Of the orders that the change touches">
      <thead>
        <tr>
          <th scope="col">Touched</th>
          <th scope="col" className="num">
            Before
          </th>
          <th scope="col" className="num">
            After
          </th>
          <th scope="col" className="num">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, key, text }) => (
          <tr key={key} data-figure={key}>
            <th scope="row">{label}</th>
            <td className="num">{text(before[key])}</td>
            <td className="num">{text(after[key])}</td>
            <td className="num">
              <DeltaText delta={deltaOf(after[key], before[key], 'lower')} text={text} withShare={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ report, onTry }: { readonly report: EffectReport; readonly onTry: (orderId: string) => void }) {
  const nodes = useNodes();
  const from = (nodeIds: readonly string[]): string => nodeIds.map(nodes.name).join(', ') || 'nothing ships';
  return (
    <table className="effect-orders" aria-label="Changed orders">
      <thead>
        <tr>
          <th scope="col">Order, before → after</th>
          <th scope="col" className="num">
            More<span className="muted"> {currencySign(report.currency).trim()}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {report.changes.slice(0, SHOWN).map(({ orderId, before, after }) => (
          <tr key={orderId}>
            <td>
              <button type="button" className="link order-id" onClick={() => onTry(orderId)}>
                {orderId}
              </button>
              <span className="muted">
                {' '}
                {from(before.nodeIds)} → {from(after.nodeIds)}
              </span>
            </td>
            <td className="num">{signedAmountText(after.costMicros - before.costMicros)}</td>
          </tr>
        ))}
        {report.changesTotal > SHOWN && (
          <tr>
            <td colSpan={2} className="muted">
              and {countText(report.changesTotal - SHOWN)} more
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
