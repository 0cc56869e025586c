// Decides which waves the bench `waves` runs: size, seed, work limit and the figures to reach.
import { DEFAULT_LIMITS, type Limits, type Scenario } from '@sourcewright/engine';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import { familyA, familyB } from './families.ts';

const SEED = 1;

export interface WaveInstance {
  readonly row: string;
  readonly about: string;
  readonly targets: WaveTargets;
  /** Where the defaults are not enough or too much. */
  readonly limits?: Partial<Limits>;
  /** Takes too long for a run of all rows. */
  readonly onlyWhenNamed?: boolean;
  scenario(): Scenario | Promise<Scenario>;
}

export interface WaveTargets {
  readonly gapPercent?: number;
  readonly seconds?: number;
  readonly gigabytes?: number;
  /** Until the first plan within a hundredth of the final one. */
  readonly usableSeconds?: number;
}

export interface ExactInstance {
  readonly row: string;
  readonly about: string;
  readonly targets: {
    /** Our plan above the best that HiGHS finds. */
    readonly abovePercent: number;
    /** HiGHS's time over ours. */
    readonly timesFaster: number | null;
  };
  readonly limits?: Partial<Limits>;
  readonly onlyWhenNamed?: boolean;
  scenario(): Scenario;
}

export const WAVES: readonly WaveInstance[] = [
  waveA(5, { gapPercent: 0.02, seconds: 10, gigabytes: 1, usableSeconds: 1 }),
  waveA(2, { gapPercent: 0.05, seconds: 60, gigabytes: 2 }),
  waveA(1.2, { gapPercent: 0.3, seconds: 120, gigabytes: 2 }),
  waveB({ row: 'B-10k-rho2.5', rho: 2.5 }, { gapPercent: 0.02, seconds: 20, gigabytes: 1 }),
  waveB({ row: 'B-10k-rho1.3', rho: 1.3 }, { gapPercent: 0.05, seconds: 60, gigabytes: 2 }),
  waveB({ row: 'B-10k-capacity', rho: 2, capacity: true }, { gapPercent: 0.1, seconds: 60, gigabytes: 2 }),
  {
    ...waveB(
      { row: 'B-100k-rho2.5', rho: 2.5, orders: 100_000, skus: 20_000 },
      { gapPercent: 0.05, seconds: 120, gigabytes: 4 },
    ),
    onlyWhenNamed: true,
  },
  {
    ...waveB(
      { row: 'B-1M-rho2.5', rho: 2.5, orders: 1_000_000, nodes: 500, skus: 100_000 },
      { gapPercent: 0.1, seconds: 900, gigabytes: 12 },
    ),
    onlyWhenNamed: true,
  },
  {
    row: 'uk-gifts-week',
    about: 'the peak week of the demo as one wave: 687 orders, 21,000 lines',
    targets: { gapPercent: 0.1, seconds: 30, gigabytes: 2 },
    scenario: () => demo('uk-gifts'),
  },
  {
    row: 'brunel',
    about: 'a day of 9,215 one-line orders over 19 plants, most of them beyond what the plants can handle',
    targets: {},
    scenario: () => demo('brunel'),
  },
];

export const EXACT_WAVES: readonly ExactInstance[] = [
  exact({ row: 'exact-1000-cover2', orders: 1000, nodes: 50, skus: 1000, cover: 2 }, 4),
  exact({ row: 'exact-1000-cover1.2', orders: 1000, nodes: 50, skus: 1000, cover: 1.2 }, 4),
  exact({ row: 'exact-3000-cover2', orders: 3000, nodes: 100, skus: 2000, cover: 2 }, 20),
  {
    ...exact({ row: 'exact-10k-cover2', orders: 10_000, nodes: 100, skus: 5000, cover: 2 }, null),
    onlyWhenNamed: true,
  },
];

async function demo(name: string): Promise<Scenario> {
  const loaded = await loadScenarioFolder(`scenarios/${name}`);
  if (!loaded.ok) throw new Error(`scenarios/${name} does not load.`);
  return loaded.value;
}

export function limitsOf({ limits }: { readonly limits?: Partial<Limits> }): Limits {
  return { ...DEFAULT_LIMITS, ...limits };
}

function waveA(cover: number, targets: WaveTargets): WaveInstance {
  return {
    row: `A-10k-cover${cover}`,
    about: `family A, 10,000 orders, 100 nodes, 5,000 skus, stock ${cover} times what is asked, seed ${SEED}`,
    targets,
    scenario: () => familyA({ orders: 10_000, nodes: 100, skus: 5000, cover }, SEED),
  };
}

interface WaveBSize {
  readonly row: string;
  readonly rho: number;
  readonly orders?: number;
  readonly nodes?: number;
  readonly skus?: number;
  readonly capacity?: boolean;
}

function waveB(size: WaveBSize, targets: WaveTargets) {
  const { row, rho, orders = 10_000, nodes = 200, skus = 3000, capacity = false } = size;
  const drawn = { orders, nodes, skus, rho, lot: 3, capacity };
  const limited = capacity ? ', shipments a day limited' : '';
  return {
    row,
    about: `family B, ${orders} orders, ${nodes} nodes, ${skus} skus, rho ${rho}, lots of at most 3${limited}, seed ${SEED}`,
    targets,
    scenario: () => familyB(drawn, SEED),
  };
}

interface ExactSize {
  readonly row: string;
  readonly orders: number;
  readonly nodes: number;
  readonly skus: number;
  readonly cover: number;
}

function exact({ row, ...size }: ExactSize, timesFaster: number | null): ExactInstance {
  return {
    row,
    about: `family A, ${size.orders} orders, ${size.nodes} nodes, ${size.skus} skus, cover ${size.cover}, seed ${SEED}, against HiGHS on the exact program`,
    targets: { abovePercent: 0.02, timesFaster },
    scenario: () => familyA(size, SEED),
  };
}
