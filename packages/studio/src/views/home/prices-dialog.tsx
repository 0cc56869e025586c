// Decides the whole table of shadow prices: what is scarce, where, how much of it there is, and what one more would save.
import type { PriceRow, Run } from '@sourcewright/server/contract';
import { fullDayText } from '../../format/date.ts';
import { amountText, currencySign } from '../../format/money.ts';
import { countText } from '../../format/number.ts';
import { priceKey, priceText } from '../../format/price-text.ts';
import { runName } from '../../format/words.ts';
import { usePricePages } from '../../state/queries.ts';
import { hrefOf, navigate, usePlace } from '../../state/url-state.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';

export function PricesDialog({ run, onClose }: { readonly run: Run; readonly onClose: () => void }) {
  const place = usePlace();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePricePages(run.runId);
  const prices = data?.pages.flatMap((page) => page.prices);
  const total = data?.pages[0]?.total ?? 0;
  return (
    <Dialog label="Worth most" onClose={onClose}>
      <div className="prices-dialog">
        <header>
          <div>
            <h1>Worth most</h1>
            <p className="muted">
              What {runName(run)} would save with one more of each scarce resource
              {prices && total > prices.length && `; the highest ${countText(prices.length)} of ${countText(total)}`}
            </p>
          </div>
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </header>
        {error ? (
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        ) : prices ? (
          <>
            <DataTable
              label="What one more of each scarce resource saves"
              columns={columnsOf(run.currency)}
              rows={prices}
              rowKey={priceKey}
              onOpen={({ nodeId }) => navigate(hrefOf(place, 'map', { node: nodeId }))}
              initialSort={{ column: 'saves', descending: true }}
            />
            {hasNextPage && (
              <button
                type="button"
                className="button quiet more"
                disabled={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                Show more of {countText(total)}
              </button>
            )}
          </>
        ) : (
          <SkeletonRows rows={10} label="Loading prices" />
        )}
      </div>
    </Dialog>
  );
}

function columnsOf(currency: string): readonly Column<PriceRow>[] {
  return [
    { id: 'what', header: 'One more', cell: (price) => <What price={price} />, sortValue: whatText },
    { id: 'node', header: 'At', cell: (price) => price.nodeName, sortValue: (price) => price.nodeName },
    {
      id: 'supply',
      header: 'There are',
      numeric: true,
      cell: (price) => countText(price.supply),
      sortValue: (price) => price.supply,
    },
    {
      id: 'saves',
      header: 'Saves',
      unit: ` ${currencySign(currency)}`,
      numeric: true,
      cell: (price) => amountText(price.unitMicros),
      sortValue: (price) => price.unitMicros,
    },
  ];
}

function What({ price }: { readonly price: PriceRow }) {
  if (price.kind !== 'stock') return whatText(price);
  return (
    <>
      {whatText(price)} {price.name !== null && <span className="muted">{price.sku}</span>}
    </>
  );
}

function whatText(price: PriceRow): string {
  if (price.kind !== 'stock') {
    const what = price.kind === 'shipments' ? 'Shipment' : 'Unit';
    return price.shipOn === null ? what : `${what} on ${fullDayText(price.shipOn)}`;
  }
  return priceText(price).item ?? '';
}
