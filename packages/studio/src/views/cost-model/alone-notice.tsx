// Decides how it is said that an order is tried by itself: on untouched stock, with what it costs in the run beside it.
import type { OrderPlan, Policy } from '@sourcewright/engine';
import type { Run } from '@sourcewright/server/contract';
import { moneyText } from '../../format/money.ts';
import { namesText } from '../../format/names.ts';
import { plural } from '../../format/number.ts';
import { runName } from '../../format/words.ts';
import { useNodes } from '../../state/nodes.ts';
import { useOrderRow } from '../../state/queries.ts';
import { hrefOf, usePlace } from '../../state/url-state.ts';

export interface AloneNoticeProps {
  readonly run: Run;
  readonly orderId: string;
  /** What is tried is charged by it; the run may have been by another. */
  readonly policy: Policy;
  /** By itself, as the rates are. */
  readonly alone: OrderPlan;
}

export function AloneNotice({ run, orderId, policy, alone }: AloneNoticeProps) {
  const place = usePlace();
  const nodes = useNodes();
  const { data: row } = useOrderRow(run.runId, orderId);
  const named = (ids: readonly string[]): string => namesText(ids.map(nodes.name)) || 'nobody';
  const aloneIds = [...new Set(alone.shipments.map(({ nodeId }) => nodeId))];
  const others = (run.kpis?.orders ?? 1) - 1;
  const same =
    row && row.costMicros === alone.cost.totalMicros && row.nodeIds.toSorted().join() === aloneIds.toSorted().join();
  const { policyId, version, name } = run.policy;
  const isOther = policyId !== policy.policyId || version !== policy.version;
  return (
    <p className="policy-notice" role="note">
      <strong>This order alone, on untouched stock.</strong> As the rates are, it costs{' '}
      {moneyText(alone.cost.totalMicros, run.currency)} from {named(aloneIds)}
      {row && same && `, as it does in the run ${runName(run)}`}
      {row &&
        !same &&
        `; in the run ${runName(run)}, where ${plural(others, 'other order')} ${others === 1 ? 'takes' : 'take'} stock and room too, it costs ${moneyText(row.costMicros, run.currency)} from ${named(row.nodeIds)}`}
      .
      {isOther &&
        ` The run was charged by “${name}”, version ${version}; here “${policy.name}”, version ${policy.version}, counts.`}{' '}
      <a href={hrefOf(place, 'orders', {}, orderId)}>Order {orderId} in the run</a>
    </p>
  );
}
