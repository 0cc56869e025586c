// Decides how an order is told against another run: what cost differs, which lines others supply there, and which reasons are not the same.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useState } from 'react';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { CostPair } from '../../charts/cost-pair.tsx';
import { fineAmountText, shownDifference, signedAmountText, sizeText } from '../../format/money.ts';
import { plural } from '../../format/number.ts';
import { runName, TERM_ORDER, termLabel } from '../../format/words.ts';
import { usePrinting } from '../../state/printing.ts';
import { useOrderDiff } from '../../state/queries.ts';
import { useSelection } from '../../state/selection.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { termMicros } from './order-costs.tsx';

type Diff = NonNullable<OrderDetail['diff']>;

const AT_FIRST = 6;
const NOT_SAID = 'does not apply';

export function InOtherRun({ detail, runId }: { readonly detail: OrderDetail; readonly runId: string }) {
  const { baseline } = useSelection();
  const [asked, setAsked] = useState(false);
  const { data, isLoading, error } = useOrderDiff(runId, detail.order.orderId, baseline?.runId ?? '', asked);
  const printing = usePrinting();
  // On paper stands what was asked for.
  if (!baseline || (printing && !asked)) return null;
  const name = runName(baseline);
  return (
    <section className="in-other-run">
      <h2>Against {name}</h2>
      {!asked && (
        <button type="button" className="button quiet more" onClick={() => setAsked(true)}>
          What is different from {name}?
        </button>
      )}
      {asked && isLoading && (
        <p className="muted" role="status">
          Explaining both…
        </p>
      )}
      {error && <p className="mark-scarce">That could not be found out. Try again later.</p>}
      {data && <Difference diff={data} detail={detail} name={name} />}
    </section>
  );
}

interface DifferenceProps {
  readonly diff: Diff;
  readonly detail: OrderDetail;
  readonly name: string;
}

function Difference({ diff, detail, name }: DifferenceProps) {
  const { currency, orderPlan } = detail;
  const rows = TERM_ORDER.map((term) => {
    const left = termMicros(orderPlan.cost, term);
    return { id: term, label: termLabel(term), left, right: left - termMicros(diff.cost, term) };
  }).filter(({ left, right }) => left !== 0 || right !== 0);
  const title = differenceTitle(orderPlan.cost.totalMicros, diff.cost.totalMicros, currency);
  const others = diff.changes.filter(({ kind, sameReason }) => !sameReason && kind === 'rejection');
  return (
    <>
      <ChartFrame
        title={title}
        subtitle={`This run against ${name}, ${currency}`}
        table={{
          columns: ['Term', 'This run', name, 'Difference'],
          rows: rows.map(({ id, label, left, right }) => ({
            key: id,
            cells: [label, fineAmountText(left), fineAmountText(right), signedAmountText(shownDifference(left, right))],
          })),
        }}
      >
        {(width) => (
          <CostPair
            data={{ left: 'This run', right: name, rows }}
            options={{ width, valueText: fineAmountText, deltaText: signedAmountText, difference: shownDifference }}
          />
        )}
      </ChartFrame>
      <Moved diff={diff} detail={detail} />
      <Reasons diff={diff} name={name} detail={detail} />
      {others.length > 0 && (
        <p className="muted">{plural(others.length, 'node')} turned down for another reason than there.</p>
      )}
    </>
  );
}

/** By how much the order is dearer or cheaper here, as its two totals are shown. */
function differenceTitle(hereMicros: number, byMicros: number, currency: string): string {
  if (byMicros === 0) return 'The order costs the same';
  const shown = shownDifference(hereMicros - byMicros, hereMicros);
  return `The order costs ${sizeText(shown === 0 ? byMicros : shown, currency)} ${byMicros > 0 ? 'more' : 'less'} here`;
}

function Moved({ diff: { moved }, detail }: Pick<DifferenceProps, 'diff' | 'detail'>) {
  const [all, setAll] = useState(false);
  if (moved.length === 0) return <p>The same nodes supply every line.</p>;
  const names = (ids: readonly string[]): string =>
    ids.map((id) => detail.nodes[id]?.name ?? id).join(' and ') || 'nobody';
  const items = new Map(detail.order.lines.map(({ lineId, sku }) => [lineId, detail.items[sku]?.name ?? sku]));
  const shown = all ? moved : moved.slice(0, AT_FIRST);
  return (
    <>
      <p>{plural(moved.length, 'line is', 'lines are')} supplied by others:</p>
      <ul className="sentences" aria-label="Lines supplied by others">
        {shown.map(({ lineId, from, to }) => (
          <li key={lineId}>
            Line {lineId} ({items.get(lineId)}): {names(to)}, there {names(from)}
          </li>
        ))}
      </ul>
      {moved.length > AT_FIRST && (
        <MoreButton all={all} onToggle={() => setAll(!all)} more={`Show ${moved.length - AT_FIRST} more`} />
      )}
    </>
  );
}

/** Of the order and its lines; nodes that were turned down are only counted. */
function Reasons({ diff, name, detail }: DifferenceProps) {
  const [all, setAll] = useState(false);
  const found = diff.changes.filter(({ kind, sameReason }) => !sameReason && kind !== 'rejection');
  if (found.length === 0) return null;
  const shown = all ? found : found.slice(0, AT_FIRST);
  return (
    <>
      <p>What is said otherwise:</p>
      <dl className="said-otherwise">
        {shown.map(({ id, lineId, sku, before, after }) => (
          <div key={id}>
            {lineId !== undefined && sku !== undefined && (
              <>
                <dt>Line {lineId}</dt>
                <dd className="strong">{detail.items[sku]?.name ?? sku}</dd>
              </>
            )}
            <dt>This run</dt>
            <dd>{after ?? NOT_SAID}</dd>
            <dt>{name}</dt>
            <dd className="muted">{before ?? NOT_SAID}</dd>
          </div>
        ))}
      </dl>
      {found.length > AT_FIRST && (
        <MoreButton all={all} onToggle={() => setAll(!all)} more={`Show ${found.length - AT_FIRST} more`} />
      )}
    </>
  );
}
