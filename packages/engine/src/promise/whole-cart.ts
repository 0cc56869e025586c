// Decides when everything in a cart can be there: the earliest day for which a plan exists that leaves nothing out.
// Plans are those of sourcing: the same candidates, the same problem, the same solver; only leaving units out is made dearer than anything else.
import { dateOf } from '../base/time.ts';
import type { CandidateNode, OrderCandidates } from '../candidates/candidate.ts';
import type { UnsourcedReason } from '../model/plan.ts';
import type { MissingLine, PromiseReason, PromisedShipment, WholeCart, WholePromise } from '../model/promise.ts';
import { reasonFor } from '../plan/unsourced-reason.ts';
import type { ChosenShipment } from '../solve/order/order-problem.ts';
import { solveOrder } from '../solve/order/solve-order.ts';
import { type OrderView, viewOrder } from '../solve/order-view.ts';
import type { Decision } from '../solve/solver.ts';
import { dayOfMost, shareBy, shownShare } from './arrival-chances.ts';
import { type DemandWay, earliestDay, waysOf } from './demand-ways.ts';
import { orderBeforeMs } from './order-before.ts';
import type { PromiseDesk } from './promise-desk.ts';

/** Micros for each unit left out: far above what it costs to send one, and small enough for sums to stay exact. */
const LEAST_WANTED_MICROS = 1_000_000_000_000;
const EXACT_MICROS = 2 ** 52;
/** Search nodes for a plan; only where that finds none, as many as the limits have. */
const QUICK_WORK = 100;

/** By demand: how it could come by itself. */
export interface CartWays {
  readonly ways: readonly (readonly DemandWay[])[];
  /** The earliest day for all of it; null where there is none. */
  readonly earliest: readonly (number | null)[];
}

export function cartWays(candidates: OrderCandidates, { ledger, policy }: PromiseDesk): CartWays {
  const ways = candidates.demands.map((_, demand) => waysOf(demand, candidates, ledger));
  return {
    ways,
    earliest: ways.map((own, demand) => earliestDay(own, candidates.demands[demand]!.quantity, policy)),
  };
}

export function wholeCart(candidates: OrderCandidates, cart: CartWays, desk: PromiseDesk): WholeCart {
  const days = [...new Set(cart.ways.flat().map(({ on }) => on.deliverDay))].sort((a, b) => a - b);
  const alone = cart.earliest.flatMap((day, demand) => (day === null ? [demand] : []));
  if (alone.length > 0) {
    return { whole: null, missing: missingAlone(alone, candidates, desk) };
  }
  const least = Math.max(...(cart.earliest as readonly number[]));
  const open = days.filter((day) => day >= least);
  const first = decide(byDay(candidates, open[0]!), desk, 'all or nothing');
  if (isWhole(first)) return { whole: promiseOf(first, desk), missing: [] };
  let found = decide(candidates, desk, 'all or nothing');
  if (!isWhole(found)) {
    found = decide(candidates, desk, 'what can go');
    if (!isWhole(found)) return { whole: null, missing: missingOf(leftOut(found), found) };
  }
  // Whatever is possible by a day is possible by later ones.
  let [low, high] = [0, open.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const tried = decide(byDay(candidates, open[middle]!), desk, 'all or nothing');
    if (isWhole(tried)) [high, found] = [middle, tried];
    else low = middle;
  }
  return { whole: promiseOf(found, desk), missing: [] };
}

/** Words that hold of a line whatever the rest of the cart does: no plan is needed to find them. */
const OF_THE_LINE: ReadonlySet<UnsourcedReason> = new Set([
  'held',
  'not-stocked',
  'no-eligible-node',
  'no-stock-left',
  'no-capacity-left',
]);

function missingAlone(demands: readonly number[], candidates: OrderCandidates, desk: PromiseDesk): MissingLine[] {
  const { ledger, pricer, policy } = desk;
  const solution = { shipments: [], costMicros: 0, lowerBoundMicros: 0, proven: false, method: 'none', work: 0 };
  const view = viewOrder(candidates, ledger, pricer, policy);
  // All of it is wanted: what is there for a part of it is no help.
  const undecided = { view: { ...view, problem: { ...view.problem, partial: false } }, solution, exact: false };
  const isPlain = demands.every((demand) => OF_THE_LINE.has(reasonFor(demand, undecided)));
  return missingOf(demands, isPlain ? undecided : decide(candidates, desk, 'what can go'));
}

/** The candidates without what comes later. */
function byDay(candidates: OrderCandidates, day: number): OrderCandidates {
  const nodes = candidates.nodes.flatMap((candidate): CandidateNode[] => {
    const shipDays = candidate.shipDays.flatMap(({ day: shipDay, services }) => {
      const inTime = services.filter(({ deliverDay }) => deliverDay <= day);
      return inTime.length === 0 ? [] : [{ day: shipDay, services: inTime }];
    });
    return shipDays.length === 0 ? [] : [{ ...candidate, shipDays }];
  });
  return { ...candidates, nodes };
}

/** The cheapest plan for all of the cart, or the one that leaves out as little as it can. */
function decide(
  candidates: OrderCandidates,
  { ledger, pricer, policy, limits }: PromiseDesk,
  wanted: 'all or nothing' | 'what can go',
): Decision {
  const view = viewOrder(candidates, ledger, pricer, policy);
  const units = candidates.demands.reduce((sum, { quantity }) => sum + quantity, 0);
  const unsourcedUnitMicros = Math.min(LEAST_WANTED_MICROS, Math.floor(EXACT_MICROS / units));
  const problem = {
    ...view.problem,
    demands: view.problem.demands.map((demand) => ({ ...demand, unsourcedUnitMicros })),
    shipComplete: wanted === 'all or nothing',
    partial: wanted === 'what can go',
  };
  const quick = solveOrder(problem, Math.min(limits.orderWork, QUICK_WORK));
  const isFound = quick.proven || quick.shipments.length > 0 || limits.orderWork <= QUICK_WORK;
  const solution = isFound ? quick : solveOrder(problem, limits.orderWork);
  return { view: { ...view, problem }, solution, exact: solution.proven };
}

function isWhole(decision: Decision): boolean {
  return leftOut(decision).length === 0;
}

/** Demands of which units are left out. */
function leftOut({ view, solution }: Decision): number[] {
  const left = view.problem.demands.map(({ quantity }) => quantity);
  for (const { taken } of solution.shipments) for (const { demand, quantity } of taken) left[demand]! -= quantity;
  return left.flatMap((units, demand) => (units > 0 ? [demand] : []));
}

function missingOf(demands: readonly number[], decision: Decision): MissingLine[] {
  const { candidates } = decision.view;
  return demands.flatMap((demand) => {
    const reason = missingReason(demand, decision);
    return candidates.demands[demand]!.lines.map(({ lineId }) => ({ lineId, reason }));
  });
}

/** The word of plans; where no node may send it, the word that holds for all that have it. */
function missingReason(demand: number, decision: Decision): PromiseReason {
  const reason = reasonFor(demand, decision);
  if (reason !== 'no-eligible-node') return reason;
  const codes = new Set(refusalsOf(demand, decision.view.candidates).map(({ code }) => code));
  // Others have it; the node where it is picked up does not.
  if (codes.delete('collected-elsewhere') && codes.size === 0) return 'not-stocked';
  return codes.size === 1 ? [...codes][0]! : reason;
}

/** Nodes that have, or will have, some of a demand and may not send it. */
export function refusalsOf(demand: number, { demands, ineligible }: OrderCandidates) {
  const rows = new Map(demands[demand]!.rows.map((row) => [row.node, row]));
  return ineligible.filter((refused) => {
    const row = rows.get(refused.node);
    return refused.demand === demand && row && ((row.level?.onHand ?? 0) > 0 || row.receipts.length > 0);
  });
}

function promiseOf({ view, solution }: Decision, desk: PromiseDesk): WholePromise {
  const legs = solution.shipments.map((chosen) => legOf(chosen, view));
  const shares = legs.map(({ service, shipDay }) => service.deliveryShares(shipDay));
  const deliverDay = Math.max(...legs.map((leg) => leg.deliverDay));
  const before = Math.min(...legs.map((leg) => orderBeforeMs(desk, leg, deliverDay)));
  return {
    deliverOn: dateOf(deliverDay),
    deliverOnP90: dateOf(dayOfMost(shares)),
    onTimeShare: shownShare(shareBy(shares, view.candidates.promiseDay)),
    orderBefore: instantText(before),
    shipments: legs.map(({ node, service, shipDay, deliverDay: day, taken }, index): PromisedShipment => {
      return {
        nodeId: desk.network.nodes[node]!.nodeId,
        service: service.card.service,
        shipOn: dateOf(shipDay),
        deliverOn: dateOf(day),
        deliverOnP90: dateOf(dayOfMost([shares[index]!])),
        units: taken.map(({ demand, quantity }) => ({ sku: view.candidates.demands[demand]!.sku, quantity })),
      };
    }),
  };
}

function legOf({ source, option, taken }: ChosenShipment, { refs }: OrderView) {
  const { candidate, shipDay } = refs[source]!;
  const { service, deliverDay } = shipDay.services[option]!;
  return { node: candidate.node, shipDay: shipDay.day, service, deliverDay, taken };
}

/** RFC 3339, to the second. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
