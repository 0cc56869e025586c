// Decides what is said on Home of shadow prices: the few resources of which one more would save most, the rest in a dialog.
import type { PriceRow, Run } from '@sourcewright/server/contract';
import { moneyText } from '../../format/money.ts';
import { countText } from '../../format/number.ts';
import { priceKey, priceText } from '../../format/price-text.ts';
import { usePrices } from '../../state/queries.ts';
import { hrefHere, hrefOf, navigate, usePlace } from '../../state/url-state.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { PricesDialog } from './prices-dialog.tsx';

const SHOWN = 5;

export function WorthMost({ run }: { readonly run: Run }) {
  const place = usePlace();
  const prices = usePrices(run.runId, { limit: SHOWN });
  const { data } = prices;
  return (
    <section className="worth-most">
      <div className="head">
        <h2>Worth most</h2>
        {data && data.total > 0 && (
          <a href={hrefHere(place, { show: 'prices' })}>All {countText(data.total)} in a table</a>
        )}
      </div>
      {prices.error ? (
        <ErrorNotice error={prices.error} onRetry={() => void prices.refetch()} />
      ) : !data ? (
        <SkeletonRows rows={SHOWN} label="Loading what is worth most" />
      ) : data.total === 0 ? (
        <NoPrices run={run} />
      ) : (
        <ul>
          {data.prices.map((price) => (
            <PriceItem key={priceKey(price)} price={price} currency={data.currency} />
          ))}
        </ul>
      )}
      {data && data.total > 0 && place.query.show === 'prices' && (
        <PricesDialog run={run} onClose={() => navigate(hrefHere(place, { show: '' }), { replace: true })} />
      )}
    </section>
  );
}

function PriceItem({ price, currency }: { readonly price: PriceRow; readonly currency: string }) {
  const place = usePlace();
  const { lead, item, day } = priceText(price);
  return (
    <li>
      <span>
        {lead} {item !== null && <strong>{item} </strong>}at{' '}
        <a href={hrefOf(place, 'map', { node: price.nodeId })}>{price.nodeName}</a> {day}
      </span>{' '}
      <span className="num">
        <span className="muted">saves</span> {moneyText(price.unitMicros, currency)}
      </span>
    </li>
  );
}

function NoPrices({ run }: { readonly run: Run }) {
  const place = usePlace();
  if (run.strategy === 'optimal') {
    return <p className="muted">Nothing is scarce: one more unit of stock or capacity would save nothing.</p>;
  }
  return (
    <p className="muted">
      The strategy Optimal finds where one more unit or shipment would save most.{' '}
      <a href={hrefOf(place, 'runs')}>Start a run</a>
    </p>
  );
}
