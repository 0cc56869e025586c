// Decides the facts of the way from a node to where an order's goods go, among the services that reach it.
import { perThousand } from '../../base/money.ts';
import type { RateCard, RateZone } from '../../model/rate-card.ts';
import { factsOf, type LaneView } from './fact.ts';

const BANDS_KM = [25, 50, 100, 250, 500, 1000];
export const DISTANCE_BANDS = ['0-25', '25-50', '50-100', '100-250', '250-500', '500-1000', '1000+'] as const;

const UNKNOWN = 'Neither a lane nor both positions are known.';
const UNREACHED = 'No rate card reaches the destination.';

export const LANE_FACTS = factsOf('lane', {
  distanceKm: {
    type: 'number',
    range: [0, null],
    unit: 'km',
    text: 'Distance from the node to the destination, or to the node where the order is collected',
    example: 38.2,
    missing: UNKNOWN,
    read: ({ distanceKm }) => distanceKm ?? undefined,
  },
  distanceBand: {
    type: 'text',
    choices: DISTANCE_BANDS,
    text: 'Band of the distance in km, upper end included',
    example: '25-50',
    missing: UNKNOWN,
    read: ({ distanceKm }) => (distanceKm === null ? undefined : DISTANCE_BANDS[bandOf(distanceKm)]),
  },
  zone: {
    type: 'text',
    text: 'Zone of the destination on the node’s first rate card that reaches it',
    example: 'mainland',
    missing: UNREACHED,
    read: ({ services }) => services[0]?.zone.zone,
  },
  transitDays: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'days',
    text: 'Delivery days of the node’s fastest service there',
    example: 2,
    missing: UNREACHED,
    read: ({ services }) =>
      services.length === 0 ? undefined : Math.min(...services.map(({ transitDays }) => transitDays)),
  },
  serviceCount: {
    type: 'number',
    range: [0, null],
    whole: true,
    text: 'Services by which the node reaches the destination',
    example: 2,
    read: ({ services }) => new Set(services.map(({ card }) => card.service)).size,
  },
  cheapestShippingMicros: {
    type: 'number',
    range: [0, null],
    whole: true,
    unit: 'micros',
    text: 'What carrying the whole order from the node costs at least',
    example: 4_950_000,
    missing: UNREACHED,
    read: cheapestMicros,
  },
});

function bandOf(distanceKm: number): number {
  const band = BANDS_KM.findIndex((upto) => distanceKm <= upto);
  return band < 0 ? BANDS_KM.length : band;
}

function cheapestMicros({ services, orderMilligrams }: LaneView): number | undefined {
  if (services.length === 0) return undefined;
  return Math.min(...services.map(({ card, zone }) => carriageMicros(card, zone, orderMilligrams)));
}

/** Micros for a weight in as few parcels as the card allows: full ones and one with the rest. */
export function carriageMicros(card: RateCard, zone: RateZone, milligrams: number): number {
  const heaviest = zone.bands.reduce((most, { uptoGrams }) => Math.max(most, uptoGrams ?? Infinity), 0);
  const parcelMost = Math.round(Math.min(heaviest, card.maxParcelGrams ?? Infinity) * 1000);
  const full = Math.max(1, Math.ceil(milligrams / parcelMost)) - 1;
  if (full === 0) return parcelMicros(zone, milligrams);
  return full * parcelMicros(zone, parcelMost) + parcelMicros(zone, milligrams - full * parcelMost);
}

function parcelMicros(zone: RateZone, milligrams: number): number {
  const upto = (band: RateZone['bands'][number]): number =>
    band.uptoGrams === undefined ? Infinity : Math.round(band.uptoGrams * 1000);
  const band = [...zone.bands].sort((a, b) => upto(a) - upto(b)).find((entry) => milligrams <= upto(entry))!;
  const byWeight = band.fixedMicros + perThousand(band.perKgMicros, milligrams / 1000);
  return Math.max(band.minimumMicros ?? 0, byWeight);
}
