// Decides what supplying costs in money: numbers for the solver, and the same numbers by term for plans and explanations.
// Leaves which shipments to make to the solvers.
import { type CostSteps, mostUnitMicros } from '../base/cost-steps.ts';
import type { CandidateDemand, CandidateNode, OrderCandidates, ServiceDay } from '../candidates/candidate.ts';
import { shipmentStepsOf, stockOutStepsOf, unitStepsOf } from '../inventory/rising-costs.ts';
import type { Network } from '../model/network.ts';
import { COST_TERMS, type CostBreakdown, type CostTerm } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RateBand, RateCard, RateZone } from '../model/rate-card.ts';
import { unitPriceMicros } from '../rules/line-amounts.ts';
import { breakdown, type CostParts } from './breakdown.ts';
import type { LinearTerm, ShipmentView } from './cost-term.ts';
import { compileTariff, type Tariff, tariffMicros } from './tariff.ts';
import { handlingTerm } from './terms/handling.ts';
import { latenessTerm } from './terms/lateness.ts';
import { preferenceTerm } from './terms/preference.ts';

const LINEAR_TERMS: readonly LinearTerm[] = [handlingTerm, latenessTerm, preferenceTerm];

/** By term: what a micro of it counts in the objective that is being minimised; whole numbers of at least 0. */
export type TermWeights = Readonly<Record<CostTerm, number>>;

export interface Pricer {
  /** 1 for every term where money is money. `shipmentCost` is never weighted, everything else is. */
  readonly weights: TermWeights;
  /** Micros once for a shipment, besides its tariff. */
  shipmentMicros(candidate: CandidateNode, on: ServiceDay): number;
  /** Micros once for a sku in a shipment. */
  lineMicros(candidate: CandidateNode, demand: number): number;
  unitMicros(candidate: CandidateNode, demand: CandidateDemand): number;
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

/** What one shipment pays because of what was taken before it. */
export interface RisingCosts {
  readonly capacityMicros: number;
  readonly stockOutMicros: number;
}

export const PLAIN_WEIGHTS = Object.fromEntries(COST_TERMS.map((term) => [term, 1])) as TermWeights;

export function createPricer(network: Network, policy: Policy, weights: TermWeights = PLAIN_WEIGHTS): Pricer {
  const plain = new Map<RateZone, Tariff>();
  const weighted = new Map<RateZone, Tariff>();
  const viewOf = (candidate: CandidateNode): ShipmentView => ({
    node: network.nodes[candidate.node]!,
    candidate,
    policy,
  });
  const tariffIn = (tariffs: Map<RateZone, Tariff>, card: RateCard, zone: RateZone, weight: number): Tariff => {
    let tariff = tariffs.get(zone);
    if (!tariff) tariffs.set(zone, (tariff = compileTariff(weigh(zone.bands, weight), card.maxParcelGrams)));
    return tariff;
  };
  return {
    weights,
    tariffOf: (card, zone) => tariffIn(weighted, card, zone, weights.shipping),
    shipmentMicros: (candidate, on) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + weights[term.term] * term.perShipmentMicros(view, on), 0);
    },
    lineMicros: (candidate, demand) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + weights[term.term] * term.perLineMicros(view, demand), 0);
    },
    unitMicros: (candidate, demand) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + weights[term.term] * term.perUnitMicros(view, demand), 0);
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
      for (const term of LINEAR_TERMS) {
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

/** Weight of what a shipment holds; q units of a demand weigh their share of it, to the nearest milligram. */
export function shipmentMilligrams(
  candidates: OrderCandidates,
  taken: readonly { readonly demand: number; readonly quantity: number }[],
): number {
  return taken.reduce((sum, { demand, quantity }) => {
    const of = candidates.demands[demand]!;
    return sum + Math.round((of.weightMilligrams * quantity) / of.quantity);
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
