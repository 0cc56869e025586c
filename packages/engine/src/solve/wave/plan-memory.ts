// Decides which plans of a large order are remembered for being combined with those of others: the last distinct ones.
import type { PricedPlan } from '../order/priced-plan.ts';

const MOST = 48;

export class PlanMemory {
  readonly #known = new Map<string, PricedPlan>();

  /** A plan met again counts as new; the oldest is forgotten. */
  remember(plan: PricedPlan): void {
    const key = planKey(plan);
    this.#known.delete(key);
    this.#known.set(key, plan);
    if (this.#known.size <= MOST) return;
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest);
      return;
    }
  }

  plans(): Iterable<PricedPlan> {
    return this.#known.values();
  }
}

/** Equal for plans that send the same units from the same sources. */
export function planKey({ shipments }: PricedPlan): string {
  let key = '';
  for (const { source, taken } of shipments) {
    key += `${source}:`;
    for (const { demand, quantity } of taken) key += `${demand}x${quantity},`;
  }
  return key;
}
