// Decides which limits hold where only some are named.
import { DEFAULT_LIMITS, type Limits } from '@sourcewright/engine';

type Named = { readonly [K in keyof Limits]?: Limits[K] | undefined };

export function completeLimits(named: Named = {}): Limits {
  return {
    orderWork: named.orderWork ?? DEFAULT_LIMITS.orderWork,
    waveWork: named.waveWork ?? DEFAULT_LIMITS.waveWork,
    shipDaysPerNode: named.shipDaysPerNode ?? DEFAULT_LIMITS.shipDaysPerNode,
    maxOrders: named.maxOrders ?? DEFAULT_LIMITS.maxOrders,
    seed: named.seed ?? DEFAULT_LIMITS.seed,
  };
}
