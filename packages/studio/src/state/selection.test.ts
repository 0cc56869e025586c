import type { Run } from '@sourcewright/server/contract';
import { describe, expect, it } from 'vitest';
import { chooseRuns, samePolicy } from './selection.tsx';

function run(runId: string, strategy: string, status = 'done', policyName = 'Peak'): Run {
  return { runId, strategy, status, policy: { policyId: 'p', version: 1, name: policyName } } as Run;
}

const ids = (chosen: ReturnType<typeof chooseRuns>): unknown => [
  chosen.run?.runId ?? null,
  chosen.baseline?.runId ?? null,
];

describe('the first choice of runs', () => {
  it('is the newest exact run against the newest nearest run', () => {
    const runs = [run('a', 'priority'), run('b', 'nearest'), run('c', 'fcfs-exact', 'running'), run('d', 'fcfs-exact')];
    expect(ids(chooseRuns(runs, {}))).toEqual(['d', 'b']);
  });

  it('does not set a changed policy against the old one unasked', () => {
    const runs = [run('what-if', 'fcfs-exact', 'done', 'Peak, changed'), run('n', 'nearest'), run('e', 'fcfs-exact')];
    expect(ids(chooseRuns(runs, {}))).toEqual(['e', 'n']);
    expect(ids(chooseRuns(runs, { run: 'what-if' }))).toEqual(['what-if', 'n']);
    expect(samePolicy(runs[0]!, runs[1]!)).toBe(false);
  });

  it('follows the address, and has no baseline where there is none', () => {
    const runs = [run('a', 'nearest'), run('b', 'priority')];
    expect(ids(chooseRuns(runs, { run: 'b', base: 'a' }))).toEqual(['b', 'a']);
    expect(ids(chooseRuns(runs, { run: 'a', base: 'a' }))).toEqual(['a', null]);
    expect(ids(chooseRuns([run('a', 'nearest')], {}))).toEqual(['a', null]);
    expect(ids(chooseRuns([run('a', 'nearest', 'failed')], {}))).toEqual([null, null]);
  });
});
