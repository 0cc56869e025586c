// Decides what a task has at hand in its thread, and whom it tells of what.
import type { SolverOf } from '@sourcewright/engine';
import type { RunProgress } from '../contract/index.ts';
import type { Store } from '../store/store.ts';
import type { Interims } from './task.ts';
import type { WarmData } from './warm-data.ts';

export interface TaskContext {
  readonly store: Store;
  readonly warm: WarmData;
  readonly isStopped: () => boolean;
  readonly onProgress: (progress: RunProgress) => void;
  readonly onInterim: (interim: Interims[keyof Interims]) => void;
  /** In place of the engine's own solvers. */
  readonly solverOf: SolverOf | undefined;
}
