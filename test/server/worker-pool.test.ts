// Threads that throw, die, hang or run out of memory: each is an outcome, and the next task finds a thread that works.
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Job, WorkerPool } from '../../packages/server/src/jobs/worker-pool.ts';

const workerUrl = new URL('./support/failing-worker.ts', import.meta.url);

function makePool(some: { size?: number; maxWaiting?: number; graceMs?: number } = {}): WorkerPool {
  const pool = new WorkerPool({
    size: 1,
    maxWaiting: 10,
    graceMs: 20,
    dataFile: 'unused',
    memoryMb: 64,
    workerUrl,
    ...some,
  });
  onTestFinished(() => pool.close());
  return pool;
}

const task = (path: string) => ({ kind: 'import-files', path, createdAt: '' }) as const;
const answered = { ok: true, value: { outcome: 'exists' } };

describe('a task whose thread', () => {
  it.each([
    ['throws', 'throw', 'secret: thrown'],
    ['ends', 'exit', 'The worker ended with code 7.'],
    ['meets an error nobody catches', 'uncaught', 'secret: uncaught'],
    ['needs more memory than it has', 'out-of-memory', expect.stringContaining('memory limit') as unknown as string],
  ])('%s is answered with the cause, and the next is done', async (_what, path, message) => {
    const pool = makePool();
    const outcome = await pool.submit(task(path)).outcome;
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'crashed', message } });
    expect(await pool.submit(task('answer')).outcome).toMatchObject(answered);
  });

  it('hangs is stopped when it is cancelled', async () => {
    const pool = makePool();
    const job = pool.submit(task('silence'));
    job.cancel();
    expect(await job.outcome).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await pool.submit(task('answer')).outcome).toMatchObject(answered);
  });

  it('hangs is given up at its deadline', async () => {
    const pool = makePool();
    const outcome = await pool.submit(task('silence'), { deadlineMs: 5 }).outcome;
    expect(outcome).toEqual({ ok: false, error: { kind: 'deadline' } });
    expect(await pool.submit(task('answer')).outcome).toMatchObject(answered);
  });
});

describe('a task that waits', () => {
  it('can be cancelled or run out of time without a thread', async () => {
    const pool = makePool({ graceMs: 60_000 });
    const first = pool.submit(task('silence'));
    const late = pool.submit(task('answer'), { deadlineMs: 5 });
    const cancelled = pool.submit(task('answer'));
    cancelled.cancel();
    expect(await cancelled.outcome).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await late.outcome).toEqual({ ok: false, error: { kind: 'deadline' } });
    await pool.close();
    expect(await first.outcome).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  it('is turned away when too many wait', async () => {
    const pool = makePool({ maxWaiting: 2 });
    const jobs = Array.from({ length: 4 }, () => pool.submit(task('silence')));
    expect(await jobs[3]!.outcome).toEqual({ ok: false, error: { kind: 'overloaded' } });
    await pool.close();
    for (const job of jobs.slice(0, 3)) {
      expect(await job.outcome).toEqual({ ok: false, error: { kind: 'closed' } });
    }
    expect(await pool.submit(task('answer')).outcome).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  it('is done in its turn, all of them', async () => {
    const pool = makePool({ maxWaiting: 100 });
    const order: number[] = [];
    const jobs: Job<'import-files'>[] = Array.from({ length: 30 }, () => pool.submit(task('answer')));
    await Promise.all(jobs.map((job, n) => job.outcome.then(() => order.push(n))));
    expect(order).toEqual(jobs.map((_, n) => n));
  });
});
