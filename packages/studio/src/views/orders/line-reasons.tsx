// Decides how one line is explained: closed, its choice and margin; open, the runner-up by term and every node that was turned down.
import type { OrderDetail } from '@sourcewright/server/contract';
import { type SyntheticEvent, useState } from 'react';
import { dayText } from '../../format/date.ts';
import { marginText, shownDifference, signedAmountText, sizeText } from '../../format/money.ts';
import { countText, plural } from '../../format/number.ts';
import { TERM_ORDER, termLabel } from '../../format/words.ts';
import { termMicros } from './order-costs.tsx';
import { usePrinting } from '../../state/printing.ts';
import { useThoroughLook } from '../../state/queries.ts';
import { comesWord } from './collection.ts';
import { Flips, nothingFound } from './flips.tsx';
import { nearestRejections } from './nearest-rejections.ts';
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
          {line.runnerUp ? marginText(line.runnerUp.marginMicros, detail.currency) : ''}
        </span>
      </summary>
      {printing
        ? isTold(line, detail) && <LineBody line={line} detail={detail} runId={runId} />
        : open && <LineBody line={line} detail={detail} runId={runId} />}
    </details>
  );
}

/** Lines of an order with no more than these are all told on paper. */
const FEW_LINES = 5;

/** Whether a line came out otherwise than from one node in full. */
export function isException({ chosen, unsourced }: LineExplanation): boolean {
  return unsourced !== null || new Set(chosen.map(({ nodeId }) => nodeId)).size > 1;
}

/** On paper, the choices of a long order stand in its list; told are those that came out otherwise. */
function isTold(line: LineExplanation, { order }: OrderDetail): boolean {
  return order.lines.length <= FEW_LINES || isException(line);
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
      <LineRejections line={line} detail={detail} />
    </div>
  );
}

/** All of them on the screen; on paper the nearest, and only of lines that came out otherwise. */
function LineRejections({ line, detail }: { readonly line: LineExplanation; readonly detail: OrderDetail }) {
  const printing = usePrinting();
  if (line.rejections.length === 0) return null;
  if (!printing) return <Rejections rejections={line.rejections} detail={detail} />;
  if (!isException(line)) return null;
  const shown = nearestRejections(line.rejections, detail, ON_PAPER);
  const left = new Set(line.rejections.map(({ nodeId }) => nodeId)).size - ON_PAPER;
  return (
    <>
      <Rejections rejections={shown} detail={detail} />
      {left > 0 && (
        <p className="muted">
          The {ON_PAPER} nearest nodes that were turned down; {plural(left, 'node')} further away{' '}
          {left === 1 ? 'is' : 'are'} left out.
        </p>
      )}
    </>
  );
}

const ON_PAPER = 5;

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
        <p className="muted">{nothingFound(notLookedFor, 'this line')}</p>
      )}
      {notLookedFor && <p className="muted">{notLookedFor.sentence}</p>}
    </>
  );
}

function RunnerUp({ line, detail }: { readonly line: LineExplanation; readonly detail: OrderDetail }) {
  const { runnerUp } = line;
  if (!runnerUp) return null;
  const { marginMicros } = runnerUp;
  // Terms that would read as nothing are left out.
  const terms = TERM_ORDER.filter((term) => shownDifference(0, termMicros(runnerUp.margin, term)) !== 0);
  return (
    <p>
      <span className="tag">runner-up</span> {nodeName(detail, runnerUp.nodeId)} by {runnerUp.service},{' '}
      {comesWord(detail)} {dayText(runnerUp.deliverOn)}: the order would cost{' '}
      {marginMicros === 0
        ? 'the same'
        : `${sizeText(marginMicros, detail.currency)} ${marginMicros > 0 ? 'more' : 'less'}`}
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
