// Decides the stretches of weight on which one option's price of a shipment is exactly one straight line.
// Leaves bounds over all options to price-envelope.ts.
import type { Source } from './order-problem.ts';
import { tariffMicros } from '../../costs/tariff.ts';

/** alpha + beta × weight micros for weights from `low` to `high` milligrams, both included. */
export interface PricePiece {
  readonly low: number;
  readonly high: number;
  readonly alpha: number;
  readonly beta: number;
}

/** By option: pieces by rising weight, up to `most` milligrams, for weights that are multiples of `grain`. Rounding to whole micros is left out. */
export function pricePieces(source: Source, most: number, grain: number): PricePiece[][] {
  return source.options.map(({ fixedMicros, tariff }) => {
    const limit = tariff.maxParcelMilligrams;
    const full = limit === Infinity ? 0 : tariffMicros(tariff, limit);
    const pieces: PricePiece[] = [];
    for (let parcels = 0; parcels === 0 || parcels * limit < most; parcels++) {
      const base = parcels === 0 ? 0 : parcels * limit;
      const paid = fixedMicros + parcels * full;
      let from = base;
      for (const band of tariff.bands) {
        const upto = Math.min(most, base + Math.min(band.uptoMilligrams, limit));
        const low = from === 0 ? 0 : above(from, grain);
        const beta = band.perKgMicros / 1_000_000;
        const sloped = { alpha: paid + band.fixedMicros - beta * base, beta };
        const kink = beta > 0 ? base + (band.minimumMicros - band.fixedMicros) / beta : Infinity;
        const flat = { alpha: paid + Math.max(band.minimumMicros, band.fixedMicros), beta: 0 };
        if (beta === 0) addPiece(pieces, low, upto, flat);
        else {
          addPiece(pieces, low, Math.min(upto, Math.floor(kink / grain) * grain), flat);
          addPiece(pieces, Math.max(low, above(Math.max(0, kink), grain) - (kink <= 0 ? grain : 0)), upto, sloped);
        }
        from = Math.max(from, base + Math.min(band.uptoMilligrams, limit));
        if (from >= most || band.uptoMilligrams >= limit) break;
      }
      if (limit === Infinity) break;
    }
    return pieces;
  });
}

function addPiece(pieces: PricePiece[], low: number, high: number, line: { alpha: number; beta: number }): void {
  if (low <= high) pieces.push({ low, high, ...line });
}

function above(weight: number, grain: number): number {
  return (Math.floor(weight / grain) + 1) * grain;
}
