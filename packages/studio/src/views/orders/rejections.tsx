// Decides how the nodes that were turned down for a line are listed: by margin where cost decided, grouped where one reason holds for many.
import type { OrderDetail } from '@sourcewright/server/contract';
import { currencySign, fineAmountText } from '../../format/money.ts';
import { countText } from '../../format/number.ts';
import { rejectionLabel } from '../../format/words.ts';
import { Evidence, EvidenceList } from './evidence.tsx';

type Rejection = OrderDetail['explanation']['lines'][number]['rejections'][number];

export interface RejectionsProps {
  readonly rejections: readonly Rejection[];
  readonly detail: OrderDetail;
}

/** From this many nodes on, one reason is one row that opens. */
const GROUPED_FROM = 4;

export function Rejections({ rejections, detail }: RejectionsProps) {
  const priced = rejections.filter((rejection) => rejection.marginMicros !== undefined);
  const others = groupsOf(rejections.filter((rejection) => rejection.marginMicros === undefined));
  return (
    <table className="rejections" aria-label="Nodes that were turned down">
      <thead>
        <tr>
          <th scope="col">Turned down</th>
          <th scope="col">Why</th>
          <th scope="col" className="num">
            Difference<span className="muted"> {currencySign(detail.currency)}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {priced
          .toSorted((a, b) => a.marginMicros! - b.marginMicros!)
          .map((rejection) => (
            <Row key={keyOf(rejection)} rejection={rejection} detail={detail} />
          ))}
        {others.map((group) =>
          group.length < GROUPED_FROM ? (
            group.map((rejection) => <Row key={keyOf(rejection)} rejection={rejection} detail={detail} />)
          ) : (
            <GroupRow key={keyOf(group[0]!)} group={group} detail={detail} />
          ),
        )}
      </tbody>
    </table>
  );
}

function Row({ rejection, detail }: { readonly rejection: Rejection; readonly detail: OrderDetail }) {
  return (
    <tr data-nodes={1}>
      <td>{nodeName(detail, rejection)}</td>
      <td>
        <span className="code">{rejectionLabel(rejection.code)}</span>
        {rejection.marginMicros === undefined && <span className="muted"> {rejection.sentence}</span>}
        {rejection.lastUnit && <span className="last-unit">{rejection.lastUnit.sentence}</span>}
        <Evidence evidence={rejection.evidence} />
      </td>
      <td className="num">{rejection.marginMicros === undefined ? '' : fineAmountText(rejection.marginMicros)}</td>
    </tr>
  );
}

function GroupRow({ group, detail }: { readonly group: readonly Rejection[]; readonly detail: OrderDetail }) {
  const [first] = group;
  if (!first) return null;
  return (
    <tr data-nodes={group.length}>
      <td>{countText(group.length)} nodes</td>
      <td>
        <span className="code">{rejectionLabel(first.code)}</span>
        {first.rule && (
          <span className="muted">
            {' '}
            “{first.rule}”: {first.because}
          </span>
        )}
        <GroupReasons group={group} detail={detail} />
      </td>
      <td />
    </tr>
  );
}

/** The sentence of one where those of the others are the same but for the node; else what is other, on demand. */
function GroupReasons({ group, detail }: { readonly group: readonly Rejection[]; readonly detail: OrderDetail }) {
  const [first, ...others] = group;
  if (!first) return null;
  const names = (of: readonly Rejection[]): string => of.map((one) => nodeName(detail, one)).join(', ');
  if (group.every(isPlain)) {
    return (
      <>
        <span className="muted"> {first.sentence}</span>
        <span className="last-unit">The same holds for {names(others)}.</span>
      </>
    );
  }
  return (
    <details className="evidence">
      <summary>{names(group)}</summary>
      {sameEvidence(group) ? (
        <EvidenceList evidence={first.evidence} />
      ) : (
        <ul>
          {group.map((rejection) => (
            <li key={rejection.nodeId}>
              {rejection.rule ? nodeName(detail, rejection) : rejection.sentence}
              <EvidenceList evidence={rejection.evidence} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

/** Nothing but the node is its own. */
function isPlain({ rule, wanted, lastUnit, evidence = [] }: Rejection): boolean {
  return rule === undefined && wanted === undefined && !lastUnit && evidence.length === 0;
}

/** Whether a rule found the same at each of them, so that it is told once. */
function sameEvidence([first, ...others]: readonly Rejection[]): boolean {
  if (first?.evidence === undefined) return false;
  const text = JSON.stringify(first.evidence);
  return others.every(({ evidence }) => JSON.stringify(evidence) === text);
}

/** Rejections of one code and rule together, in the order in which they come. */
function groupsOf(rejections: readonly Rejection[]): readonly (readonly Rejection[])[] {
  const groups = new Map<string, Rejection[]>();
  for (const rejection of rejections) {
    const key = `${rejection.code} ${rejection.rule ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(rejection);
    else groups.set(key, [rejection]);
  }
  return [...groups.values()];
}

function keyOf(rejection: Rejection): string {
  return `${rejection.nodeId} ${rejection.code} ${rejection.rule ?? ''}`;
}

function nodeName(detail: OrderDetail, { nodeId }: Rejection): string {
  return detail.nodes[nodeId]?.name ?? nodeId;
}
