// Decides how the plan of an order is held against the next best: what moves, and cost by term side by side.
import type { OrderDetail } from '@sourcewright/server/contract';
import { ChartFrame } from '../../charts/chart-frame.tsx';
import { CostPair } from '../../charts/cost-pair.tsx';
import { fineAmountText, shownDifference, signedAmountText } from '../../format/money.ts';
import { namesText } from '../../format/names.ts';
import { costPairRows } from './order-costs.tsx';

export function NextBest({ detail }: { readonly detail: OrderDetail }) {
  const { orderPlan, explanation, currency } = detail;
  const { runnerUp } = explanation;
  if (!runnerUp) return null;
  const marginMicros = runnerUp.margin.totalMicros;
  const name = marginMicros >= 0 ? 'Next best' : 'What was missed';
  // Side by side the two would look the same.
  if (Math.abs(marginMicros) < LEAST_SHOWN_MICROS) {
    return (
      <section>
        <h2>{name}</h2>
        <p>{runnerUp.sentence}</p>
      </section>
    );
  }
  const rows = costPairRows(orderPlan.cost, runnerUp.cost);
  const [chosen, second] = [orderPlan, runnerUp].map(({ shipments }) => namesOf(detail, shipments)) as [string, string];
  // Where the same nodes send, the title says what is not the same.
  const both = chosen === second;
  return (
    <ChartFrame
      title={`${name}: ${inTitle(runnerUp.sentence)}`}
      subtitle={`The order as planned against that, ${currency}`}
      table={{
        columns: ['Term', 'As planned', name, 'Difference'],
        rows: [...rows, totalOf(rows)].map(({ id, label, left, right }) => ({
          key: id,
          cells: [label, fineAmountText(left), fineAmountText(right), signedAmountText(shownDifference(left, right))],
        })),
      }}
    >
      {(width) => (
        <CostPair
          data={{ left: `As planned${both ? '' : `: ${chosen}`}`, right: `${name}${both ? '' : `: ${second}`}`, rows }}
          options={{ width, valueText: fineAmountText, deltaText: signedAmountText, difference: shownDifference }}
        />
      )}
    </ChartFrame>
  );
}

/** After a colon, without its full stop. */
function inTitle(sentence: string): string {
  return sentence.replace(/\.$/, '').replace(/^A(?=s |ll )/, 'a');
}

/** A penny. */
const LEAST_SHOWN_MICROS = 10_000;

function totalOf(rows: readonly { readonly left: number; readonly right: number }[]) {
  const sum = (side: 'left' | 'right'): number => rows.reduce((total, row) => total + row[side], 0);
  return { id: 'total', label: 'Total', left: sum('left'), right: sum('right') };
}

function namesOf({ nodes }: OrderDetail, shipments: readonly { readonly nodeId: string }[]): string {
  return namesText([...new Set(shipments.map(({ nodeId }) => nodes[nodeId]?.name ?? nodeId))], 3) || 'nobody';
}
