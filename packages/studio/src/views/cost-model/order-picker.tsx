// Decides how an order of the run is picked by its id: what is typed is looked for in all of them, and the first few are offered.
import { useEffect, useState } from 'react';
import { usePaused } from '../../state/policy-queries.ts';
import { useTopOrders } from '../../state/queries.ts';

export interface OrderPickerProps {
  readonly runId: string;
  readonly orderId: string;
  readonly onPick: (orderId: string) => void;
}

const OFFERED = 50;
const LIST = 'orders-to-try';

export function OrderPicker({ runId, orderId, onPick }: OrderPickerProps) {
  const [draft, setDraft] = useState(orderId);
  useEffect(() => setDraft(orderId), [orderId]);
  const words = usePaused(draft.trim());
  // What stands there is no search: then the first orders are offered.
  const q = words === orderId ? '' : words;
  const offered = useTopOrders(runId, { sort: 'orderId', dir: 'asc', ...(q !== '' && { q }) }, OFFERED);
  const ids = offered.data?.orders.map((row) => row.orderId) ?? [];
  const total = offered.data?.total ?? null;
  // A whole id, typed or chosen from what is offered, needs no Enter.
  const whole = q !== '' && q === draft.trim() && ids.includes(q);
  useEffect(() => {
    if (whole) onPick(q);
  }, [whole, q, onPick]);
  const nothing = q !== '' && total === 0;
  return (
    <form
      className="pick"
      onSubmit={(event) => {
        event.preventDefault();
        const [first] = ids;
        if (q !== '' && q === draft.trim() && first !== undefined) onPick(first);
      }}
    >
      <label>
        Order{' '}
        <input
          type="search"
          className="input"
          list={LIST}
          autoComplete="off"
          placeholder="Order, postcode, sku or item"
          value={draft}
          aria-describedby="orders-found"
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <datalist id={LIST}>
        {ids.map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <span id="orders-found" className="muted" role="status">
        {nothing ? `No order with “${q}”` : q !== '' && total !== null ? `${total} found, Enter takes the first` : ''}
      </span>
    </form>
  );
}
