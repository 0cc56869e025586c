// Decides how a wave looks to the optimiser: orders as tables of ready-priced shipments, stock and capacity as numbered resources.
// Only what can bind is a resource; what everybody can have at once costs nothing and is not counted.
import { type CostSteps, NO_STEPS, stepsMicros } from '../../base/cost-steps.ts';
import type { Pricer } from '../../costs/price.ts';
import { tariffMicros } from '../../costs/tariff.ts';
import type { Ledger } from '../../inventory/ledger.ts';
import type { Network } from '../../model/network.ts';
import type { Policy } from '../../model/policy.ts';
import { type OrderView, viewOrder } from '../order-view.ts';
import type { WaveInput } from '../solver.ts';

/** Orders of up to this many lines, each whole or not at all, are solved from tables. */
export const MAX_TABLE_LINES = 6;
export const NO_RESOURCE = -1;

/** A limit that the wave can reach: units of a stock row by a day, shipments or units of a node on a day. */
export interface Resource {
  readonly kind: 'stock' | 'shipments' | 'units' | 'whole-lines';
  readonly node: number;
  /** Stock row, for stock. */
  readonly row: number;
  /** Ship day for capacity; for stock the last day before the next receipt. */
  readonly day: number;
  /** For whole-lines: lines of at least this quantity count once for each time it fits into them. */
  readonly quantity: number;
}

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
  const draft = new ModelDraft(views, index, input.policy, spread);
  for (const [order, view] of views.entries()) draft.add(order, view);
  return draft.finish();
}

interface ResourceIndex {
  readonly resources: Resource[];
  readonly supply: number[];
  readonly steps: (CostSteps | undefined)[];
  readonly next: number[];
  stockAt(row: number, day: number): number;
  shipmentsAt(node: number, day: number): number;
  unitsAt(node: number, day: number): number;
  /** The class of whole lines of `quantity` at a stock resource. */
  classAt(resource: number, quantity: number): number;
  /** By order: whether tables hold every plan of it. */
  readonly tabled: readonly boolean[];
  readonly classes: readonly (readonly { readonly resource: number; readonly count: number }[])[];
}

/** Counts what the wave could ask of every row and node day, and numbers those that could be asked for more than they have. */
function indexResources(views: readonly OrderView[], network: Network, ledger: Ledger, pricer: Pricer): ResourceIndex {
  const asked = askedOf(views);
  const index: ResourceIndex = {
    resources: [],
    supply: [],
    steps: [],
    next: [],
    stockAt: (row, day) => stockSteps.get(row)?.find((step) => day <= step.day)?.resource ?? NO_RESOURCE,
    shipmentsAt: (node, day) => shipments.get(`${node} ${day}`) ?? NO_RESOURCE,
    unitsAt: (node, day) => units.get(`${node} ${day}`) ?? NO_RESOURCE,
    classAt: (resource, quantity) => classAt.get(`${resource} ${quantity}`) ?? NO_RESOURCE,
    classes: [],
    tabled: [],
  };
  const add = (resource: Resource, supply: number, next: number, steps?: CostSteps): number => {
    index.resources.push(resource);
    index.supply.push(supply);
    index.steps.push(steps);
    index.next.push(next);
    return index.resources.length - 1;
  };
  const stockSteps = new Map<number, { day: number; resource: number }[]>();
  for (const [rowIndex, wanted] of asked.rows) {
    const row = network.rows[rowIndex]!;
    const days = [...new Set(row.receipts.map((receipt) => receipt.day))].sort((a, b) => a - b);
    const starts = [-Infinity, ...days];
    const rising = risingFor(wanted, pricer.risingSteps('stockOut', ledger.stockOutSteps(row)));
    if (!rising && wanted <= ledger.available(row, days[0] === undefined ? 0 : days[0] - 1)) continue;
    const steps: { day: number; resource: number }[] = [];
    let next = NO_RESOURCE;
    for (let step = starts.length - 1; step >= 0; step--) {
      const last = step === starts.length - 1 ? Infinity : starts[step + 1]! - 1;
      const at = last === Infinity ? (days.at(-1) ?? 0) : last;
      next = add(
        { kind: 'stock', node: row.node, row: rowIndex, day: at, quantity: 1 },
        ledger.available(row, at),
        next,
        next === NO_RESOURCE ? rising : undefined,
      );
      steps.unshift({ day: last, resource: next });
    }
    stockSteps.set(rowIndex, steps);
  }
  const shipments = new Map<string, number>();
  const units = new Map<string, number>();
  for (const [key, wanted] of asked.nodeDays) {
    const [node, day] = key.split(' ').map(Number) as [number, number];
    const most = { shipments: ledger.shipmentsLeft(node, day), units: ledger.unitsLeft(node, day) };
    const capacity = { node, row: -1, day, quantity: 1 };
    const ofShipments = risingFor(wanted.orders, pricer.risingSteps('capacity', ledger.shipmentSteps(node, day)));
    if (ofShipments || wanted.orders > most.shipments) {
      const supply = Math.min(most.shipments, wanted.orders);
      shipments.set(key, add({ kind: 'shipments', ...capacity }, supply, NO_RESOURCE, ofShipments));
    }
    const ofUnits = risingFor(wanted.units, pricer.risingSteps('capacity', ledger.unitSteps(node, day)));
    if (ofUnits || wanted.units > most.units) {
      const supply = Math.min(most.units, wanted.units);
      units.set(key, add({ kind: 'units', ...capacity }, supply, NO_RESOURCE, ofUnits));
    }
  }
  (index.tabled as boolean[]).push(...views.map((view) => fitsTables(view, index)));
  const tabled = views.filter((_, order) => index.tabled[order]);
  const classAt = addClasses(index, wholeQuantities(tabled), add);
  return index;
}

/** Steps that so many units can reach a charge of. */
function risingFor(wanted: number, steps: CostSteps): CostSteps | undefined {
  return stepsMicros(steps, wanted) > 0 ? steps : undefined;
}

/**
 * Quantity-class cuts (Chvátal–Gomory on one stock row): where lines come whole, ⌊stock ÷ q⌋ bounds how often q fits into
 * them. Only where q does not divide the stock does that say more than the row itself. Rows with receipts have none.
 */
function addClasses(
  index: ResourceIndex,
  quantities: ReadonlyMap<number, ReadonlySet<number>>,
  add: (resource: Resource, supply: number, next: number) => number,
): Map<string, number> {
  const classAt = new Map<string, number>();
  const classes = index.classes as { resource: number; count: number }[][];
  const stocks = index.resources
    .map((resource, at) => ({ resource, at }))
    .filter(({ resource }) => resource.kind === 'stock');
  const chained = new Set(index.next);
  for (const { resource, at } of stocks) {
    if (index.next[at] !== NO_RESOURCE || chained.has(at)) continue;
    const supply = index.supply[at]!;
    const wanted = [...(quantities.get(resource.row) ?? [])]
      .filter((quantity) => quantity <= supply)
      .sort((a, b) => a - b);
    const cuts = wanted
      .filter((quantity) => quantity > 1 && supply % quantity !== 0)
      .map((quantity) => ({
        quantity,
        resource: add({ ...resource, kind: 'whole-lines', quantity }, Math.floor(supply / quantity), NO_RESOURCE),
      }));
    if (cuts.length === 0) continue;
    for (const quantity of wanted) {
      const own = cuts
        .filter((cut) => cut.quantity <= quantity)
        .map((cut) => ({ resource: cut.resource, count: Math.floor(quantity / cut.quantity) }));
      if (own.length === 0) continue;
      classAt.set(`${at} ${quantity}`, classes.length);
      classes.push(own);
    }
  }
  return classAt;
}

interface Asked {
  readonly rows: Map<number, number>;
  readonly nodeDays: Map<string, { orders: number; units: number }>;
}

function askedOf(views: readonly OrderView[]): Asked {
  const rows = new Map<number, number>();
  const nodeDays = new Map<string, { orders: number; units: number }>();
  for (const { candidates, problem, refs } of views) {
    const seen = new Set<number>();
    for (const [source, { candidate, shipDay }] of refs.entries()) {
      let units = 0;
      for (const [demand, { quantity }] of candidates.demands.entries()) {
        if (problem.sources[source]!.available[demand] === 0) continue;
        units += quantity;
        const { row } = candidate.rows[demand]!;
        if (seen.has(row)) continue;
        seen.add(row);
        rows.set(row, (rows.get(row) ?? 0) + quantity);
      }
      const key = `${candidate.node} ${shipDay.day}`;
      const day = nodeDays.get(key) ?? { orders: 0, units: 0 };
      nodeDays.set(key, { orders: day.orders + 1, units: day.units + units });
    }
  }
  return { rows, nodeDays };
}

/** By row: the quantities of whole lines that ask for it. */
function wholeQuantities(views: readonly OrderView[]): Map<number, Set<number>> {
  const quantities = new Map<number, Set<number>>();
  for (const { candidates, problem, refs } of views) {
    for (const [source, { candidate }] of refs.entries()) {
      for (const [demand, { quantity }] of candidates.demands.entries()) {
        if (problem.sources[source]!.available[demand] === 0) continue;
        const { row } = candidate.rows[demand]!;
        quantities.set(row, (quantities.get(row) ?? new Set()).add(quantity));
      }
    }
  }
  return quantities;
}

class ModelDraft {
  readonly #views: readonly OrderView[];
  readonly #index: ResourceIndex;
  readonly #splitMicros: number;
  readonly #priced: Uint8Array;
  readonly #tabled: Uint8Array;
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

  constructor(views: readonly OrderView[], index: ResourceIndex, policy: Policy, spread: (node: number) => boolean) {
    this.#views = views;
    this.#index = index;
    this.#splitMicros = policy.goals.splitMicros;
    const oneDay = policy.allow.maxShipDelayDays === 0;
    this.#priced = Uint8Array.from(index.resources, ({ kind, node }) => {
      return kind === 'stock' || kind === 'whole-lines' || oneDay || spread(node) ? 1 : 0;
    });
    this.#tabled = Uint8Array.from(index.tabled, (fits) => (fits ? 1 : 0));
  }

  add(order: number, view: OrderView): void {
    const { candidates, problem, refs } = view;
    const firstSource = this.#sourceStart.at(-1)!;
    for (const demand of problem.demands) {
      this.#lineUnits.push(demand.quantity);
      this.#linePenalty.push(demand.unsourcedUnitMicros * demand.quantity);
    }
    for (const { candidate, shipDay } of refs) {
      this.#shipmentResource.push(this.#index.shipmentsAt(candidate.node, shipDay.day));
      this.#unitResource.push(this.#index.unitsAt(candidate.node, shipDay.day));
      this.#lineResourceStart.push(this.#lineResource.length);
      for (const demand of candidates.demands.keys()) {
        const row = candidate.rows[demand];
        const resource = row ? this.#index.stockAt(row.row, shipDay.day) : NO_RESOURCE;
        this.#lineResource.push(resource);
        const whole = this.#tabled[order] === 1;
        this.#lineClass.push(whole ? this.#index.classAt(resource, candidates.demands[demand]!.quantity) : NO_RESOURCE);
      }
    }
    this.#sourceStart.push(firstSource + refs.length);
    this.#lineStart.push(this.#lineUnits.length);
    if (this.#tabled[order] === 1) this.#addTables(view, firstSource);
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
    return {
      views: this.#views,
      resources: this.#index.resources,
      supply: Float64Array.from(this.#index.supply),
      steps: this.#index.steps,
      priced: this.#priced,
      next: Int32Array.from(this.#index.next),
      tabled: this.#tabled,
      sourceStart: Int32Array.from(this.#sourceStart),
      lineStart: Int32Array.from(this.#lineStart),
      lineUnits: Float64Array.from(this.#lineUnits),
      linePenalty: Float64Array.from(this.#linePenalty),
      shipmentResource: Int32Array.from(this.#shipmentResource),
      unitResource: Int32Array.from(this.#unitResource),
      lineResourceStart: Int32Array.from(this.#lineResourceStart),
      lineResource: Int32Array.from(this.#lineResource),
      lineClass: Int32Array.from(this.#lineClass),
      classStart: Int32Array.from([0, ...running(this.#index.classes.map((cuts) => cuts.length))]),
      classResource: Int32Array.from(this.#index.classes.flatMap((cuts) => cuts.map((cut) => cut.resource))),
      classCount: Float64Array.from(this.#index.classes.flatMap((cuts) => cuts.map((cut) => cut.count))),
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
