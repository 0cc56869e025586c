// Decides whether two shipments of one source never cost less than one that holds what both hold, so that a bound may leave out
// a later day which the days before it match. Answers no where it cannot tell.
import { type Tariff, tariffMicros } from '../../costs/tariff.ts';
import type { OrderProblem, ServiceOption, Source } from './order-problem.ts';

export function mergesFreely({ demands, splitMicros }: OrderProblem, { options }: Source): boolean {
  const most = demands.reduce((sum, { weightMilligrams }) => sum + weightMilligrams, 0);
  // One line for all weights: what the second shipment adds to the first is less than the second alone, by the lower slope.
  if (options.every(({ tariff }) => most <= tariff.maxParcelMilligrams && most <= tariff.bands[0]!.uptoMilligrams)) {
    return true;
  }
  // One price for every parcel: together they need no more parcels, and weigh the same.
  if (options.length === 1 && hasOnePrice(options[0]!.tariff)) return true;
  const dearest = Math.min(...options.map((option) => dearestMicros(option, most)));
  const cheapest = Math.min(...options.map((option) => cheapestMicros(option)));
  return dearest <= 2 * cheapest + splitMicros;
}

function hasOnePrice({ bands, maxParcelMilligrams }: Tariff): boolean {
  return bands[0]!.uptoMilligrams >= maxParcelMilligrams && bands[0]!.minimumMicros <= bands[0]!.fixedMicros;
}

/** The most that one parcel of up to `most` milligrams costs; Infinity where it takes several. */
function dearestMicros({ fixedMicros, tariff }: ServiceOption, most: number): number {
  if (most > tariff.maxParcelMilligrams) return Infinity;
  const reached = tariff.bands.filter((_, at) => at === 0 || tariff.bands[at - 1]!.uptoMilligrams < most);
  const ends = reached.map(({ uptoMilligrams }) => tariffMicros(tariff, Math.min(uptoMilligrams, most)));
  return fixedMicros + Math.max(...ends);
}

/** No shipment costs less. */
function cheapestMicros({ fixedMicros, tariff }: ServiceOption): number {
  return fixedMicros + Math.min(...tariff.bands.map((band) => Math.max(band.minimumMicros, band.fixedMicros)));
}
