// Decides how a solver's answer becomes a plan: ids, dates, lines and costs by term, re-priced and held against the solver's cost.
// Leaves checking the plan against the wave to verify.ts.
import { invariant } from '../base/invariant.ts';
import { dateOf } from '../base/time.ts';
import type { OrderCandidates, ServiceDay } from '../candidates/candidate.ts';
import { breakdown, sumBreakdowns } from '../costs/breakdown.ts';
import { actualMilligrams, type Pricer, shipmentMilligrams } from '../costs/price.ts';
import { parcelCount } from '../costs/tariff.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { OrderPlan, Proof, Shipment, ShipmentLine, UnsourcedLine } from '../model/plan.ts';
import type { ChosenShipment, Taken } from '../solve/order/order-problem.ts';
import { createRisingMeter, totalRise } from '../solve/order/rising-micros.ts';
import { rowsTaken } from '../solve/taken-rows.ts';
import type { Decision } from '../solve/solver.ts';
import { afterwardsOf, traceOf } from './cascade-trace.ts';
import { reasonFor } from './unsourced-reason.ts';

/** Takes what the order ships from `ledger`: rising costs are those at its turn. */
export function buildOrderPlan(
  decision: Decision,
  network: Network,
  pricer: Pricer,
  ledger: Ledger,
  book: RuleBook,
): OrderPlan {
  const { view, solution } = decision;
  const { candidates } = view;
  const splitter = createLineSplitter(candidates);
  const shipments = solution.shipments.map((chosen, index) =>
    buildShipment(chosen, index, decision, { network, pricer, splitter, ledger }),
  );
  const unsourced = splitter.rest().map(
    ({ demand, line, quantity }): UnsourcedLine => ({
      lineId: line.lineId,
      sku: line.sku,
      quantity,
      reason: reasonFor(demand, decision),
      costMicros: pricer.unsourcedUnitMicros(candidates, demand) * quantity,
    }),
  );
  const left = breakdown({ unsourced: unsourced.reduce((sum, line) => sum + line.costMicros, 0) });
  const cost = sumBreakdowns([...shipments.map((shipment) => shipment.cost), left]);
  const found = cost.totalMicros - cost.capacityMicros - cost.stockOutMicros + risingMicrosAsSeen(decision);
  invariant(
    found === solution.costMicros,
    `Order ${candidates.order.orderId}: re-priced at ${found} micros, solved at ${solution.costMicros}.`,
  );
  const afterwards = unsourced.length > 0 ? afterwardsOf(decision, book) : undefined;
  const cascade = book.cascade && solution.steps ? traceOf(decision, book.cascade, network) : undefined;
  return {
    orderId: candidates.order.orderId,
    promiseBy: dateOf(candidates.promiseDay),
    shipments,
    unsourced,
    cost,
    ...(afterwards ? { afterwards } : {}),
    ...(cascade ? { cascade } : {}),
    proof: proofOf(cost.totalMicros, solution.lowerBoundMicros),
    method: solution.method,
  };
}

/** What the solver saw of costs that rise with use; a wave solver may have decided before other orders took their part. */
function risingMicrosAsSeen({ view, solution }: Decision): number {
  const rise = createRisingMeter(view.problem);
  return solution.shipments.reduce(
    (sum, { source, taken }) => sum + view.refs[source]!.nextShipmentMicros + totalRise(rise(source, taken)),
    0,
  );
}

/** Bounds are sums of thousands of doubles: what their rounding may add, as a share. */
const SUM_ERROR = 1e-12;

/** A bound above the cost would be a bug; one equal to it is a proof. */
export function proofOf(costMicros: number, lowerBoundMicros: number): Proof {
  const bound = Math.max(0, Math.ceil(lowerBoundMicros * (1 - SUM_ERROR) - 1e-6));
  invariant(bound <= costMicros, `A bound of ${bound} micros is above a cost of ${costMicros}.`);
  const gap = costMicros === 0 ? 0 : (costMicros - bound) / costMicros;
  return { lowerBoundMicros: bound, gap, proven: bound === costMicros };
}

interface Workshop {
  readonly network: Network;
  readonly pricer: Pricer;
  readonly splitter: LineSplitter;
  readonly ledger: Ledger;
}

function buildShipment(
  chosen: ChosenShipment,
  index: number,
  { view }: Decision,
  { network, pricer, splitter, ledger }: Workshop,
): Shipment {
  const { candidates } = view;
  const { candidate, shipDay } = view.refs[chosen.source]!;
  const on = shipDay.services[chosen.option]!;
  const weight = shipmentMilligrams(candidates, chosen.taken);
  const actual = actualMilligrams(candidates, chosen.taken);
  const { card, zone } = on.service;
  const rising = ledger.ship(candidate.node, shipDay.day, rowsTaken(candidate, chosen.taken));
  return {
    shipmentId: `${candidates.order.orderId}#${index + 1}`,
    nodeId: network.nodes[candidate.node]!.nodeId,
    rateCardId: card.rateCardId,
    service: card.service,
    zone: zone.zone,
    shipOn: dateOf(shipDay.day),
    deliverOn: dateOf(on.deliverDay),
    ...collectionOf(candidates.order, on, shipDay.day),
    lateDays: on.lateDays,
    ...chancesOf(on),
    deliveryDays: on.deliverDay - candidates.placedDay,
    distanceKm: candidate.distanceKm,
    parcels: parcelCount(pricer.tariffOf(card, zone), weight),
    weightGrams: actual / 1000,
    ...(weight === actual ? {} : { billableGrams: weight / 1000 }),
    lines: chosen.taken.flatMap((taken) => splitter.take(taken)),
    cost: pricer.shipmentCost(candidates, candidate, on, chosen.taken, index === 0, rising),
  };
}

function collectionOf({ collectAt }: Order, { service }: ServiceDay, shipDay: number): Partial<Shipment> {
  if (collectAt === undefined) return {};
  return { collectAt, ...(service.transfer && { arriveOn: dateOf(service.transfer.arrivalDay(shipDay)) }) };
}

function chancesOf({ expectedLateMillionths, onTimeShare }: ServiceDay): Partial<Shipment> {
  if (onTimeShare === null) return {};
  const onTimeProbability = Math.round(onTimeShare * 1e4) / 1e4;
  return { expectedLateDays: expectedLateMillionths / 1e6, onTimeProbability };
}

interface LineSplitter {
  take(taken: Taken): ShipmentLine[];
  rest(): { demand: number; line: OrderCandidates['demands'][number]['lines'][number]; quantity: number }[];
}

/** Gives the units of a demand to its order lines in their order; what no shipment took is the rest. */
function createLineSplitter(candidates: OrderCandidates): LineSplitter {
  const open = candidates.demands.map((demand) => demand.lines.map((line) => line.quantity));
  return {
    take: ({ demand, quantity }) => {
      const { lines } = candidates.demands[demand]!;
      const taken: ShipmentLine[] = [];
      let left = quantity;
      for (const [index, line] of lines.entries()) {
        const units = Math.min(left, open[demand]![index]!);
        if (units === 0) continue;
        open[demand]![index]! -= units;
        left -= units;
        taken.push({ lineId: line.lineId, sku: line.sku, quantity: units });
      }
      invariant(left === 0, `More of ${candidates.demands[demand]!.sku} was taken than ordered.`);
      return taken;
    },
    rest: () =>
      candidates.demands.flatMap(({ lines }, demand) =>
        lines.flatMap((line, index) => {
          const quantity = open[demand]![index]!;
          return quantity > 0 ? [{ demand, line, quantity }] : [];
        }),
      ),
  };
}
