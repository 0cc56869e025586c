// Decides how "what would flip it" reads: the smallest change first, a few at first, the rest on demand.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useState } from 'react';
import { plural } from '../../format/number.ts';
import { changeLabel } from '../../format/words.ts';
import { usePrinting } from '../../state/printing.ts';
import { useThoroughLook } from '../../state/queries.ts';
import { MoreButton } from '../../ui/more-button.tsx';

export type Flip = NonNullable<OrderDetail['explanation']['counterfactuals']>[number];

const AT_FIRST = 4;

export interface FlipsProps {
  readonly flips: readonly Flip[];
  readonly label: string;
  readonly detail: OrderDetail;
}

export function Flips({ flips, label, detail }: FlipsProps) {
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  const shown = all || printing ? flips : flips.slice(0, AT_FIRST);
  return (
    <>
      <ul className="flips" aria-label={label}>
        {shown.map((flip) => (
          <li key={`${flip.id} ${String(flip.change.to)}`}>
            <span className="tag">{changeLabel(flip.change.kind)}</span>
            <span>{withItem(detail, flip)}</span>
          </li>
        ))}
      </ul>
      {flips.length > AT_FIRST && (
        <MoreButton
          all={all}
          onToggle={() => setAll(!all)}
          more={`Show ${plural(flips.length - AT_FIRST, 'more change', 'more changes')}`}
        />
      )}
    </>
  );
}

/** Lines have numbers in sentences; the item's name is put in where there are several. */
function withItem({ order, items }: OrderDetail, { lineId, sentence }: Flip): string {
  const line = order.lines.length > 1 ? order.lines.find((one) => one.lineId === lineId) : undefined;
  const number = `ine ${lineId} `;
  const at = sentence.indexOf(number);
  if (!line || at < 0) return sentence;
  const end = at + number.length;
  return `${sentence.slice(0, end)}(${items[line.sku]?.name ?? line.sku}) ${sentence.slice(end)}`;
}

/** What can be said where no change flips `it`: that none was tried yet is not that none does. */
export function nothingFound(notLookedFor: OrderDetail['explanation']['notLookedFor'], it = 'it'): string {
  if (notLookedFor?.nothingTried) return 'No change was tried yet.';
  return notLookedFor
    ? `None of the changes that were tried flips ${it}.`
    : `No single change that is tried here flips ${it}: of stock, room, distance, charges, dates or rules.`;
}

export function WhatWouldFlip({ detail, runId }: { readonly detail: OrderDetail; readonly runId: string }) {
  const [further, setFurther] = useState(false);
  const { order, explanation } = detail;
  const { data, isLoading, error } = useThoroughLook(runId, order.orderId, undefined, further);
  const { flips, notLookedFor } = data ?? {
    flips: explanation.counterfactuals ?? [],
    notLookedFor: explanation.notLookedFor,
  };
  return (
    <section className="what-would-flip">
      <h2>What would flip it</h2>
      {flips.length > 0 ? (
        <>
          <p className="muted">Each was tried: with the change a line goes elsewhere, with a step less it stays.</p>
          <Flips flips={flips} label="What would flip it" detail={detail} />
        </>
      ) : (
        <p className="muted">{nothingFound(notLookedFor)}</p>
      )}
      {notLookedFor && <p className="muted">{notLookedFor.sentence}</p>}
      {notLookedFor && !further && (
        <button type="button" className="button quiet more" onClick={() => setFurther(true)}>
          Look further
        </button>
      )}
      {isLoading && further && (
        <p className="muted" role="status">
          Trying changes, one by one…
        </p>
      )}
      {error && <p className="mark-scarce">That could not be found out. Try again later.</p>}
    </section>
  );
}
