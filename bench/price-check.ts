// Decides how far shadow prices are to be believed: one more unit of sampled resources, solved again, its saving beside its price.
// A price bounds what a unit saves but for what the gap leaves open; plans are near-optimal, so that savings have that much noise.
import { DEFAULT_LIMITS, type Plan, type Scenario, type ShadowPrice, source } from '@sourcewright/engine';
import { familyA } from './families.ts';
import type { BenchCase, BenchRow } from './harness.ts';
import { rankCorrelation } from './rank-correlation.ts';

type Figure = Omit<BenchRow, 'bench' | 'row' | 'ratio'>;

const SEED = 1;
const SAMPLED = 12;
/** Raised by one unit each, all at once: their savings stand out from the noise of one. */
const TOGETHER = 100;

export const priceCheck: BenchCase = {
  row: 'prices-A-1000-cover1.2',
  about: `family A, 1,000 orders, 50 nodes, 1,000 skus, stock 1.2 times what is asked, seed ${SEED}: ${SAMPLED} prices against one more unit, solved again`,
  run: async () => {
    const wave = familyA({ orders: 1000, nodes: 50, skus: 1000, cover: 1.2 }, SEED);
    const plan = await planOf(wave);
    const stock = plan.prices.filter(({ kind }) => kind === 'stock');
    const sampled = Array.from({ length: SAMPLED }, (_, at) => stock[Math.floor((at * stock.length) / SAMPLED)]!);
    const found: { price: number; saving: number; ofBound: number }[] = [];
    for (const resource of sampled) {
      const after = await planOf(withMore(wave, [resource]));
      found.push({ price: resource.unitMicros, ...savings(plan, after) });
    }
    const dearest = stock.slice(0, TOGETHER);
    const together = savings(plan, await planOf(withMore(wave, dearest)));
    const worth = dearest.reduce((sum, { unitMicros }) => sum + unitMicros, 0);
    return figures(plan, found, { worth, ...together });
  },
};

function figures(
  { cost, proof }: Plan,
  found: readonly { price: number; saving: number; ofBound: number }[],
  together: { worth: number; saving: number; ofBound: number },
): Figure[] {
  const open = cost.totalMicros - proof.lowerBoundMicros;
  const within = found.filter(({ price, saving }) => saving >= -open && saving <= price + open).length;
  const bounded = found.filter(({ price, ofBound }) => ofBound <= 1.01 * price + 0.0001 * cost.totalMicros).length;
  const rank = (by: 'saving' | 'ofBound'): number => rankCorrelation(found.map((one) => [one.price, one[by]]));
  return [
    plain('open: cost less bound', 'USD', open / 1e6),
    plain('savings from 0 to price, but for what is open', '%', (100 * within) / found.length),
    plain('bound falls by at most the price', '%', (100 * bounded) / found.length),
    plain('rank correlation of price and saving', '', rank('saving')),
    plain('rank correlation of price and fall of the bound', '', rank('ofBound')),
    plain(`${TOGETHER} dearest, one more of each: sum of prices`, 'USD', together.worth / 1e6),
    plain(`${TOGETHER} dearest, one more of each: saved`, 'USD', together.saving / 1e6),
    plain(`${TOGETHER} dearest, one more of each: fall of the bound`, 'USD', together.ofBound / 1e6),
  ];
}

function plain(metric: string, unit: string, value: number): Figure {
  return { metric, value, unit, rival: '-', rivalValue: null, target: '', met: null };
}

function savings(before: Plan, after: Plan): { saving: number; ofBound: number } {
  return {
    saving: before.cost.totalMicros - after.cost.totalMicros,
    ofBound: before.proof.lowerBoundMicros - after.proof.lowerBoundMicros,
  };
}

function withMore({ snapshot, ...rest }: Scenario, resources: readonly ShadowPrice[]): Scenario {
  const more = new Set(resources.map(({ sku, nodeId }) => `${sku} ${nodeId}`));
  const stock = snapshot.stock.map((level) =>
    more.has(`${level.sku} ${level.nodeId}`) ? { ...level, onHand: level.onHand + 1 } : level,
  );
  return { ...rest, snapshot: { ...snapshot, stock } };
}

async function planOf(wave: Scenario): Promise<Plan> {
  const plan = await source(wave, { ...wave.policy, strategy: 'optimal' }, { ...DEFAULT_LIMITS, waveWork: 1_500_000 });
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}
