// Decides the made-up tariff: a price list a node class and service, by distance, with a dearer zone for Highlands and islands.
// The amounts are illustrative; they follow the shape of published parcel prices (a large fixed part and a part by weight).
import type { ParcelRules, RateCard } from '@sourcewright/engine';
import { microsOf } from '../raw-table.ts';

interface ZonePrice {
  readonly zone: string;
  readonly regions?: readonly string[];
  readonly maxDistanceKm?: number;
  /** Pounds for a parcel up to 2 kg, and up to 30 kg. */
  readonly light: number;
  readonly parcel: number;
  /** Pounds a kilogram, on top. */
  readonly perKg: number;
  readonly standardDays: number;
  readonly expressDays: number;
}

const ZONES: readonly ZonePrice[] = [
  {
    zone: 'highlands-islands',
    regions: ['HS', 'IV', 'KW', 'ZE'],
    light: 8.2,
    parcel: 11.5,
    perKg: 0.45,
    standardDays: 4,
    expressDays: 2,
  },
  {
    zone: 'crown-islands',
    regions: ['GY', 'IM', 'JE'],
    light: 9.8,
    parcel: 13.5,
    perKg: 0.55,
    standardDays: 4,
    expressDays: 3,
  },
  { zone: 'local', maxDistanceKm: 40, light: 2.7, parcel: 3.6, perKg: 0.08, standardDays: 1, expressDays: 1 },
  { zone: 'near', maxDistanceKm: 160, light: 3.2, parcel: 4.5, perKg: 0.14, standardDays: 2, expressDays: 1 },
  { zone: 'middle', maxDistanceKm: 320, light: 3.5, parcel: 5.1, perKg: 0.19, standardDays: 2, expressDays: 1 },
  { zone: 'far', light: 4.1, parcel: 6.2, perKg: 0.26, standardDays: 2, expressDays: 1 },
];

/** What a node class pays on top of the list: pounds a parcel and pounds a kilogram. */
const CLASSES = [
  { id: 'dc', name: 'DC contract', perParcel: 0, perKg: 0, express: true },
  { id: '3pl', name: '3PL contract', perParcel: 0.3, perKg: 0.01, express: true },
  { id: 'store', name: 'Store collection', perParcel: 0.5, perKg: 0.06, express: true },
  { id: 'vendor', name: 'Vendor drop-ship', perParcel: 0.6, perKg: 0.04, express: false },
] as const;

/** Next-day delivery costs this much more a parcel. */
const EXPRESS_EXTRA = 3;
const MAX_PARCEL_GRAMS = 30_000;

/** Four litres are charged as a kilogram, as is common by road: then about as many parcels are charged as cartons are packed. */
export const PARCEL_RULES: ParcelRules = { dimensionalDivisor: 4000 };

export function buildRateCards(): RateCard[] {
  return CLASSES.flatMap((place) => [
    rateCard(place, 'standard', 0),
    ...(place.express ? [rateCard(place, 'express', EXPRESS_EXTRA)] : []),
  ]);
}

function rateCard(place: (typeof CLASSES)[number], service: 'standard' | 'express', extra: number): RateCard {
  return {
    rateCardId: `${place.id}-${service}`,
    name: `${place.name}, ${service}`,
    service,
    maxParcelGrams: MAX_PARCEL_GRAMS,
    deliveryWeekdays: service === 'standard' ? [1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6],
    zones: ZONES.map((zone) => ({
      zone: zone.zone,
      ...(zone.regions ? { regions: [...zone.regions] } : {}),
      ...(zone.maxDistanceKm === undefined ? {} : { maxDistanceKm: zone.maxDistanceKm }),
      transitDays: service === 'standard' ? zone.standardDays : zone.expressDays,
      bands: [
        band(2000, zone.light + place.perParcel + extra, zone.perKg + place.perKg),
        band(MAX_PARCEL_GRAMS, zone.parcel + place.perParcel + extra, zone.perKg + place.perKg),
      ],
    })),
  };
}

function band(uptoGrams: number, fixed: number, perKg: number): RateCard['zones'][number]['bands'][number] {
  return { uptoGrams, fixedMicros: microsOf(fixed.toFixed(2)), perKgMicros: microsOf(perKg.toFixed(2)) };
}
