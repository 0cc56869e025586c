// Decides how far a destination is from a node and which zone of a rate card it falls into.
import { distanceMetres } from '../base/geo.ts';
import type { Network } from '../model/network.ts';
import type { Destination } from '../model/order.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';

export interface LaneView {
  /** Null where neither a lane nor both positions are known. */
  readonly distanceKm: number | null;
  readonly extraTransitDays: number;
}

/** A stated lane wins over the great circle. */
export function laneTo(network: Network, node: number, destination: Destination): LaneView {
  const lane = network.laneOf(node, destination.region);
  const extraTransitDays = lane?.extraTransitDays ?? 0;
  if (lane?.distanceKm !== undefined) return { distanceKm: lane.distanceKm, extraTransitDays };
  const from = network.nodes[node]!.location;
  const { lat, lon } = destination;
  if (!from || lat === undefined || lon === undefined) return { distanceKm: null, extraTransitDays };
  return { distanceKm: distanceMetres(from, { lat, lon }) / 1000, extraTransitDays };
}

/** The first zone that fits: one with regions fits those; one with a distance fits up to it; one with neither fits all. */
export function zoneFor(card: RateCard, region: string | undefined, distanceKm: number | null): RateZone | undefined {
  return card.zones.find((zone) => {
    if (zone.regions) return region !== undefined && zone.regions.includes(region);
    if (zone.maxDistanceKm === undefined) return true;
    return distanceKm !== null && distanceKm <= zone.maxDistanceKm;
  });
}

/** The heaviest parcel a card takes to a zone; Infinity when all goes in one. */
export function parcelMilligrams(card: RateCard, zone: RateZone): number {
  const heaviest = zone.bands.reduce((most, band) => Math.max(most, band.uptoGrams ?? Infinity), 0);
  return Math.round(Math.min(heaviest, card.maxParcelGrams ?? Infinity) * 1000);
}
