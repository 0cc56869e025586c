// Decides whether what a shipment costs can be said in straight lines: so much at once, so much a kilogram, so much a parcel.
// Leaves which lines may share a shipment to the callers.
import { type Tariff, type TariffBand, tariffMicros } from '../costs/tariff.ts';

export interface StraightTariff {
  /** Micros once. */
  readonly fixedMicros: number;
  readonly perKgMicros: number;
  /** Micros for each parcel where their number depends on the weight; else 0. */
  readonly parcelMicros: number;
  /** What goes into one parcel; Infinity where everything does. */
  readonly parcelMilligrams: number;
}

export type Crooked = 'weight-bands' | 'minimum-charge';

/**
 * The price of every shipment from `lightest` to `heaviest` milligrams in straight lines, or what bends it.
 * It differs from the tariff by less than a micro a parcel, because a tariff rounds each parcel to a whole micro.
 */
export function straightTariff(tariff: Tariff, lightest: number, heaviest: number): StraightTariff | Crooked {
  if (lightest === heaviest) return constant(tariffMicros(tariff, heaviest));
  return heaviest <= tariff.maxParcelMilligrams ? oneParcel(tariff, lightest, heaviest) : severalParcels(tariff);
}

function oneParcel(tariff: Tariff, lightest: number, heaviest: number): StraightTariff | Crooked {
  const band = bandOf(tariff, lightest);
  if (band !== bandOf(tariff, heaviest)) return 'weight-bands';
  if (tariffMicros(tariff, heaviest) <= band.minimumMicros) return constant(band.minimumMicros);
  if (band.fixedMicros + (band.perKgMicros * lightest) / 1e6 < band.minimumMicros - 1) return 'minimum-charge';
  return { fixedMicros: band.fixedMicros, perKgMicros: band.perKgMicros, parcelMicros: 0, parcelMilligrams: Infinity };
}

/** The last parcel may weigh anything, so that all parcels must be priced by one band. */
function severalParcels(tariff: Tariff): StraightTariff | Crooked {
  const band = tariff.bands[0]!;
  if (band.uptoMilligrams < tariff.maxParcelMilligrams) return 'weight-bands';
  if (band.minimumMicros > band.fixedMicros) return 'minimum-charge';
  return {
    fixedMicros: 0,
    perKgMicros: band.perKgMicros,
    parcelMicros: band.fixedMicros,
    parcelMilligrams: tariff.maxParcelMilligrams,
  };
}

function bandOf({ bands }: Tariff, milligrams: number): TariffBand {
  return bands.find(({ uptoMilligrams }) => milligrams <= uptoMilligrams)!;
}

function constant(fixedMicros: number): StraightTariff {
  return { fixedMicros, perKgMicros: 0, parcelMicros: 0, parcelMilligrams: Infinity };
}
