// Decides whether two shipments of one source never cost less than one that holds what both hold, so that a bound may leave out
// a later day which the days before it match. Answers no where it cannot tell.
import { type Tariff, type TariffBand, tariffMicros } from '../../costs/tariff.ts';
import type { OrderProblem, ServiceOption, Source } from './order-problem.ts';

/** What a shipment costs besides its tariff counts in steps of this many micros, rounded down, so that answers can be shared. */
const FIXED_STEP = 100_000;

export function mergesFreely({ demands, splitMicros }: OrderProblem, { options }: Source): boolean {
  const weight = demands.reduce((sum, { weightMilligrams }) => sum + weightMilligrams, 0);
  const most = roundedUp(weight, options);
  const least = Math.min(...options.map(({ fixedMicros }) => fixedMicros));
  const spare = Math.floor(least / FIXED_STEP) * FIXED_STEP;
  // A shipment costs its option's surplus over the cheapest option, and all of them cost `spare` at least.
  const shared = options.map(({ fixedMicros, tariff }) => ({ fixedMicros: fixedMicros - least, tariff }));
  return knownOr(shared, most, splitMicros + spare, () => mergesCheaply(shared, most, splitMicros + spare));
}

/** To the end of a band, two parcels or a power of two: what holds up to there holds for less, and few orders then differ. */
function roundedUp(weight: number, options: readonly ServiceOption[]): number {
  let least = 2 ** Math.ceil(Math.log2(Math.max(1, weight)));
  for (const { tariff } of options) {
    const parcel = tariff.maxParcelMilligrams;
    for (const end of [...tariff.bands.map(({ uptoMilligrams }) => uptoMilligrams), parcel, 2 * parcel]) {
      if (end >= weight && end < least) least = end;
    }
  }
  return least;
}

/** Whether some option carries a + b for at most what any two options charge for a and b, and `spare`. */
function mergesCheaply(options: readonly ServiceOption[], most: number, spare: number): boolean {
  const parcel = Math.min(...options.map(({ tariff }) => tariff.maxParcelMilligrams));
  if (most <= parcel) return options.some((joint) => neverDearer(joint, options, most, most, spare));
  if (options.some(({ tariff }) => tariff.maxParcelMilligrams !== parcel)) return false;
  // Full parcels cost the same wherever they are, so it is enough to look at the last ones, at the option whose full one is cheapest.
  const full = options.map(({ tariff }) => tariffMicros(tariff, parcel));
  const joint = options[full.indexOf(Math.min(...full))]!;
  return neverDearer(joint, options, parcel, Math.min(most, 2 * parcel), spare);
}

/**
 * Prices are straight between corners, so what merging costs more is greatest where two of a, b and a + b are at a corner or
 * just behind one.
 */
function neverDearer(
  joint: ServiceOption,
  options: readonly ServiceOption[],
  mostOfEach: number,
  mostTogether: number,
  spare: number,
): boolean {
  const apart = cornersOf(options, mostOfEach);
  const together = cornersOf([joint], mostTogether);
  const fits = (a: number, b: number): boolean => {
    if (a < 1 || b < 1 || a > mostOfEach || b > mostOfEach || a + b > mostTogether) return true;
    return priceOf([joint], a + b) <= priceOf(options, a) + priceOf(options, b) + spare;
  };
  return apart.every((a) => apart.every((b) => fits(a, b)) && together.every((sum) => fits(a, sum - a)));
}

function priceOf(options: readonly ServiceOption[], weight: number): number {
  let best = Infinity;
  for (const { fixedMicros, tariff } of options) best = Math.min(best, fixedMicros + tariffMicros(tariff, weight));
  return best;
}

/** Milligrams at which a price jumps or bends, and those just behind, up to `most`; over two parcels at most. */
function cornersOf(options: readonly ServiceOption[], most: number): number[] {
  const corners = new Set<number>([1, most]);
  for (const { tariff } of options) {
    const { bands, maxParcelMilligrams: parcel } = tariff;
    for (const base of most > parcel ? [0, parcel] : [0]) {
      for (const band of bands) {
        for (const at of [band.uptoMilligrams, kinkOf(band), parcel]) {
          for (const corner of [base + Math.floor(at), base + Math.floor(at) + 1]) {
            if (corner >= 1 && corner <= most) corners.add(corner);
          }
        }
      }
    }
  }
  return [...corners];
}

/** Where the band's minimum stops to bind. */
function kinkOf({ fixedMicros, perKgMicros, minimumMicros }: TariffBand): number {
  return perKgMicros > 0 && minimumMicros > fixedMicros
    ? ((minimumMicros - fixedMicros) * 1_000_000) / perKgMicros
    : Infinity;
}

const numbers = new WeakMap<Tariff, number>();
let tariffs = 0;
const known = new WeakMap<Tariff, Map<string, boolean>>();

/** The same question of the same tariffs is asked for every order. */
function knownOr(options: readonly ServiceOption[], most: number, spare: number, answer: () => boolean): boolean {
  const first = options[0]!.tariff;
  let answers = known.get(first);
  if (!answers) known.set(first, (answers = new Map()));
  const names = options.map(({ fixedMicros, tariff }) => `${numberOf(tariff)}:${fixedMicros}`);
  const key = `${most} ${spare} ${names.join(' ')}`;
  let found = answers.get(key);
  if (found === undefined) answers.set(key, (found = answer()));
  return found;
}

function numberOf(tariff: Tariff): number {
  let number = numbers.get(tariff);
  if (number === undefined) numbers.set(tariff, (number = ++tariffs));
  return number;
}
