// Decides what a random retail order looks like to the solvers: a few DCs with most of the range, many stores with a little of it.
// Leaves tiny adversarial problems to the property tests.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Tariff } from '../costs/tariff.ts';
import type { Demand, OrderProblem, ServiceOption, Source } from '../solve/order/order-problem.ts';

export interface RandomOrderOptions {
  readonly demands: number;
  readonly nodes: number;
  /** Mean weight of the order in parcels of 30 kg. */
  readonly parcels?: number;
  /** Chance that a demand exceeds what any single source has. */
  readonly shortShare?: number;
  /** Chance that a DC has a demand. */
  readonly dcCover?: number;
  readonly storeCover?: number;
  /** Chance that a source can handle only some of the order's units. */
  readonly limitedShare?: number;
}

const MICROS = 1_000_000;
const PARCEL_MILLIGRAMS = 30_000_000;

/** The same options and seed give the same problem. Quantities may split, nothing has to be complete. */
export function randomOrderProblem(options: RandomOrderOptions, seed: number): OrderProblem {
  const prng = createPrng(seed);
  const weight = (options.parcels ?? 2 + options.demands / 12) * PARCEL_MILLIGRAMS;
  const demands = Array.from({ length: options.demands }, () => randomDemand(prng, weight / options.demands));
  const shorts = demands.map((demand) => demand.quantity > 1 && prng.next() < (options.shortShare ?? 0.03));
  const dcs = Math.max(2, Math.round(options.nodes / 10));
  const sources: Source[] = [];
  const tariffs = zoneTariffs();
  for (let node = 0; node < options.nodes; node++) {
    const isDc = node < dcs;
    const cover = isDc ? (options.dcCover ?? 0.85) : (options.storeCover ?? 0.3);
    const stock = demands.map((demand, index) => stockOf(prng, demand, cover, shorts[index]!));
    const zone = prng.integer(0, 4);
    const limitedShare = options.limitedShare ?? 0.05;
    sources.push(randomSource(prng, demands, { node, day: 0, isDc, stock, zone, limitedShare }, tariffs));
    if (prng.next() < 0.5) {
      const received = stock.map((units, index) =>
        prng.next() < 0.1 ? (shorts[index]! ? units : demands[index]!.quantity) : units,
      );
      sources.push(randomSource(prng, demands, { node, day: 1, isDc, stock: received, zone, limitedShare }, tariffs));
    }
  }
  return {
    demands,
    sources,
    splitMicros: 2 * MICROS,
    maxShipments: 6,
    shipComplete: false,
    splitQuantity: true,
    partial: true,
  };
}

function randomDemand(prng: Prng, meanMilligrams: number): Demand {
  const quantity = prng.pick([1, 2, 3, 4, 6, 8, 10, 12, 12, 24, 24, 48]);
  const unitGrams = Math.max(1, Math.round((meanMilligrams / 1000 / 12) * (0.1 + 2.4 * prng.next() ** 2)));
  return {
    quantity,
    weightMilligrams: quantity * unitGrams * 1000,
    unsourcedUnitMicros: prng.integer(3, 20) * MICROS,
  };
}

function stockOf(prng: Prng, demand: Demand, cover: number, short: boolean): number {
  if (prng.next() >= cover) return 0;
  if (short) return prng.integer(1, demand.quantity - 1);
  return prng.next() < 0.9 ? demand.quantity : prng.integer(0, demand.quantity);
}

interface SourceSpec {
  readonly node: number;
  readonly day: number;
  readonly isDc: boolean;
  readonly stock: readonly number[];
  readonly zone: number;
  readonly limitedShare: number;
}

function randomSource(prng: Prng, demands: readonly Demand[], spec: SourceSpec, tariffs: readonly Tariff[][]): Source {
  const late = spec.day * prng.integer(1, 3) * MICROS;
  const handling = (spec.isDc ? 0.8 : 1.9) * MICROS;
  const options: ServiceOption[] = tariffs.map((zones, service) => ({
    fixedMicros: handling + late + (service === 0 ? 0 : 0.2 * MICROS),
    tariff: zones[spec.zone]!,
  }));
  const unit = spec.isDc ? 0.04 * MICROS : 0.15 * MICROS;
  return {
    node: spec.node,
    day: spec.day,
    available: Int32Array.from(spec.stock),
    lineMicros: Float64Array.from(demands, () => (spec.isDc ? 0.1 : 0.3) * MICROS),
    unitMicros: Float64Array.from(demands, () => unit + (spec.isDc ? 0 : prng.integer(0, 20) * 10_000)),
    unitsLeft: prng.next() < spec.limitedShare ? prng.integer(20, 400) : Infinity,
    options,
  };
}

/** By service, then zone: a parcel service by weight and one with letter and small parcel bands. */
function zoneTariffs(): Tariff[][] {
  const zones = [0, 1, 2, 3, 4];
  const band = (uptoMilligrams: number, fixed: number, perKg: number, minimum = 0) => ({
    uptoMilligrams,
    fixedMicros: Math.round(fixed * MICROS),
    perKgMicros: Math.round(perKg * 1000) * 1000,
    minimumMicros: Math.round(minimum * MICROS),
  });
  const standard = zones.map((zone) => ({
    bands: [band(PARCEL_MILLIGRAMS, 3.9 + 0.45 * zone, 0.16 + 0.05 * zone)],
    maxParcelMilligrams: PARCEL_MILLIGRAMS,
  }));
  const banded = zones.map((zone) => ({
    bands: [
      band(1_000_000, 2.9 + 0.1 * zone, 0),
      band(5_000_000, 4.1 + 0.3 * zone, 0.2),
      band(20_000_000, 3.5 + 0.4 * zone, 0.35, 5.5),
    ],
    maxParcelMilligrams: 20_000_000,
  }));
  return [standard, banded];
}
