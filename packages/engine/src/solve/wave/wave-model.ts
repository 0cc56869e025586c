// Decides how a wave looks to the optimiser: orders as tables of ready-priced shipments, stock and capacity as numbered resources.
// Only what can bind is a resource; what everybody can have at once costs nothing and is not counted.
import { type CostSteps, NO_STEPS } from '../../base/cost-steps.ts';
import type { Pricer } from '../../costs/price.ts';
import { tariffMicros } from '../../costs/tariff.ts';
import type { Network } from '../../model/network.ts';
import type { Policy } from '../../model/policy.ts';
import { type OrderView, viewOrder } from '../order-view.ts';
import type { WaveInput } from '../solver.ts';
import { indexResources, NO_RESOURCE, type Resource, type ResourceIndex } from './resource-index.ts';
import { type WholeLineCuts, wholeLineCuts } from './whole-line-cuts.ts';

/** Orders of up to this many lines, each whole or not at all, are solved from tables. */
export const MAX_TABLE_LINES = 6;

/**
 * Everything in flat arrays. Sources are numbered through all orders; `line` positions are within an order.
 * A use of a stock resource counts at it and at each `next` after it: what ships early is also gone later.
 */
export interface WaveModel {
  readonly views: readonly OrderView[];
  readonly resources: readonly Resource[];
  readonly supply: Float64Array;
  /** By resource: what its use costs from the first unit on, where that rises. */
  readonly steps: readonly (CostSteps | undefined)[];
  /** 1 where the resource may have a price. Capacity of a node whose later days are not all shown has none: it could be dodged. */
  readonly priced: Uint8Array;
  readonly next: Int32Array;
  /** By order: 1 where tables hold all its plans. */
  readonly tabled: Uint8Array;
  /** By order: first source, first line, and lines; one past the last order ends the last. */
  readonly sourceStart: Int32Array;
  readonly lineStart: Int32Array;
  readonly lineUnits: Float64Array;
  readonly linePenalty: Float64Array;
  /** By source: resources of its node on its day; NO_RESOURCE where they cannot bind. */
  readonly shipmentResource: Int32Array;
  readonly unitResource: Int32Array;
  /** By source: where the stock resources of its order's lines begin in `lineResource`. */
  readonly lineResourceStart: Int32Array;
  readonly lineResource: Int32Array;
  /** As `lineResource`: the quantity class of a line at a row that has cuts, or NO_RESOURCE. */
  readonly lineClass: Int32Array;
  /** By class: its cuts in `classResource` with how often a line of the class counts; one past the last class ends the last. */
  readonly classStart: Int32Array;
  readonly classResource: Int32Array;
  readonly classCount: Float64Array;
  /** By order: where its masks begin; by mask: where its entries begin. Entries are by rising base cost. */
  readonly maskStart: Int32Array;
  readonly entryStart: Int32Array;
  readonly entrySource: Int32Array;
  readonly entryMicros: Float64Array;
  /** Charged for each shipment; the first of an order gets it back. */
  readonly splitMicros: number;
}

/** `spread` says of which nodes every ship day is shown, because they are full on some or wait for stock. */
export function compileWave(input: WaveInput, network: Network, spread: (node: number) => boolean): WaveModel {
  const ledger = input.createLedger();
  const flat: Pricer = { ...input.pricer, risingSteps: () => NO_STEPS };
  const views = input.orders.map((candidates) => viewOrder(candidates, ledger, flat, input.policy, spread));
  const index = indexResources(views, network, ledger, input.pricer);
  const tabled = views.map((view) => fitsTables(view, index));
  const cuts = wholeLineCuts(
    index,
    views.filter((_, order) => tabled[order]),
  );
  const draft = new ModelDraft({ views, index, cuts, tabled }, input.policy, spread);
  for (const [order, view] of views.entries()) draft.add(order, view);
  return draft.finish();
}

interface Parts {
  readonly views: readonly OrderView[];
  readonly index: ResourceIndex;
  readonly cuts: WholeLineCuts;
  /** By order: whether tables hold every plan of it. */
  readonly tabled: readonly boolean[];
}

class ModelDraft {
  readonly #parts: Parts;
  readonly #resources: readonly Resource[];
  readonly #splitMicros: number;
  readonly #priced: Uint8Array;
  readonly #sourceStart: number[] = [0];
  readonly #lineStart: number[] = [0];
  readonly #maskStart: number[] = [0];
  readonly #lineUnits: number[] = [];
  readonly #linePenalty: number[] = [];
  readonly #shipmentResource: number[] = [];
  readonly #unitResource: number[] = [];
  readonly #lineResourceStart: number[] = [];
  readonly #lineResource: number[] = [];
  readonly #lineClass: number[] = [];
  readonly #entryStart: number[] = [0];
  readonly #entrySource: number[] = [];
  readonly #entryMicros: number[] = [];

  constructor(parts: Parts, policy: Policy, spread: (node: number) => boolean) {
    this.#parts = parts;
    this.#resources = [...parts.index.resources, ...parts.cuts.resources];
    this.#splitMicros = policy.goals.splitMicros;
    const oneDay = policy.allow.maxShipDelayDays === 0;
    this.#priced = Uint8Array.from(this.#resources, ({ kind, node }) => {
      return kind === 'stock' || kind === 'whole-lines' || oneDay || spread(node) ? 1 : 0;
    });
  }

  add(order: number, view: OrderView): void {
    const { candidates, problem, refs } = view;
    const { index, cuts, tabled } = this.#parts;
    const firstSource = this.#sourceStart.at(-1)!;
    for (const demand of problem.demands) {
      this.#lineUnits.push(demand.quantity);
      this.#linePenalty.push(demand.unsourcedUnitMicros * demand.quantity);
    }
    for (const { candidate, shipDay } of refs) {
      this.#shipmentResource.push(index.shipmentsAt(candidate.node, shipDay.day));
      this.#unitResource.push(index.unitsAt(candidate.node, shipDay.day));
      this.#lineResourceStart.push(this.#lineResource.length);
      for (const demand of candidates.demands.keys()) {
        const row = candidate.rows[demand];
        const resource = row ? index.stockAt(row.row, shipDay.day) : NO_RESOURCE;
        this.#lineResource.push(resource);
        const whole = tabled[order];
        this.#lineClass.push(whole ? cuts.classAt(resource, candidates.demands[demand]!.quantity) : NO_RESOURCE);
      }
    }
    this.#sourceStart.push(firstSource + refs.length);
    this.#lineStart.push(this.#lineUnits.length);
    if (tabled[order]) this.#addTables(view, firstSource);
    this.#maskStart.push(this.#entryStart.length - 1);
  }

  /** For every set of lines: what each source charges for sending just those, cheapest first; what beats no penalty is left out. */
  #addTables({ problem }: OrderView, firstSource: number): void {
    const { demands, sources } = problem;
    const count = demands.length;
    for (let mask = 1; mask < 1 << count; mask++) {
      const found: { source: number; micros: number }[] = [];
      let penalty = problem.splitMicros;
      for (let line = 0; line < count; line++) {
        if ((mask >> line) & 1) penalty += demands[line]!.unsourcedUnitMicros * demands[line]!.quantity;
      }
      for (const source of sources.keys()) {
        const micros = shipmentOf(problem, source, mask);
        if (micros < penalty) found.push({ source: firstSource + source, micros });
      }
      found.sort((a, b) => a.micros - b.micros || a.source - b.source);
      for (const { source, micros } of found) {
        this.#entrySource.push(source);
        this.#entryMicros.push(micros);
      }
      this.#entryStart.push(this.#entrySource.length);
    }
  }

  finish(): WaveModel {
    const { views, index, cuts, tabled } = this.#parts;
    return {
      views,
      resources: this.#resources,
      supply: Float64Array.from([...index.supply, ...cuts.supply]),
      steps: [...index.steps, ...cuts.resources.map(() => undefined)],
      priced: this.#priced,
      next: Int32Array.from([...index.next, ...cuts.resources.map(() => NO_RESOURCE)]),
      tabled: Uint8Array.from(tabled, (fits) => (fits ? 1 : 0)),
      sourceStart: Int32Array.from(this.#sourceStart),
      lineStart: Int32Array.from(this.#lineStart),
      lineUnits: Float64Array.from(this.#lineUnits),
      linePenalty: Float64Array.from(this.#linePenalty),
      shipmentResource: Int32Array.from(this.#shipmentResource),
      unitResource: Int32Array.from(this.#unitResource),
      lineResourceStart: Int32Array.from(this.#lineResourceStart),
      lineResource: Int32Array.from(this.#lineResource),
      lineClass: Int32Array.from(this.#lineClass),
      classStart: Int32Array.from([0, ...running(cuts.classes.map((cuts) => cuts.length))]),
      classResource: Int32Array.from(cuts.classes.flatMap((cuts) => cuts.map((cut) => cut.resource))),
      classCount: Float64Array.from(cuts.classes.flatMap((cuts) => cuts.map((cut) => cut.count))),
      maskStart: Int32Array.from(this.#maskStart),
      entryStart: Int32Array.from(this.#entryStart),
      entrySource: Int32Array.from(this.#entrySource),
      entryMicros: Float64Array.from(this.#entryMicros),
      splitMicros: this.#splitMicros,
    };
  }
}

function running(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => (sum += count));
}

/** Whether tables hold every plan of the order: few lines, none ever in parts, no limit on the order as a whole. */
function fitsTables(view: OrderView, index: ResourceIndex): boolean {
  const { problem } = view;
  const { demands } = problem;
  if (demands.length > MAX_TABLE_LINES) return false;
  if (demands.length > 1 && (problem.shipComplete || !problem.partial)) return false;
  if (problem.maxShipments < demands.length || problem.together || problem.minPartMicros) return false;
  return (
    !problem.splitQuantity ||
    demands.every(({ quantity }, demand) => quantity === 1 || isAlwaysWhole(view, demand, index))
  );
}

/** Whether every source has the whole line whatever others take, so that nothing forces it to be split. */
function isAlwaysWhole({ candidates, problem, refs }: OrderView, demand: number, index: ResourceIndex): boolean {
  return refs.every(({ candidate, shipDay }, source) => {
    if (problem.sources[source]!.available[demand] === 0) return true;
    if (index.unitsAt(candidate.node, shipDay.day) !== NO_RESOURCE) return false;
    const { row } = candidate.rows[demand]!;
    return (
      index.stockAt(row, shipDay.day) === NO_RESOURCE &&
      problem.sources[source]!.unitsLeft >= candidates.demands[demand]!.quantity
    );
  });
}

/** Micros of one shipment with exactly the lines of the mask, its split penalty included; Infinity where it cannot be. */
function shipmentOf(problem: OrderView['problem'], source: number, mask: number): number {
  const { available, lineMicros, unitMicros, unitsLeft, options } = problem.sources[source]!;
  let weight = 0;
  let units = 0;
  let micros = problem.splitMicros;
  for (let line = 0; line < problem.demands.length; line++) {
    if (!((mask >> line) & 1)) continue;
    const { quantity, weightMilligrams } = problem.demands[line]!;
    if (available[line]! < quantity) return Infinity;
    weight += weightMilligrams;
    units += quantity;
    micros += lineMicros[line]! + unitMicros[line]! * quantity;
  }
  if (units > unitsLeft) return Infinity;
  let best = Infinity;
  for (const { fixedMicros, tariff } of options) best = Math.min(best, fixedMicros + tariffMicros(tariff, weight));
  return micros + best;
}
