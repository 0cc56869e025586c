// Decides one measurement of memory over many waves; prints the points as JSON. Called as `node --expose-gc bench/memory-child.ts WAVES POINTS`.
import { DEFAULT_LIMITS, source } from '@sourcewright/engine';
import { familyA } from './families.ts';
import type { MemoryPoint } from './memory-bench.ts';

const [waves = 0, points = 1] = process.argv.slice(2).map(Number);
const limits = { ...DEFAULT_LIMITS, waveWork: 20_000 };
const found: MemoryPoint[] = [];
for (let wave = 1; wave <= waves; wave++) {
  const scenario = familyA({ orders: 40, nodes: 8, skus: 60, cover: 1.5 }, wave);
  const plan = await source(scenario, { ...scenario.policy, strategy: 'optimal' }, limits);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  if (wave % Math.ceil(waves / points) !== 0) continue;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  found.push({ waves: wave, residentBytes: rss, heapBytes: heapUsed });
}
process.stdout.write(JSON.stringify(found));
