// Decides what supplying costs in money: numbers for the solver, and the same numbers by term for plans and explanations.
// Leaves which shipments to make to the solvers.
import { type CostSteps, mostUnitMicros } from '../base/cost-steps.ts';
import type { CandidateDemand, CandidateNode, OrderCandidates, ServiceDay, ShipDay } from '../candidates/candidate.ts';
import { shipmentStepsOf, stockOutStepsOf, unitStepsOf } from '../inventory/rising-costs.ts';
import type { Network } from '../model/network.ts';
import { COST_TERMS, type CostBreakdown, type CostTerm } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RateBand, RateCard, RateZone } from '../model/rate-card.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';
import { breakdown, type CostParts } from './breakdown.ts';
import type { LinearTerm, LineView } from './cost-term.ts';
import { compileTariff, type Tariff, tariffMicros } from './tariff.ts';
import { handlingTerm } from './terms/handling.ts';
import { latenessTerm } from './terms/lateness.ts';
import { preferenceTerm } from './terms/preference.ts';
import { createRiskTerm } from './terms/risk.ts';
import { speedTerm } from './terms/speed.ts';

const LINEAR_TERMS: readonly LinearTerm[] = [handlingTerm, latenessTerm, speedTerm, preferenceTerm];

/** By term: what a micro of it counts in the objective that is being minimised; whole numbers of at least 0. */
export type TermWeights = Readonly<Record<CostTerm, number>>;

export interface Pricer {
  /** 1 for every term where money is money. `shipmentCost` is never weighted, everything else is. */
  readonly weights: TermWeights;
  /** What handing a shipment over by each service of a ship day costs besides its lines. */
  servicesOf(candidate: CandidateNode, shipDay: ShipDay): readonly PricedService[];
  linesOf(candidate: CandidateNode, demands: readonly CandidateDemand[]): LinePrices;
  tariffOf(card: RateCard, zone: RateZone): Tariff;
  /** Micros for each unit of a demand that stays unsourced. */
  unsourcedUnitMicros(candidates: OrderCandidates, demand: number): number;
  /** What a term that rises with use charges at its steps: weights of goals are put in here. */
  risingSteps(term: 'capacity' | 'stockOut', steps: CostSteps): CostSteps;
  /** Micros that rising costs can add, from above, when a node sends the whole order on every one of its days. */
  mostRisingMicros(candidates: OrderCandidates, candidate: CandidateNode): number;
  /** The same money by term. `first` is false for the second and later shipments of an order; `rising` is 0 where left out. */
  shipmentCost(
    candidates: OrderCandidates,
    candidate: CandidateNode,
    on: ServiceDay,
    taken: readonly { readonly demand: number; readonly quantity: number }[],
    first: boolean,
    rising?: RisingCosts,
  ): CostBreakdown;
}

/** One service on one day: micros once for a shipment, and its tariff. */
export interface PricedService {
  readonly fixedMicros: number;
  readonly tariff: Tariff;
}

/** By demand: micros once when any of it is in a shipment, and for each unit. Shared between orders that pay the same. */
export interface LinePrices {
  readonly lineMicros: Float64Array;
  readonly unitMicros: Float64Array;
}

/** What one shipment pays because of what was taken before it. */
export interface RisingCosts {
  readonly capacityMicros: number;
  readonly stockOutMicros: number;
}

export const PLAIN_WEIGHTS = Object.fromEntries(COST_TERMS.map((term) => [term, 1])) as TermWeights;

export function createPricer(network: Network, policy: Policy, weights: TermWeights = PLAIN_WEIGHTS): Pricer {
  const plain = new Map<RateZone, Tariff>();
  const weighted = new Map<RateZone, Tariff>();
  const risk = createRiskTerm(network, policy);
  const linearTerms = risk ? [...LINEAR_TERMS, risk] : LINEAR_TERMS;
  const viewOf = (candidate: CandidateNode): LineView => ({
    node: network.nodes[candidate.node]!,
    candidate,
    policy,
  });
  const tariffIn = (tariffs: Map<RateZone, Tariff>, card: RateCard, zone: RateZone, weight: number): Tariff => {
    let tariff = tariffs.get(zone);
    if (!tariff) tariffs.set(zone, (tariff = compileTariff(weigh(zone.bands, weight), card.maxParcelGrams)));
    return tariff;
  };
  /** A ship day belongs to one node. */
  const servicesOn = new WeakMap<ShipDay, readonly PricedService[]>();
  /** By node and number of demands: the last line prices, which most orders share. */
  const lastPrices: LinePrices[][] = network.nodes.map(() => []);
  const sumTerms = (microsOf: (term: LinearTerm) => number): number => {
    let sum = 0;
    for (const term of linearTerms) sum += weights[term.term] * microsOf(term);
    return sum;
  };
  const tariffOf = (card: RateCard, zone: RateZone): Tariff => tariffIn(weighted, card, zone, weights.shipping);
  return {
    weights,
    tariffOf,
    servicesOf: (candidate, shipDay) => {
      let priced = servicesOn.get(shipDay);
      if (!priced) {
        const view = viewOf(candidate);
        priced = shipDay.services.map((on) => ({
          fixedMicros: sumTerms((term) => term.perShipmentMicros(view, on)),
          tariff: tariffOf(on.service.card, on.service.zone),
        }));
        servicesOn.set(shipDay, priced);
      }
      return priced;
    },
    linesOf: (candidate, demands) => {
      const view = viewOf(candidate);
      const lineMicros = new Float64Array(demands.length);
      const unitMicros = new Float64Array(demands.length);
      for (let index = 0; index < demands.length; index++) {
        lineMicros[index] = sumTerms((term) => term.perLineMicros(view, index));
        unitMicros[index] = sumTerms((term) => term.perUnitMicros(view, demands[index]!));
      }
      const last = lastPrices[candidate.node]![demands.length];
      if (last && isSame(last.lineMicros, lineMicros) && isSame(last.unitMicros, unitMicros)) return last;
      return (lastPrices[candidate.node]![demands.length] = { lineMicros, unitMicros });
    },
    unsourcedUnitMicros: (candidates, demand) => weights.unsourced * unsourcedUnit(candidates, demand, policy),
    risingSteps: (term, steps) => weighSteps(steps, weights[term]),
    mostRisingMicros: ({ demands }, { node, rows, shipDays }) => {
      const of = network.nodes[node]!;
      let stockOut = 0;
      let units = 0;
      for (const [demand, { quantity }] of demands.entries()) {
        stockOut += mostUnitMicros(stockOutStepsOf(rows[demand]?.level)) * quantity;
        units += quantity;
      }
      const capacity = mostUnitMicros(shipmentStepsOf(of)) + mostUnitMicros(unitStepsOf(of)) * units;
      return weights.stockOut * stockOut + weights.capacity * capacity * shipDays.length;
    },
    shipmentCost: (candidates, candidate, on, taken, first, rising) => {
      const view = viewOf(candidate);
      const weight = shipmentMilligrams(candidates, taken);
      const parts: CostParts = {
        shipping: tariffMicros(tariffIn(plain, on.service.card, on.service.zone, 1), weight),
        split: first ? 0 : policy.goals.splitMicros,
        capacity: rising?.capacityMicros ?? 0,
        stockOut: rising?.stockOutMicros ?? 0,
      };
      for (const term of linearTerms) {
        let micros = term.perShipmentMicros(view, on);
        for (const { demand, quantity } of taken) {
          micros += term.perLineMicros(view, demand) + term.perUnitMicros(view, candidates.demands[demand]!) * quantity;
        }
        parts[term.term] = (parts[term.term] ?? 0) + micros;
      }
      return breakdown(parts);
    },
  };
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

function weighSteps(steps: CostSteps, weight: number): CostSteps {
  if (weight === 1) return steps;
  return steps.map(({ units, perUnitMicros }) => ({ units, perUnitMicros: weight * perUnitMicros }));
}

function weigh(bands: readonly RateBand[], weight: number): readonly RateBand[] {
  if (weight === 1) return bands;
  return bands.map((band) => ({
    ...band,
    fixedMicros: weight * band.fixedMicros,
    perKgMicros: weight * band.perKgMicros,
    ...(band.minimumMicros === undefined ? {} : { minimumMicros: weight * band.minimumMicros }),
  }));
}

/** What a shipment is charged as; q units of a demand are charged as their share of it, to the nearest milligram. */
export function shipmentMilligrams(
  candidates: OrderCandidates,
  taken: readonly { readonly demand: number; readonly quantity: number }[],
): number {
  return taken.reduce((sum, { demand, quantity }) => {
    const of = candidates.demands[demand]!;
    return sum + Math.round((of.weightMilligrams * quantity) / of.quantity);
  }, 0);
}

/** What a shipment weighs, by the same sum. */
export function actualMilligrams(
  candidates: OrderCandidates,
  taken: readonly { readonly demand: number; readonly quantity: number }[],
): number {
  return taken.reduce((sum, { demand, quantity }) => {
    const of = candidates.demands[demand]!;
    return sum + Math.round(((of.actualMilligrams ?? of.weightMilligrams) * quantity) / of.quantity);
  }, 0);
}

/** (per unit + value percent × dearest unit price of the sku in the order) × (1 + priority ÷ 10), in whole micros. */
function unsourcedUnit(candidates: OrderCandidates, demand: number, policy: Policy): number {
  const { lines, item } = candidates.demands[demand]!;
  const { perUnitMicros, valuePercent } = policy.goals.unsourced;
  const price = lines.reduce((dearest, line) => Math.max(dearest, unitPriceMicros(line, item)), 0);
  const priority = candidates.order.priority ?? 0;
  const plain = Math.round(((perUnitMicros + (price * valuePercent) / 100) * (10 + priority)) / 10);
  return Math.round((plain * candidates.terms.unsourcedPercent) / 100);
}
