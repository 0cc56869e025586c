// Decides how far a destination is from a node and which zone of a rate card it falls into.
import { distanceMetres } from '../base/geo.ts';
import type { Network } from '../model/network.ts';
import type { Destination } from '../model/order.ts';
import type { RateCard, RateZone } from '../model/rate-card.ts';
import { hasPrefix } from './postcodes.ts';

export interface LaneView {
  /** Null where neither a lane nor both positions are known. */
  readonly distanceKm: number | null;
  readonly extraTransitDays: number;
  /** The same for nine tenths of parcels. */
  readonly extraTransitDaysP90: number;
}

/** A stated lane wins over the great circle. */
export function laneTo(network: Network, node: number, destination: Destination): LaneView {
  const lane = network.laneOf(node, destination.region);
  const extraTransitDays = lane?.extraTransitDays ?? 0;
  const extraTransitDaysP90 = lane?.extraTransitDaysP90 ?? extraTransitDays;
  if (lane?.distanceKm !== undefined) return { distanceKm: lane.distanceKm, extraTransitDays, extraTransitDaysP90 };
  const from = network.nodes[node]!.location;
  const { lat, lon } = destination;
  if (!from || lat === undefined || lon === undefined)
    return { distanceKm: null, extraTransitDays, extraTransitDaysP90 };
  return { distanceKm: distanceMetres(from, { lat, lon }) / 1000, extraTransitDays, extraTransitDaysP90 };
}

/** The first zone that fits: one that names regions or postcodes fits those; one with a distance fits up to it; any other fits all. */
export function zoneFor(card: RateCard, destination: Destination, distanceKm: number | null): RateZone | undefined {
  const { region, postcode } = destination;
  return card.zones.find((zone) => {
    if (zone.regions || zone.postcodePrefixes) {
      if (region !== undefined && zone.regions?.includes(region)) return true;
      return zone.postcodePrefixes !== undefined && hasPrefix(postcode, zone.postcodePrefixes);
    }
    if (zone.maxDistanceKm === undefined) return true;
    return distanceKm !== null && distanceKm <= zone.maxDistanceKm;
  });
}

/** The heaviest parcel a card takes to a zone; Infinity when all goes in one. */
export function parcelMilligrams(card: RateCard, zone: RateZone): number {
  const heaviest = zone.bands.reduce((most, band) => Math.max(most, band.uptoGrams ?? Infinity), 0);
  return Math.round(Math.min(heaviest, card.maxParcelGrams ?? Infinity) * 1000);
}

/** The zone as it is charged to a destination: surcharges are part of each parcel's price. The same object for the same charges. */
export type ChargedZone = (card: RateCard, zone: RateZone, destination: Destination) => RateZone;

export function createChargedZones(): ChargedZone {
  const known = new Map<RateZone, (RateZone | undefined)[]>();
  return (card, zone, destination) => {
    const { surcharges } = card;
    if (!surcharges) return zone;
    const { residentialMicros = 0, remote, fuelPercent = 0 } = surcharges;
    const isResidential = destination.residential === true;
    const isRemote = remote !== undefined && hasPrefix(destination.postcode, remote.postcodePrefixes);
    let variants = known.get(zone);
    if (!variants) known.set(zone, (variants = []));
    const perParcelMicros = (isResidential ? residentialMicros : 0) + (isRemote ? remote.perParcelMicros : 0);
    return (variants[(isResidential ? 1 : 0) + (isRemote ? 2 : 0)] ??= surcharged(zone, perParcelMicros, fuelPercent));
  };
}

/** (amount + surcharge) × (1 + fuel ÷ 100), each amount of a band to a whole micro. */
function surcharged(zone: RateZone, perParcelMicros: number, fuelPercent: number): RateZone {
  if (perParcelMicros === 0 && fuelPercent === 0) return zone;
  const fuelled = (micros: number): number => micros + Math.round((micros * fuelPercent) / 100);
  return {
    ...zone,
    bands: zone.bands.map((band) => ({
      ...band,
      fixedMicros: fuelled(band.fixedMicros + perParcelMicros),
      perKgMicros: fuelled(band.perKgMicros),
      ...(band.minimumMicros === undefined ? {} : { minimumMicros: fuelled(band.minimumMicros + perParcelMicros) }),
    })),
  };
}
