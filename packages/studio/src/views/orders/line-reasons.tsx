// Decides how one line is explained: closed, its choice and margin; open, the runner-up by term and every node that was turned down.
import type { OrderDetail } from '@sourcewright/server/contract';
import { type SyntheticEvent, useState } from 'react';
import { dayText } from '../../format/date.ts';
import { amountText, currencySign, signedAmountText } from '../../format/money.ts';
import { countText } from '../../format/number.ts';
import { TERM_ORDER, termLabel } from '../../format/words.ts';
import { termMicros } from './order-costs.tsx';
import { usePrinting } from '../../state/printing.ts';
import { useThoroughLook } from '../../state/queries.ts';
import { comesWord } from './collection.ts';
import { Flips } from './flips.tsx';
import { Rejections } from './rejections.tsx';

type LineExplanation = OrderDetail['explanation']['lines'][number];

export interface LineReasonsProps {
  readonly line: LineExplanation;
  readonly detail: OrderDetail;
  /** Left out where there is no run to look longer in. */
  readonly runId?: string | undefined;
  /** Whether it starts open. */
  readonly open: boolean;
}

export function LineReasons({ line, detail, runId, open: startsOpen }: LineReasonsProps) {
  const [open, setOpen] = useState(startsOpen);
  const printing = usePrinting();
  const chosen = line.chosen.map((choice) => nodeName(detail, choice.nodeId));
  return (
    <details
      className="line"
      open={open}
      onToggle={(event: SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className="num qty">{countText(line.quantity)} ×</span>
        <span className="clip">{detail.items[line.sku]?.name ?? line.sku}</span>
        <span className="clip from">
          {chosen.join(', ')}
          {line.unsourced && <span className="mark-scarce"> {countText(line.unsourced.quantity)} unsourced</span>}
        </span>
        <span className="num margin">
          {line.runnerUp ? `+${currencySign(detail.currency)}${amountText(line.runnerUp.marginMicros)}` : ''}
        </span>
      </summary>
      {(open || printing) && <LineBody line={line} detail={detail} runId={runId} />}
    </details>
  );
}

interface LineBodyProps {
  readonly line: LineExplanation;
  readonly detail: OrderDetail;
  /** Left out where there is no run to look longer in. */
  readonly runId?: string | undefined;
}

function LineBody({ line, detail, runId }: LineBodyProps) {
  // What is unsourced is said by itself, so that it can be marked.
  const said = line.sentence.replace(line.unsourced?.sentence ?? '', '').trim();
  return (
    <div className="line-body">
      {said !== '' && <p>{said}</p>}
      {line.unsourced && <p className="mark-scarce">{line.unsourced.sentence}</p>}
      {line.chosen.map((choice) => (
        <p key={`${choice.nodeId} ${choice.shipOn} ${choice.service}`}>
          <span className="tag good">chosen</span> {nodeName(detail, choice.nodeId)}: {countText(choice.quantity)}
          {choice.nodeId !== detail.order.collectAt && ` by ${choice.service}, ships ${dayText(choice.shipOn)}`},{' '}
          {comesWord(detail)} {dayText(choice.deliverOn)}
        </p>
      ))}
      {line.kept?.map(({ nodeId, sentence }) => (
        <p key={nodeId}>{sentence}</p>
      ))}
      {line.runnerUp && <RunnerUp line={line} detail={detail} />}
      {runId !== undefined && <LineFlips line={line} detail={detail} runId={runId} />}
      {line.rejections.length > 0 && <Rejections rejections={line.rejections} detail={detail} />}
    </div>
  );
}

/** A longer look at one line, when it is asked for. */
function LineFlips({ line, detail, runId }: LineBodyProps & { readonly runId: string }) {
  const [asked, setAsked] = useState(false);
  const { data, isLoading, error } = useThoroughLook(runId, detail.order.orderId, line.lineId, asked);
  if (!asked) {
    return (
      <button type="button" className="button quiet more" onClick={() => setAsked(true)}>
        What would flip this line?
      </button>
    );
  }
  if (isLoading) return <p className="muted">Trying changes, one by one…</p>;
  if (error) return <p className="mark-scarce">That could not be found out. Try again later.</p>;
  if (!data) return null;
  const { flips, notLookedFor } = data;
  return (
    <>
      {flips.length > 0 ? (
        <Flips flips={flips} label={`What would flip line ${line.lineId}`} detail={detail} />
      ) : (
        <p className="muted">No single change that was looked at flips this line.</p>
      )}
      {notLookedFor && <p className="muted">{notLookedFor.sentence}</p>}
    </>
  );
}

function RunnerUp({ line, detail }: { readonly line: LineExplanation; readonly detail: OrderDetail }) {
  const { runnerUp } = line;
  if (!runnerUp) return null;
  const terms = TERM_ORDER.filter((term) => termMicros(runnerUp.margin, term) !== 0);
  return (
    <p>
      <span className="tag">runner-up</span> {nodeName(detail, runnerUp.nodeId)} by {runnerUp.service},{' '}
      {comesWord(detail)} {dayText(runnerUp.deliverOn)}: the order would cost {currencySign(detail.currency)}
      {amountText(runnerUp.marginMicros)} more
      {terms.length > 0 && (
        <span className="muted">
          {' '}
          (
          {terms
            .map((term) => `${termLabel(term).toLowerCase()} ${signedAmountText(termMicros(runnerUp.margin, term))}`)
            .join(', ')}
          )
        </span>
      )}
    </p>
  );
}

function nodeName(detail: OrderDetail, nodeId: string): string {
  return detail.nodes[nodeId]?.name ?? nodeId;
}
