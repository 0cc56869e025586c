// Decides how the plans that the master knows are held: per plan its order, cost, shipments and what it uses; no plan twice.
import type { PricedPlan } from '../order/priced-plan.ts';
import { planKey } from './plan-memory.ts';
import { PlanUses, type TableParts } from './plan-uses.ts';
import type { WaveModel } from './wave-model.ts';

export class PlanPool {
  /** By plan. */
  readonly order: number[] = [];
  readonly micros: number[] = [];
  /** Shipments of plan p stand from `partStart[p]` up to `partStart[p + 1]`; its uses likewise. */
  readonly partStart: number[] = [0];
  readonly source: number[] = [];
  readonly mask: number[] = [];
  readonly useStart: number[] = [0];
  readonly resource: number[] = [];
  readonly units: number[] = [];
  /** By plan: of an order without tables its shipments, else null. */
  readonly large: (PricedPlan | null)[] = [];
  readonly #uses: PlanUses;
  readonly #known: Map<string, number>[];

  constructor(model: WaveModel) {
    this.#uses = new PlanUses(model);
    this.#known = model.views.map(() => new Map());
  }

  get size(): number {
    return this.order.length;
  }

  /** The plan's number, whether it is new or not. `first` is where its shipments begin. */
  add(order: number, micros: number, parts: TableParts, first = 0): number {
    const key = keyOf(parts, first);
    const known = this.#known[order]!;
    const before = known.get(key);
    if (before !== undefined) return before;
    const plan = this.size;
    known.set(key, plan);
    this.order.push(order);
    this.micros.push(micros);
    this.large.push(null);
    for (let part = first; part < first + parts.parts; part++) {
      this.source.push(parts.source[part]!);
      this.mask.push(parts.mask[part]!);
    }
    this.partStart.push(this.source.length);
    this.#uses.read(order, parts, first);
    for (const resource of this.#uses.resource) this.resource.push(resource);
    for (const units of this.#uses.units) this.units.push(units);
    this.useStart.push(this.resource.length);
    return plan;
  }

  /** Takes in a plan of an order without tables; answers with its number. */
  addLarge(order: number, plan: PricedPlan): number {
    const key = planKey(plan);
    const before = this.#known[order]!.get(key);
    if (before !== undefined) return before;
    const number = this.size;
    this.#known[order]!.set(key, number);
    this.order.push(order);
    this.micros.push(plan.costMicros);
    this.large.push(plan);
    this.partStart.push(this.source.length);
    this.#uses.readLarge(order, plan.shipments);
    for (const resource of this.#uses.resource) this.resource.push(resource);
    for (const units of this.#uses.units) this.units.push(units);
    this.useStart.push(this.resource.length);
    return number;
  }

  has(order: number, parts: TableParts, first = 0): boolean {
    return this.#known[order]!.has(keyOf(parts, first));
  }

  plansOf(order: number): Iterable<number> {
    return this.#known[order]!.values();
  }
}

/** A source is used once in a plan. */
function keyOf({ parts, source, mask }: TableParts, first: number): string {
  const pairs: number[] = [];
  for (let part = first; part < first + parts; part++) pairs.push(source[part]! * 64 + mask[part]!);
  return pairs.sort((a, b) => a - b).join(' ');
}
