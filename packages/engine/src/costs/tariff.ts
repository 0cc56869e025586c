// Decides what a shipment of a given weight costs under one zone of a rate card, and in how many parcels it goes.
// Leaves choosing zone and service to candidates/.
import { perThousand } from '../base/money.ts';
import type { RateBand } from '../model/rate-card.ts';

/** One zone's bands, ready for pricing. */
export interface Tariff {
  /** Ascending by weight; the last may be open (Infinity). Weights in milligrams. */
  readonly bands: readonly TariffBand[];
  /** Heaviest parcel; Infinity when everything goes in one. */
  readonly maxParcelMilligrams: number;
}

export interface TariffBand {
  readonly uptoMilligrams: number;
  readonly fixedMicros: number;
  readonly perKgMicros: number;
  readonly minimumMicros: number;
}

/** Bands of a zone in ascending order. The heaviest parcel is the smaller of the card's and the last band's limit. */
export function compileTariff(bands: readonly RateBand[], maxParcelGrams: number | undefined): Tariff {
  const compiled = bands
    .map((band) => ({
      uptoMilligrams: band.uptoGrams === undefined ? Infinity : Math.round(band.uptoGrams * 1000),
      fixedMicros: band.fixedMicros,
      perKgMicros: band.perKgMicros,
      minimumMicros: band.minimumMicros ?? 0,
    }))
    .sort((a, b) => a.uptoMilligrams - b.uptoMilligrams);
  const card = maxParcelGrams === undefined ? Infinity : Math.round(maxParcelGrams * 1000);
  return { bands: compiled, maxParcelMilligrams: Math.min(card, compiled.at(-1)!.uptoMilligrams) };
}

/** Parcels for a shipment: full ones and one with the rest; a weightless shipment is one parcel. */
export function parcelCount(tariff: Tariff, weightMilligrams: number): number {
  return Math.max(1, Math.ceil(weightMilligrams / tariff.maxParcelMilligrams));
}

/** Micros for a shipment of `weightMilligrams`: the sum over its parcels, each rounded to a whole micro. */
export function tariffMicros(tariff: Tariff, weightMilligrams: number): number {
  const full = parcelCount(tariff, weightMilligrams) - 1;
  if (full === 0) return parcelMicros(tariff, weightMilligrams);
  const rest = weightMilligrams - full * tariff.maxParcelMilligrams;
  return full * parcelMicros(tariff, tariff.maxParcelMilligrams) + parcelMicros(tariff, rest);
}

/** max(minimum, fixed + perKg × weight) in the first band that reaches the weight. */
function parcelMicros(tariff: Tariff, weightMilligrams: number): number {
  let band = tariff.bands[0]!;
  for (let index = 1; weightMilligrams > band.uptoMilligrams; index++) band = tariff.bands[index]!;
  const byWeight = band.fixedMicros + perThousand(band.perKgMicros, weightMilligrams / 1000);
  return byWeight > band.minimumMicros ? byWeight : band.minimumMicros;
}
