// Decides how one order looks to a solver at one moment: its candidates against the stock and capacity that are left.
// A later ship day of a node is shown only where the days before it cannot send all that it could.
import { type CostSteps, NO_STEPS, stepsMicros } from '../base/cost-steps.ts';
import type { CandidateNode, OrderCandidates, ShipDay } from '../candidates/candidate.ts';
import type { Pricer } from '../costs/price.ts';
import type { Ledger } from '../inventory/ledger.ts';
import type { Policy } from '../model/policy.ts';
import { demandValueMicros, groupsOf, minPartMicros } from './order-limits.ts';
import type { OrderProblem, ServiceOption, Source } from './order/order-problem.ts';

/** What a source of the problem stands for. */
export interface SourceRef {
  readonly candidate: CandidateNode;
  readonly shipDay: ShipDay;
  /** What one more shipment of the node and day costs for the work it already has, in micros: part of each option. */
  readonly nextShipmentMicros: number;
}

export interface OrderView {
  readonly candidates: OrderCandidates;
  readonly problem: OrderProblem;
  /** By source of the problem. */
  readonly refs: readonly SourceRef[];
  /** By demand: nodes that have more of it than their sources show, because they lack the capacity to send it, with what they have. */
  readonly heldByCapacity: readonly ReadonlyMap<number, number>[];
}

/** Whether a ship day of a node is shown even where the days before it could send all that it can. */
export type ShowDay = (node: number, day: number) => boolean;

const ONLY_USEFUL_DAYS: ShowDay = () => false;

export function viewOrder(
  candidates: OrderCandidates,
  ledger: Ledger,
  pricer: Pricer,
  policy: Policy,
  showDay: ShowDay = ONLY_USEFUL_DAYS,
): OrderView {
  const asked = Int32Array.from(candidates.demands, ({ quantity }) => quantity);
  const totalUnits = asked.reduce((sum, quantity) => sum + quantity, 0);
  const sources: Source[] = [];
  const refs: SourceRef[] = [];
  for (const candidate of candidates.nodes) {
    for (const [source, ref] of sourcesOf(candidate, candidates, ledger, pricer, asked, totalUnits, showDay)) {
      sources.push(source);
      refs.push(ref);
    }
  }
  const { order } = candidates;
  const minPart = minPartMicros(candidates, policy);
  const together = groupsOf(candidates);
  const problem: OrderProblem = {
    demands: candidates.demands.map((demand, index) => ({
      quantity: demand.quantity,
      weightMilligrams: demand.weightMilligrams,
      unsourcedUnitMicros: pricer.unsourcedUnitMicros(candidates, index),
      ...(minPart > 0 ? { valueMicros: demandValueMicros(demand) } : {}),
    })),
    sources,
    splitMicros: policy.goals.splitMicros,
    maxShipments: Math.min(order.maxShipments ?? Infinity, policy.allow.maxShipments ?? Infinity),
    shipComplete: order.shipComplete ?? false,
    splitQuantity: policy.allow.splitQuantity === 'when-needed',
    partial: candidates.terms.partial ?? policy.allow.partial,
    ...(together ? { together } : {}),
    ...(minPart > 0 ? { minPartMicros: minPart } : {}),
  };
  return { candidates, problem, refs, heldByCapacity: heldByCapacity(candidates, sources, ledger, totalUnits) };
}

const NONE: ReadonlyMap<number, number> = new Map();

function heldByCapacity(
  candidates: OrderCandidates,
  sources: readonly Source[],
  ledger: Ledger,
  totalUnits: number,
): readonly ReadonlyMap<number, number>[] {
  const limited = candidates.nodes
    .filter(({ node, shipDays }) =>
      shipDays.some(({ day }) => ledger.shipmentsLeft(node, day) < 1 || ledger.unitsLeft(node, day) < totalUnits),
    )
    .map((candidate) => ({ candidate, own: sources.filter(({ node }) => node === candidate.node) }));
  return candidates.demands.map(({ quantity }, demand) => {
    const held = limited.flatMap(({ candidate: { node, rows, shipDays }, own }): [number, number][] => {
      const row = rows[demand];
      if (!row) return [];
      // The last day has the most stock: what is due only adds up.
      const there = Math.min(quantity, ledger.available(row, shipDays.at(-1)!.day));
      const room = own.reduce((sum, source) => sum + source.unitsLeft, 0);
      const isHeld = there > 0 && (room < there || own.every((source) => source.available[demand]! < there));
      return isHeld ? [[node, there]] : [];
    });
    return held.length === 0 ? NONE : new Map(held);
  });
}

/** The ship days of a node that are worth showing, earliest first. */
function sourcesOf(
  candidate: CandidateNode,
  candidates: OrderCandidates,
  ledger: Ledger,
  pricer: Pricer,
  asked: Int32Array,
  totalUnits: number,
  showDay: ShowDay,
): [Source, SourceRef][] {
  const found: [Source, SourceRef][] = [];
  const { lineMicros, unitMicros } = pricer.linesOf(candidate, candidates.demands);
  // What the last day gives that has room for all and charges nothing for it.
  let covered: Int32Array | undefined;
  let stockOutSteps: readonly CostSteps[] | undefined;
  for (const [position, shipDay] of candidate.shipDays.entries()) {
    if (ledger.shipmentsLeft(candidate.node, shipDay.day) < 1) continue;
    const left = ledger.unitsLeft(candidate.node, shipDay.day);
    if (left < 1 || (covered === asked && !showDay(candidate.node, shipDay.day))) continue;
    const unitsLeft = left >= totalUnits ? Infinity : left;
    const available = availableOn(candidate, candidates, asked, ledger, shipDay.day);
    if (!available.some((units) => units > 0)) continue;
    const useful = !covered || available.some((units, demand) => units > covered![demand]!);
    if (!useful && !showDay(candidate.node, shipDay.day)) continue;
    const { nextShipmentMicros, unitSteps } = strainOf(candidate.node, shipDay.day, ledger, pricer);
    const strained = stepsMicros(unitSteps, totalUnits) > 0;
    if (unitsLeft === Infinity && nextShipmentMicros === 0 && !strained) covered = available;
    if (found.length === 0) stockOutSteps = stockOutOf(candidate, candidates, ledger, pricer);
    found.push([
      {
        node: candidate.node,
        day: position,
        available,
        lineMicros,
        unitMicros,
        unitsLeft,
        options: dearer(pricer.servicesOf(candidate, shipDay), nextShipmentMicros),
        unitSteps: strained ? unitSteps : undefined,
        stockOutSteps,
      },
      { candidate, shipDay, nextShipmentMicros },
    ]);
  }
  return found;
}

function dearer(options: readonly ServiceOption[], byMicros: number): readonly ServiceOption[] {
  if (byMicros === 0) return options;
  return options.map(({ fixedMicros, tariff }) => ({ fixedMicros: fixedMicros + byMicros, tariff }));
}

/** What one more shipment, and its units, cost for the work that a node already has on a day. */
function strainOf(node: number, day: number, ledger: Ledger, pricer: Pricer) {
  const shipmentSteps = pricer.risingSteps('capacity', ledger.shipmentSteps(node, day));
  const unitSteps = pricer.risingSteps('capacity', ledger.unitSteps(node, day));
  return { nextShipmentMicros: stepsMicros(shipmentSteps, 1), unitSteps };
}

/** Steps of the rows that the order may run short, where there are any. */
function stockOutOf(
  { rows }: CandidateNode,
  { demands }: OrderCandidates,
  ledger: Ledger,
  pricer: Pricer,
): readonly CostSteps[] | undefined {
  if (!rows.some((row) => row && ledger.stockOutSteps(row).length > 0)) return undefined;
  const steps = rows.map((row) => (row ? pricer.risingSteps('stockOut', ledger.stockOutSteps(row)) : NO_STEPS));
  return steps.some((own, demand) => stepsMicros(own, demands[demand]!.quantity) > 0) ? steps : undefined;
}

/** Shares the list of what was asked for where all of it is there. */
function availableOn(
  candidate: CandidateNode,
  { demands }: OrderCandidates,
  asked: Int32Array,
  ledger: Ledger,
  day: number,
): Int32Array {
  let available: Int32Array | undefined;
  for (let index = 0; index < demands.length; index++) {
    const row = candidate.rows[index];
    const there = row ? Math.min(asked[index]!, ledger.available(row, day)) : 0;
    if (there === asked[index]) continue;
    available ??= asked.slice();
    available[index] = there;
  }
  return available ?? asked;
}
