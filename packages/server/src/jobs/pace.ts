// Decides when it is worth the time to build and tell a plan on the way: at first, then at growing intervals,
// and once more just before the deadline.

export interface Pace {
  due(): boolean;
  /** Does the work and remembers how long it took. */
  spend<T>(work: () => Promise<T>): Promise<T>;
}

/** At most this share of the time goes into plans on the way. */
const SHARE = 0.2;
const GROWTH = 0.25;
/** Times the last one took: how long before the deadline the last one is begun. */
const MARGIN = 2;
const LEAST_MS = 50;

/** `now` and `deadline` in ms of one clock. */
export function createPace(now: () => number, deadline: number): Pace {
  const began = now();
  let endedAt: number | undefined;
  let tookMs = 0;
  let last = false;
  const isLast = (): boolean => !last && deadline - now() < MARGIN * tookMs + LEAST_MS && deadline - now() > tookMs;
  return {
    due: () => {
      if (endedAt === undefined) return true;
      const since = now() - endedAt;
      return (since > tookMs / SHARE && since > GROWTH * (endedAt - began)) || isLast();
    },
    spend: async (work) => {
      const from = now();
      last = endedAt !== undefined && isLast();
      const value = await work();
      endedAt = now();
      tookMs = endedAt - from;
      return value;
    },
  };
}
