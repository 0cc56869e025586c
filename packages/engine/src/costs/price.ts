// Decides what supplying costs in money: numbers for the solver, and the same numbers by term for plans and explanations.
// Leaves which shipments to make to the solvers.
import type { CandidateDemand, CandidateNode, OrderCandidates, ServiceDay } from '../candidates/candidate.ts';
import type { Network } from '../model/network.ts';
import type { CostBreakdown } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import { unitPriceMicros } from '../rules/facts.ts';
import { breakdown, type CostParts } from './breakdown.ts';
import type { LinearTerm, ShipmentView } from './cost-term.ts';
import { compileTariff, type Tariff, tariffMicros } from './tariff.ts';
import { handlingTerm } from './terms/handling.ts';
import { latenessTerm } from './terms/lateness.ts';
import { preferenceTerm } from './terms/preference.ts';

const LINEAR_TERMS: readonly LinearTerm[] = [handlingTerm, latenessTerm, preferenceTerm];

export interface Pricer {
  /** Micros once for a shipment, besides its tariff. */
  shipmentMicros(candidate: CandidateNode, on: ServiceDay): number;
  /** Micros once for a sku in a shipment. */
  lineMicros(candidate: CandidateNode, demand: number): number;
  unitMicros(candidate: CandidateNode, demand: CandidateDemand): number;
  tariffOf(card: RateCard, zone: RateZone): Tariff;
  /** Micros for each unit of a demand that stays unsourced. */
  unsourcedUnitMicros(candidates: OrderCandidates, demand: number): number;
  /** The same money by term. `first` is false for the second and later shipments of an order. */
  shipmentCost(
    candidates: OrderCandidates,
    candidate: CandidateNode,
    on: ServiceDay,
    taken: readonly { readonly demand: number; readonly quantity: number }[],
    first: boolean,
  ): CostBreakdown;
}

export function createPricer(network: Network, policy: Policy): Pricer {
  const tariffs = new Map<RateZone, Tariff>();
  const viewOf = (candidate: CandidateNode): ShipmentView => ({
    node: network.nodes[candidate.node]!,
    candidate,
    policy,
  });
  const tariffOf: Pricer['tariffOf'] = (card, zone) => {
    let tariff = tariffs.get(zone);
    if (!tariff) tariffs.set(zone, (tariff = compileTariff(zone.bands, card.maxParcelGrams)));
    return tariff;
  };
  return {
    tariffOf,
    shipmentMicros: (candidate, on) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + term.perShipmentMicros(view, on), 0);
    },
    lineMicros: (candidate, demand) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + term.perLineMicros(view, demand), 0);
    },
    unitMicros: (candidate, demand) => {
      const view = viewOf(candidate);
      return LINEAR_TERMS.reduce((sum, term) => sum + term.perUnitMicros(view, demand), 0);
    },
    unsourcedUnitMicros: (candidates, demand) => unsourcedUnit(candidates, demand, policy),
    shipmentCost: (candidates, candidate, on, taken, first) => {
      const view = viewOf(candidate);
      const weight = shipmentMilligrams(candidates, taken);
      const parts: CostParts = {
        shipping: tariffMicros(tariffOf(on.service.card, on.service.zone), weight),
        split: first ? 0 : policy.goals.splitMicros,
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
  return Math.round(((perUnitMicros + (price * valuePercent) / 100) * (10 + priority)) / 10);
}
