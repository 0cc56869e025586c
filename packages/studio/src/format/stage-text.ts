// Decides how the stages of a run read while it is under way, and in which order they come.
import type { Run } from '@sourcewright/server/contract';

type Stage = NonNullable<Run['progress']['stage']>;

const STAGES: Readonly<Record<Stage, string>> = {
  enumerate: 'Finding who may ship',
  solve: 'Solving',
  bound: 'Proving the bound',
  build: 'Building the plan',
  verify: 'Verifying the plan',
};
const ORDER = Object.keys(STAGES);

export function stageText(stage: Stage | null): string {
  return stage === null ? 'Starting' : STAGES[stage];
}

/** Grows from the first stage to the end of the last. */
export function stageAge({ stage, done, total }: Run['progress']): number {
  return stage === null ? 0 : 1 + ORDER.indexOf(stage) + done / Math.max(1, total + 1);
}
