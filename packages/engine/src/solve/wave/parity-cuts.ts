// Decides what a parity cut says. Half of the sum of some limits, both sides rounded down, holds for every plan in whole units
// ({0, 1/2} Chvátal–Gomory cuts): where the limits sum to an odd number it cuts off plans in halves.
import type { PlanPool } from './plan-pool.ts';
import type { WaveModel } from './wave-model.ts';

export interface ParityCut {
  /** Resources with a price, ascending. */
  readonly resources: readonly number[];
  /** Orders whose one plan counts as one, ascending. */
  readonly orders: readonly number[];
  /** Σ over orders of ⌊(what its plan uses of the resources + 1 if it is among the orders) ÷ 2⌋ is at most this. */
  readonly most: number;
}

export function parityCut(model: WaveModel, resources: readonly number[], orders: readonly number[]): ParityCut {
  let sum = orders.length;
  for (const resource of resources) sum += model.supply[resource]!;
  return {
    resources: [...resources].sort((a, b) => a - b),
    orders: [...orders].sort((a, b) => a - b),
    most: Math.floor(sum / 2),
  };
}

/** All cuts, and what a plan counts in each. Cuts are never taken back, so that their numbers stay. */
export class CutBook {
  readonly cuts: ParityCut[] = [];
  /** By order: cuts that a plan of it can count in, ascending. */
  readonly ofOrder: readonly number[][];
  /** By resource: cuts over it. */
  readonly ofResource: readonly number[][];
  readonly #model: WaveModel;
  readonly #readers: readonly Int32Array[];
  readonly #known = new Set<string>();
  readonly #sum: number[] = [];
  readonly #touched: number[] = [];

  constructor(model: WaveModel, readers: readonly Int32Array[]) {
    this.#model = model;
    this.#readers = readers;
    this.ofOrder = model.views.map(() => []);
    this.ofResource = model.resources.map(() => []);
  }

  /** False where the cut is there already. */
  add(cut: ParityCut): boolean {
    const key = `${cut.resources.join(' ')}|${cut.orders.join(' ')}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    const position = this.cuts.push(cut) - 1;
    this.#sum.push(0);
    for (const resource of cut.resources) this.ofResource[resource]!.push(position);
    for (const order of this.#countingOrders(cut)) this.ofOrder[order]!.push(position);
    return true;
  }

  /** Calls back with each cut that the plan counts in. Only plans of tabled orders count. */
  count(
    order: number,
    resources: ArrayLike<number>,
    units: ArrayLike<number>,
    from: number,
    to: number,
    visit: (cut: number, times: number) => void,
  ): void {
    if (this.ofOrder[order]!.length === 0) return;
    const sum = this.#sum;
    const touched = this.#touched;
    touched.length = 0;
    for (let at = from; at < to; at++) {
      for (const cut of this.ofResource[resources[at]!]!) {
        if (sum[cut] === 0) touched.push(cut);
        sum[cut]! += units[at]!;
      }
    }
    for (const cut of touched) {
      const own = this.cuts[cut]!.orders.includes(order) ? 1 : 0;
      const times = Math.floor((sum[cut]! + own) / 2);
      sum[cut] = 0;
      if (times > 0) visit(cut, times);
    }
  }

  countPlan(pool: PlanPool, plan: number, visit: (cut: number, times: number) => void): void {
    this.count(pool.order[plan]!, pool.resource, pool.units, pool.useStart[plan]!, pool.useStart[plan + 1]!, visit);
  }

  /** Orders that can reach two in all; a few too many do no harm. */
  #countingOrders({ resources, orders }: ParityCut): number[] {
    const reached = new Map<number, number>();
    for (const order of orders) reached.set(order, 1);
    for (const resource of resources) {
      for (const order of this.#readers[resource]!) {
        if (this.#model.tabled[order] === 0) continue;
        reached.set(order, (reached.get(order) ?? 0) + this.#mostUnits(order, resource));
      }
    }
    return [...reached].filter(([, most]) => most >= 2).map(([order]) => order);
  }

  /** What one plan of the order can use of the resource. */
  #mostUnits(order: number, resource: number): number {
    const { lineStart, lineUnits, resources } = this.#model;
    const lines = lineUnits.subarray(lineStart[order]!, lineStart[order + 1]!);
    if (resources[resource]!.kind === 'units') return lines.reduce((sum, units) => sum + units, 0);
    return Math.max(...lines);
  }
}
