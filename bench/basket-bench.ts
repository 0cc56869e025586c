// Decides how quick a large order is priced and planned inside a wave: the dual ascent at prices that change, and the plan made of it,
// beside the order solver on the same orders.
import { compilePolicy, createPrng, DEFAULT_LIMITS, type Snapshot } from '@sourcewright/engine';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
  solveOrder,
} from '@sourcewright/engine/testing';
import { createEnumerator } from '../packages/engine/src/candidates/enumerate.ts';
import { createPricer } from '../packages/engine/src/costs/price.ts';
import { Ledger } from '../packages/engine/src/inventory/ledger.ts';
import { indexNetwork } from '../packages/engine/src/model/network.ts';
import { pricedPlan } from '../packages/engine/src/solve/order/priced-plan.ts';
import { isQuick, quickPlan } from '../packages/engine/src/solve/wave/basket-plan.ts';
import { EffectivePriceTable } from '../packages/engine/src/solve/wave/effective-prices.ts';
import { ascentsOf } from '../packages/engine/src/solve/wave/price-oracle.ts';
import { compileWave, type WaveModel } from '../packages/engine/src/solve/wave/wave-model.ts';
import { type Bench, median, quantile, timeEach } from './harness.ts';

const ORDERS = 100;
const NODES = 50;
const LINES = 30;
const SKUS = 400;
/** Rounds of prices: ranks are kept from one to the next, as in a wave. */
const ROUNDS = 40;

function basketSnapshot(seed: number): Snapshot {
  const prng = createPrng(seed);
  const nodes = Array.from({ length: NODES }, (_, index) =>
    buildNode(`n${index}`, {
      location: { lat: 50 + prng.next() * 8, lon: -5 + prng.next() * 6 },
      handling: {
        perShipmentMicros: prng.integer(500_000, 2_000_000),
        perLineMicros: prng.integer(50_000, 400_000),
        perUnitMicros: prng.integer(10_000, 150_000),
      },
    }),
  );
  const items = Array.from({ length: SKUS }, (_, index) =>
    buildItem(`s${index}`, { weightGrams: prng.integer(50, 1500) }),
  );
  const zone = (name: string, maxDistanceKm: number | undefined, factor: number) => ({
    zone: name,
    ...(maxDistanceKm === undefined ? {} : { maxDistanceKm }),
    transitDays: 2,
    bands: [
      { uptoGrams: 2000, fixedMicros: 3_000_000 * factor, perKgMicros: 200_000 },
      { fixedMicros: 4_500_000 * factor, perKgMicros: 350_000 },
    ],
  });
  const zones = [zone('near', 150, 1), zone('middle', 400, 1.3), zone('far', undefined, 1.6)];
  const stock = items.flatMap(({ sku }) =>
    nodes.filter(() => prng.next() < 0.4).map(({ nodeId }) => ({ sku, nodeId, onHand: prng.integer(1, 3) })),
  );
  return buildSnapshot({ nodes, items, stock, rateCards: [buildRateCard({ zones })] });
}

async function basketWave(seed: number): Promise<WaveModel> {
  const prng = createPrng(seed);
  const policy = buildPolicy({ allow: { partial: true, splitQuantity: 'when-needed', maxShipDelayDays: 0 } });
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const network = indexNetwork(basketSnapshot(seed));
  const enumerator = createEnumerator(network, policy, compiled.value.book, DEFAULT_LIMITS, { refusals: false });
  const orders = [];
  for (let index = 0; index < ORDERS; index++) {
    const skus = new Set<number>();
    while (skus.size < LINES) skus.add(prng.integer(0, SKUS - 1));
    const lines = [...skus].map((sku, line) => buildLine(String(line), `s${sku}`, prng.integer(1, 3)));
    const destination = { country: 'GB', lat: 50 + prng.next() * 8, lon: -5 + prng.next() * 6 };
    orders.push(await enumerator.candidatesOf(buildOrder(`o${index}`, lines, { destination })));
  }
  const pricer = createPricer(network, policy);
  const input = { orders, policy, pricer, limits: DEFAULT_LIMITS, createLedger: () => new Ledger(network) };
  return compileWave(input, network, () => false);
}

/** Prices as the rounds of a wave change them: each by a little. */
function* changingPrices(model: WaveModel, seed: number): Generator<EffectivePriceTable> {
  const prng = createPrng(seed);
  const prices = Float64Array.from(model.supply, () => prng.integer(0, 500_000));
  for (let round = 0; round < ROUNDS; round++) {
    yield new EffectivePriceTable(model, prices);
    for (let at = 0; at < prices.length; at++) prices[at] = Math.max(0, prices[at]! + prng.integer(-50_000, 50_000));
  }
}

async function baskets() {
  const model = await basketWave(1);
  const problems = model.views.map(({ problem }) => problem);
  const ascents = ascentsOf(model).map((ascent, order) => {
    if (!ascent || !isQuick(problems[order]!)) throw new Error(`Order ${order} is none of the large ones.`);
    return ascent;
  });
  const pricing: number[] = [];
  const planning: number[] = [];
  for (const prices of changingPrices(model, 1)) {
    pricing.push(...timeEach(ORDERS, (order) => void ascents[order]!.solve(prices)));
    planning.push(...timeEach(ORDERS, (order) => void quickPlan(ascents[order]!, prices, model.supply)));
  }
  const free = new EffectivePriceTable(model, new Float64Array(model.supply.length));
  const solve = (order: number): number => solveOrder(problems[order]!, DEFAULT_LIMITS.orderWork).costMicros;
  // Twice: the first time it is not yet compiled, the others have had their rounds.
  const solved = problems.map((_, order) => solve(order));
  const solving = timeEach(ORDERS, (order) => void solve(order));
  const quick = ascents.map(
    (ascent, at) => pricedPlan(problems[at]!, quickPlan(ascent, free, model.supply)).costMicros,
  );
  const above = quick.map((micros, order) => (100 * (micros - solved[order]!)) / solved[order]!);
  const alone = { rival: '', rivalValue: null, target: '', met: null };
  const beside = { rival: 'order solver', target: '', met: null };
  return [
    { metric: 'bound at prices, median', value: 1000 * median(pricing), unit: 'µs', ...alone },
    { metric: 'bound at prices, nine tenths', value: 1000 * quantile(pricing, 0.9), unit: 'µs', ...alone },
    { metric: 'plan, median', value: median(planning), unit: 'ms', ...beside, rivalValue: median(solving) },
    {
      metric: 'plan, nine tenths',
      value: quantile(planning, 0.9),
      unit: 'ms',
      ...beside,
      rivalValue: quantile(solving, 0.9),
    },
    {
      metric: 'plan above the solver’s, mean',
      value: above.reduce((sum, of) => sum + of, 0) / ORDERS,
      unit: '%',
      ...alone,
    },
  ];
}

export const basketBench: Bench = {
  bench: 'baskets',
  cases: [
    {
      row: `${LINES}-lines`,
      about: `${ORDERS} orders of ${LINES} lines × ${NODES} nodes at ${ROUNDS} rounds of prices`,
      run: baskets,
    },
  ],
};
