// Decides how it is told what turned rates do to an order: who supplies it then, and its cost now and then side by side.
import type { OrderPlan } from '@sourcewright/engine';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { CostPair } from '../../charts/cost-pair.tsx';
import { fineAmountText, moneyText, shownDifference, signedAmountText } from '../../format/money.ts';
import { namesText } from '../../format/names.ts';
import { useNodes } from '../../state/nodes.ts';
import { costPairRows } from '../orders/order-costs.tsx';

export type OutcomeState = 'as it is' | 'turned' | 'pending';

export interface OutcomeProps {
  readonly now: OrderPlan;
  readonly then: OrderPlan;
  /** Whether any rate is turned; while it is being worked out, `then` is of the time before. */
  readonly state: OutcomeState;
  readonly currency: string;
}

export function Outcome({ now, then, state, currency }: OutcomeProps) {
  const nodes = useNodes();
  const namesOf = ({ shipments }: OrderPlan): readonly string[] => [
    ...new Set(shipments.map(({ nodeId }) => nodes.name(nodeId))),
  ];
  const [before, after] = [namesOf(now), namesOf(then)];
  const rows = costPairRows(now.cost, then.cost);
  return (
    <ChartFrame
      title={outcomeTitle(before, after, state === 'turned')}
      subtitle={subtitle(now, then, state, currency)}
      table={{
        columns: ['Term', 'Now', 'With the changes', 'Difference'],
        rows: rows.map(({ id, label, left, right }) => ({
          key: id,
          cells: [label, fineAmountText(left), fineAmountText(right), signedAmountText(shownDifference(left, right))],
        })),
      }}
    >
      {(width) => (
        <CostPair
          data={{ left: `Now: ${spoken(before)}`, right: `With the changes: ${spoken(after)}`, rows }}
          options={{ width, valueText: fineAmountText, deltaText: signedAmountText, difference: shownDifference }}
        />
      )}
    </ChartFrame>
  );
}

function subtitle(now: OrderPlan, then: OrderPlan, state: OutcomeState, currency: string): string {
  const money = ({ cost }: OrderPlan): string => moneyText(cost.totalMicros, currency);
  if (state === 'pending') return 'Working it out…';
  if (state === 'as it is') return `${money(now)} for the order alone. Move a slider to see it at another rate.`;
  const same = then.cost.totalMicros === now.cost.totalMicros;
  return `${same ? `${money(now)}, as before` : `${money(then)} instead of ${money(now)}`}; the order alone, now and with the changes`;
}

const spoken = (names: readonly string[]): string => namesText(names) || 'nobody';

export function outcomeTitle(before: readonly string[], after: readonly string[], turned: boolean): string {
  const still = turned ? 'still ' : '';
  const isSame = before.toSorted().join('\n') === after.toSorted().join('\n');
  if (isSame && after.length === 0) return turned ? 'Still nobody supplies it' : 'Nobody supplies it';
  if (!isSame) return changedTitle(before, after);
  return `${capital(spoken(after))} ${still}${after.length > 1 ? 'supply' : 'supplies'} it`;
}

function changedTitle(before: readonly string[], after: readonly string[]): string {
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  if (after.length > 0 && added.length === 0) return `${capital(spoken(after))} without ${spoken(gone)}`;
  if (before.length > 0 && gone.length === 0) return `${capital(spoken(added))} besides ${spoken(before)}`;
  return `${capital(spoken(after))} instead of ${spoken(before)}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
