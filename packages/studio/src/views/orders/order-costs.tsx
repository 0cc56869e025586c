// Decides how the cost of an order is laid out: terms down, shipments across, adding up exactly, with the proof below.
import type { CostBreakdown, CostTerm } from '@sourcewright/engine';
import type { OrderDetail } from '@sourcewright/server/contract';
import type { CostPairRow } from '../../charts/cost-pair.tsx';
import { fineAmountText, moneyText } from '../../format/money.ts';
import { namesText } from '../../format/names.ts';
import { percentText } from '../../format/number.ts';
import { methodLabel, TERM_ORDER, termLabel, termNote } from '../../format/words.ts';

/** With more shipments than this the table shows their sum only. */
const MOST_COLUMNS = 4;
/** More columns leave no room for what a term is. */
const MOST_WITH_NOTES = 2;

export function OrderCosts({ detail }: { readonly detail: OrderDetail }) {
  const { orderPlan, nodes, currency } = detail;
  const columns =
    orderPlan.shipments.length > 1 && orderPlan.shipments.length <= MOST_COLUMNS ? orderPlan.shipments : [];
  const isCharged = (term: CostTerm): boolean =>
    termMicros(orderPlan.cost, term) !== 0 || columns.some(({ cost }) => termMicros(cost, term) !== 0);
  const charged = TERM_ORDER.filter(isCharged);
  const nothing = TERM_ORDER.filter((term) => !isCharged(term)).map((term) => termLabel(term).toLowerCase());
  return (
    <section>
      <h2>Costs in {currency}</h2>
      <table className="table costs" aria-label="Costs by term">
        <thead>
          <tr>
            <th scope="col">Term</th>
            {columns.map((shipment) => (
              <th key={shipment.shipmentId} scope="col" className="num">
                {nodes[shipment.nodeId]?.name ?? shipment.nodeId}
              </th>
            ))}
            <th scope="col" className="num">
              Order
            </th>
          </tr>
        </thead>
        <tbody>
          {charged.map((term) => (
            <tr key={term}>
              <th scope="row">
                {termLabel(term)} {columns.length <= MOST_WITH_NOTES && <span className="muted">{termNote(term)}</span>}
              </th>
              {columns.map((shipment) => (
                <Amount key={shipment.shipmentId} micros={termMicros(shipment.cost, term)} />
              ))}
              <Amount micros={termMicros(orderPlan.cost, term)} />
            </tr>
          ))}
          {nothing.length > 0 && (
            <tr className="nothing">
              <td colSpan={columns.length + 2} className="muted">
                Nothing for {namesText(nothing, nothing.length)}
              </td>
            </tr>
          )}
          <tr className="total">
            <th scope="row">Total</th>
            {columns.map((shipment) => (
              <Amount key={shipment.shipmentId} micros={shipment.cost.totalMicros} />
            ))}
            <Amount micros={orderPlan.cost.totalMicros} />
          </tr>
        </tbody>
      </table>
      <ProofLine detail={detail} />
    </section>
  );
}

function Amount({ micros }: { readonly micros: number }) {
  return <td className={micros === 0 ? 'num muted' : 'num'}>{fineAmountText(micros)}</td>;
}

/** The method of plans that were weighed with all other orders. */
const TOGETHER = 'wave-optimiser';

function ProofLine({ detail }: { readonly detail: OrderDetail }) {
  const { proof, method } = detail.orderPlan;
  // What giving way to others may cost it stands in the summary.
  if (method === TOGETHER) return <p className="proof muted">Method: {methodLabel(method)}.</p>;
  const bound = moneyText(proof.lowerBoundMicros, detail.currency);
  return (
    <p className="proof">
      {proof.proven ? (
        <>
          <span className="tag good">proven</span> No other way costs less on the stock and capacity that earlier orders
          left.
        </>
      ) : (
        <>
          <span className="tag">gap {percentText(proof.gap)}</span> Any other way costs at least {bound} on the stock
          and capacity that earlier orders left.
        </>
      )}{' '}
      <span className="muted">
        Lower bound {bound}. Method: {methodLabel(method)}.
      </span>
    </p>
  );
}

/** Two costs term by term, as far as either has one. */
export function costPairRows(left: CostBreakdown, right: CostBreakdown): CostPairRow[] {
  return TERM_ORDER.map((term) => ({
    id: term,
    label: termLabel(term),
    left: termMicros(left, term),
    right: termMicros(right, term),
  })).filter((row) => row.left !== 0 || row.right !== 0);
}

export function termMicros(cost: CostBreakdown, term: CostTerm): number {
  return cost[`${term}Micros`];
}
