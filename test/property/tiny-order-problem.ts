// Decides what adversarial tiny order problems look like: every rule of the problem at once, few distinct prices, many ties.
// Leaves retail-like orders to the engine's own generator.
import { createPrng, type Prng } from '../../packages/engine/src/base/prng.ts';
import type { CostSteps } from '../../packages/engine/src/base/cost-steps.ts';
import type { Tariff, TariffBand } from '../../packages/engine/src/costs/tariff.ts';
import type { Demand, OrderProblem, Source } from '../../packages/engine/src/solve/order/order-problem.ts';

export interface TinyOptions {
  readonly demands: number;
  readonly nodes: number;
  readonly maxQuantity: number;
  /** Most units of a demand at one source; below the quantity demands become short. */
  readonly maxStock: number;
  /** Also groups, least values of parts, and costs that rise with use. */
  readonly limits?: boolean;
}

/** The same options and seed give the same problem. */
export function tinyOrderProblem(options: TinyOptions, seed: number): OrderProblem {
  const prng = createPrng(seed);
  const coarse = prng.next() < 0.4;
  const money = (limit: number): number => (coarse ? prng.integer(0, 4) * 1000 : prng.integer(0, limit));
  const demands = Array.from({ length: options.demands }, (): Demand => {
    const quantity = prng.integer(1, options.maxQuantity);
    const unit = coarse ? prng.integer(0, 5) * 1_000_000 : prng.integer(0, 9_000_000);
    const rounded = prng.next() < 0.3 ? prng.integer(0, 999) : 0;
    return {
      quantity,
      weightMilligrams: unit * quantity + rounded,
      unsourcedUnitMicros: prng.next() < 0.3 ? money(3000) : prng.integer(5000, 60_000),
    };
  });
  const tariffs = Array.from({ length: prng.integer(1, 3) }, () => randomTariff(prng, coarse));
  const sources: Source[] = [];
  for (let node = 0; node < options.nodes; node++) {
    const days = prng.next() < 0.35 ? 2 : 1;
    let stock = demands.map((demand) => stockOf(prng, demand, options.maxStock));
    for (let day = 0; day < days; day++) {
      stock = stock.map((units, index) =>
        Math.min(demands[index]!.quantity, units + (day > 0 ? prng.integer(0, 2) : 0)),
      );
      sources.push({
        node,
        day,
        available: Int32Array.from(stock),
        lineMicros: Float64Array.from(demands, () => (prng.next() < 0.5 ? 0 : money(2500))),
        unitMicros: Float64Array.from(demands, () => (prng.next() < 0.4 ? 0 : money(1500))),
        unitsLeft: prng.next() < 0.25 ? prng.integer(0, 7) : Infinity,
        options: Array.from({ length: prng.integer(1, 2) }, () => ({
          fixedMicros: money(6000),
          tariff: prng.pick(tariffs),
        })),
      });
    }
  }
  const problem: OrderProblem = {
    demands,
    sources,
    splitMicros: prng.next() < 0.3 ? 0 : money(4000),
    maxShipments: prng.next() < 0.3 ? prng.integer(1, 2) : prng.integer(3, 9),
    shipComplete: prng.next() < 0.2,
    splitQuantity: prng.next() < 0.7,
    partial: prng.next() < 0.8,
  };
  return options.limits ? withLimits(problem, prng) : problem;
}

/** Each of the limits on its own or with others. */
function withLimits(problem: OrderProblem, prng: Prng): OrderProblem {
  const positions = [...problem.demands.keys()];
  const grouped = positions.filter(() => prng.next() < 0.4);
  const cut = prng.integer(0, grouped.length);
  const groups = [grouped.slice(0, cut), grouped.slice(cut)].filter((group) => group.length > 0);
  const priced = prng.next() < 0.6;
  const steps = (): CostSteps => {
    const first = prng.integer(0, 900);
    const second = first + prng.integer(0, 3000);
    return [
      { units: prng.integer(1, 3), perUnitMicros: prng.next() < 0.5 ? 0 : first },
      { units: prng.integer(1, 3), perUnitMicros: first },
      { units: Infinity, perUnitMicros: second },
    ];
  };
  const stockOut = new Map<string, CostSteps>();
  const strained = prng.next() < 0.5;
  const running = prng.next() < 0.5;
  return {
    ...problem,
    demands: problem.demands.map((demand) => ({ ...demand, valueMicros: prng.integer(0, 9) * demand.quantity })),
    sources: problem.sources.map((source) => ({
      ...source,
      ...(strained && prng.next() < 0.7 ? { unitSteps: steps() } : {}),
      ...(running ? { stockOutSteps: positions.map((demand) => ofNode(stockOut, source.node, demand, steps)) } : {}),
    })),
    ...(prng.next() < 0.5 && groups.length > 0 ? { together: groups } : {}),
    ...(priced ? { minPartMicros: prng.integer(1, 25) } : {}),
  };
}

/** Days of one node share the stock of a demand, and so its steps. */
function ofNode(known: Map<string, CostSteps>, node: number, demand: number, steps: () => CostSteps): CostSteps {
  const key = `${node} ${demand}`;
  const own = known.get(key) ?? steps();
  known.set(key, own);
  return own;
}

function stockOf(prng: Prng, demand: Demand, maxStock: number): number {
  const kind = prng.next();
  if (kind < 0.25) return 0;
  return kind < 0.6 ? Math.min(demand.quantity, maxStock) : prng.integer(0, Math.min(maxStock, demand.quantity));
}

/** Fixed and per-kg prices may fall from one band to the next; minima may bind or not. */
function randomTariff(prng: Prng, coarse: boolean): Tariff {
  const count = prng.integer(1, 3);
  let upto = 0;
  const bands: TariffBand[] = Array.from({ length: count }, (_, index) => {
    upto += coarse ? prng.integer(1, 4) * 2_000_000 : prng.integer(500_000, 9_000_000);
    const open = index === count - 1 && prng.next() < 0.3;
    return {
      uptoMilligrams: open ? Infinity : upto,
      fixedMicros: coarse ? prng.integer(0, 5) * 1000 : prng.integer(0, 7000),
      perKgMicros: prng.next() < 0.3 ? 0 : coarse ? prng.integer(0, 3) * 100 : prng.integer(0, 900),
      minimumMicros: prng.next() < 0.4 ? prng.integer(0, 9000) : 0,
    };
  });
  const limit = bands.at(-1)!.uptoMilligrams;
  return { bands, maxParcelMilligrams: prng.next() < 0.3 ? Math.min(limit, prng.integer(2, 12) * 1_000_000) : limit };
}
