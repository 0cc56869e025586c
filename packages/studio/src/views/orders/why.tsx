// Decides how an explanation reads: sentences first, then each line with its choice, its runner-up and who was turned down.
import type { OrderDetail } from '@sourcewright/server/contract';
import { useState } from 'react';
import { moneyText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { splitLabel } from '../../format/words.ts';
import { useCatalogue } from '../../state/policy-queries.ts';
import { usePrinting } from '../../state/printing.ts';
import { Evidence } from './evidence.tsx';
import { isException, LineReasons } from './line-reasons.tsx';

type LineExplanation = OrderDetail['explanation']['lines'][number];

const PAGE = 25;
const SEARCH_FROM = 12;

export function Why({ detail, runId }: { readonly detail: OrderDetail; readonly runId?: string | undefined }) {
  const { explanation } = detail;
  const { split } = explanation;
  // The words for what rules found are there before anything is unfolded or printed.
  useCatalogue();
  return (
    <section className="why">
      <h2>Why</h2>
      <ul className="sentences">
        {explanation.summary.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {split && (
        <p className="split">
          <span className="tag">{splitLabel(split.cause)}</span> {split.sentence}
          {split.recoverableMicros > 0 && (
            <span className="tag good">{moneyText(split.recoverableMicros, detail.currency)} to be had</span>
          )}
        </p>
      )}
      {split?.parts && (
        <ul className="sentences">
          {split.parts.map(({ nodeId, shipOn, sentence }) => (
            <li key={`${nodeId} ${shipOn}`}>{sentence}</li>
          ))}
        </ul>
      )}
      <Rules detail={detail} />
      <LineList detail={detail} runId={runId} />
    </section>
  );
}

/** What the strategies of a cascade did, and the rules that set the order’s terms or charged what was chosen. */
function Rules({ detail }: { readonly detail: OrderDetail }) {
  const { cascade = [], rules } = detail.explanation;
  const statements = [...cascade.map((step) => ({ ...step, id: step.strategy })), ...rules];
  if (statements.length === 0) return null;
  return (
    <ul className="sentences">
      {statements.map(({ id, sentence, evidence }) => (
        <li key={id}>
          {sentence}
          <Evidence evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}

function LineList({ detail, runId }: { readonly detail: OrderDetail; readonly runId?: string | undefined }) {
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(PAGE);
  const printing = usePrinting();
  const { lines } = detail.explanation;
  const words = text.trim().toLowerCase();
  const found = words && !printing ? lines.filter((line) => matches(line, words, detail)) : lines;
  const shown = printing ? found : found.slice(0, limit);
  return (
    <div className="line-list">
      <div className="line-head">
        <h3>{plural(lines.length, 'line')}</h3>
        {lines.length >= SEARCH_FROM && (
          <input
            type="search"
            className="input"
            aria-label="Find a line"
            placeholder="Item, sku or node"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setLimit(PAGE);
            }}
          />
        )}
        <span className="muted">chosen, and what the next best would cost more</span>
      </div>
      {shown.map((line) => (
        <LineReasons key={line.lineId} line={line} detail={detail} runId={runId} open={lines.length === 1} />
      ))}
      {printing && <LeftOut lines={lines} />}
      {found.length === 0 && <p className="muted">No line with “{text}”.</p>}
      {found.length > shown.length && (
        <button type="button" className="button quiet more" onClick={() => setLimit(limit + 4 * PAGE)}>
          Show {countText(Math.min(4 * PAGE, found.length - limit))} more of {countText(found.length)} lines
        </button>
      )}
    </div>
  );
}

/** What the screen says and paper does not. */
function LeftOut({ lines }: { readonly lines: readonly LineExplanation[] }) {
  const plain = lines.filter((line) => !isException(line)).length;
  if (plain === 0) return null;
  return (
    <p className="muted">
      Nodes that were turned down are left out here for {plural(plain, 'line')} that one node supplies in full; they are
      on the page of the order.
    </p>
  );
}

function matches(line: LineExplanation, words: string, { items, nodes }: OrderDetail): boolean {
  const name = items[line.sku]?.name ?? '';
  const chosen = line.chosen.map((choice) => nodes[choice.nodeId]?.name ?? choice.nodeId);
  return [line.sku, name, ...chosen].some((text) => text.toLowerCase().includes(words));
}
