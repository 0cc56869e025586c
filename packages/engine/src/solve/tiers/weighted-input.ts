// Decides how a wave looks to a solver that minimises weighted terms, and how far rounding can take its bound off the exact sums.
import { createPricer, type TermWeights } from '../../costs/price.ts';
import type { OrderCandidates } from '../../candidates/candidate.ts';
import type { Network } from '../../model/network.ts';
import type { WaveInput } from '../solver.ts';

/** Doubles add up large sums to about this share of them. */
const DOUBLE_SHARE = 1e-12;

/** The same wave with every amount times its term's weight. */
export function weightedInput(input: WaveInput, network: Network, weights: TermWeights, waveWork: number): WaveInput {
  const { goals } = input.policy;
  return {
    ...input,
    pricer: createPricer(network, input.policy, weights),
    policy: { ...input.policy, goals: { ...goals, splitMicros: weights.split * goals.splitMicros } },
    limits: { ...input.limits, waveWork: Math.max(1, Math.floor(waveWork)) },
  };
}

/**
 * Micros to take off a bound of the weighted wave: a weighted tariff rounds each parcel to a whole micro after weighing, the
 * exact sum before it. `parcels` is the most that any plan sends.
 */
export function roundingMicros(weights: TermWeights, parcels: number, boundMicros: number): number {
  const exact = weights.shipping <= 1;
  return (exact ? 0 : (parcels * (weights.shipping + 1)) / 2) + Math.abs(boundMicros) * DOUBLE_SHARE;
}

/** No plan of the wave sends more: a shipment holds at least a unit, and all but the last parcel of one are full. */
export function mostParcels({ orders, pricer }: WaveInput): number {
  return orders.reduce((sum, candidates) => sum + parcelsOf(candidates, pricer), 0);
}

function parcelsOf({ demands, nodes }: OrderCandidates, pricer: WaveInput['pricer']): number {
  let least = Infinity;
  for (const { shipDays } of nodes) {
    for (const { services } of shipDays) {
      for (const { service } of services) {
        least = Math.min(least, pricer.tariffOf(service.card, service.zone).maxParcelMilligrams);
      }
    }
  }
  const units = demands.reduce((sum, { quantity }) => sum + quantity, 0);
  const weight = demands.reduce((sum, { weightMilligrams }) => sum + weightMilligrams, 0);
  return units + (least === Infinity ? 0 : Math.ceil(weight / least));
}
