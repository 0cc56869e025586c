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

  it('is an optimal run where one is finished', () => {
    const runs = [run('e', 'fcfs-exact'), run('o', 'optimal'), run('n', 'nearest')];
    expect(ids(chooseRuns(runs, {}))).toEqual(['o', 'n']);
    expect(ids(chooseRuns(runs.slice(0, 2), {}))).toEqual(['o', 'e']);
    expect(ids(chooseRuns([run('x', 'optimal', 'running'), ...runs.slice(0, 1)], {}))).toEqual(['e', null]);
    const whatIf = run('what-if', 'optimal', 'done', 'Peak, changed');
    expect(ids(chooseRuns([whatIf, run('e', 'fcfs-exact'), run('n', 'nearest')], {}))).toEqual(['e', 'n']);
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
