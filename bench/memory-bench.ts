// Decides whether memory stays bounded over thousands of waves in one process: what it holds at ten points along the way.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { BenchCase } from './harness.ts';

export interface MemoryPoint {
  readonly waves: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
}

const WAVES = 2000;
const POINTS = 10;

export const memoryBench: BenchCase = {
  row: `memory-${WAVES}-waves`,
  about: `${WAVES} waves of 40 orders in turn in one process, strategy optimal`,
  onlyWhenNamed: true,
  run: async () => {
    const points = await measured();
    const first = points[0]!;
    return points.flatMap(({ waves, residentBytes, heapBytes }) => {
      const after = `after ${waves} waves`;
      const shown = { unit: 'MB', rival: `after ${first.waves}`, target: '', met: null };
      return [
        { ...shown, metric: `resident ${after}`, value: residentBytes / 1e6, rivalValue: first.residentBytes / 1e6 },
        { ...shown, metric: `heap in use ${after}`, value: heapBytes / 1e6, rivalValue: first.heapBytes / 1e6 },
      ];
    });
  },
};

/** In a child process that may collect its garbage before it is measured. */
function measured(): Promise<MemoryPoint[]> {
  const args = ['--expose-gc', join(import.meta.dirname, 'memory-child.ts'), String(WAVES), String(POINTS)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, (error, out) => {
      if (error) reject(error);
      else resolve(JSON.parse(out) as MemoryPoint[]);
    });
  });
}
