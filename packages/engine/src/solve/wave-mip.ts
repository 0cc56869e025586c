// Decides how a wave is said as one compact mixed-integer program that any solver understands: lines to sources, sources opened.
// Says it exactly or not at all; leaves solving it and writing it down to others.
import { createEnumerator } from '../candidates/enumerate.ts';
import { waveNetwork } from '../candidates/wave-rules.ts';
import { createPricer } from '../costs/price.ts';
import { type Issue, shown } from '../base/issue.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { dateOf } from '../base/time.ts';
import { Ledger } from '../inventory/ledger.ts';
import type { Limits } from '../model/limits.ts';
import type { Network } from '../model/network.ts';
import type { Policy } from '../model/policy.ts';
import type { Wave } from '../model/wave.ts';
import { compilePolicy } from '../rules/compile-policy.ts';
import { MipDraft, type MipEntry, type MipModel } from './mip-model.ts';
import type { OrderProblem } from './order/order-problem.ts';
import { type OrderView, viewOrder } from './order-view.ts';
import { SharedRows } from './shared-rows.ts';
import { type Crooked, type StraightTariff, straightTariff } from './straight-tariff.ts';

/**
 * The exact compact program of a parsed wave under a parsed policy; names read `kind|order|line|node|day|rate card`.
 *
 * | column | is 1 when |
 * | --- | --- |
 * | `x` | the line comes whole from the node on the day by the rate card |
 * | `y` | that shipment is made; `n` counts its parcels where they depend on its weight |
 * | `u` | the line stays unsourced |
 * | `z` | the order ships anything, which gives one split penalty back |
 * | `r` | the order leaves something of worth, which then is worth a part |
 *
 * `c` counts shipments or units of a node and day, `o` units of a stock row, that fall into a step of a rising cost.
 *
 * Its optimum is the wave's, but for less than a micro a parcel, as tariffs round each parcel. Fails with issues where the
 * policy's rules do not compile, where a line might be split over nodes, and where weight bands or minimum charges bend the
 * price of a shipment.
 */
export async function waveMip(wave: Wave, policy: Policy, limits: Limits): Promise<Result<MipModel, Issue[]>> {
  const compiled = compilePolicy(policy, '/policy');
  if (!compiled.ok) return compiled;
  const network = waveNetwork(wave.snapshot, policy, compiled.value.book);
  const enumerator = createEnumerator(network, policy, compiled.value.book, limits, { refusals: false });
  const pricer = createPricer(network, policy);
  const ledger = new Ledger(network);
  const shared = new SharedRows(network, ledger);
  // Another order may take what a node has on its first days; its later days count where they are not the same to all.
  const restless = nodesThatChange(network);
  const builder = new WaveMipDraft(network, shared);
  for (const order of wave.orders) {
    const candidates = await enumerator.candidatesOf(order);
    builder.add(viewOrder(candidates, ledger, pricer, policy, (node) => restless.has(node)));
  }
  return builder.finish();
}

/** Nodes whose days differ: they have a capacity, or goods to come. */
function nodesThatChange(network: Network): ReadonlySet<number> {
  const found = new Set(network.rows.filter((row) => row.receipts.length > 0).map((row) => row.node));
  for (const [node, { capacity }] of network.nodes.entries()) if (capacity) found.add(node);
  return found;
}

/** One service of a source, for the lines that the source has. */
interface Sending {
  readonly source: number;
  readonly lines: readonly number[];
  readonly name: readonly string[];
  /** Tariff and what else a shipment costs. */
  readonly price: StraightTariff;
}

/** A line in a sending. */
interface Held {
  readonly column: number;
  readonly line: number;
  readonly kilograms: number;
}

class WaveMipDraft {
  readonly #draft = new MipDraft();
  readonly #network: Network;
  readonly #shared: SharedRows;
  readonly #obstacles = new Map<string, { readonly first: string; count: number }>();

  constructor(network: Network, shared: SharedRows) {
    this.#network = network;
    this.#shared = shared;
  }

  add(view: OrderView): void {
    const { problem, candidates } = view;
    const id = candidates.order.orderId;
    if (problem.splitQuantity && problem.demands.some(({ quantity }) => quantity > 1)) this.#obstacle('split', id);
    const sendings = this.#sendingsOf(view);
    const opened = sendings.map((sending) => this.#addShipment(view, sending));
    this.#addServiceLimits(id, sendings, opened);
    this.#addLines(view, sendings, opened);
    this.#addOrderLimits(id, problem, opened);
  }

  finish(): Result<MipModel, Issue[]> {
    if (this.#obstacles.size > 0) {
      return fail(
        [...this.#obstacles].map(([what, { first, count }]) => obstacleIssue(what as Obstacle, first, count)),
      );
    }
    this.#shared.addTo(this.#draft);
    return succeed(this.#draft.finish());
  }

  #obstacle(what: Obstacle, orderId: string): void {
    const known = this.#obstacles.get(what);
    if (known) known.count++;
    else this.#obstacles.set(what, { first: orderId, count: 1 });
  }

  #sendingsOf(view: OrderView): Sending[] {
    const { problem, refs, candidates } = view;
    const bent = new Set<Crooked>();
    const sendings = problem.sources.flatMap((source, position): Sending[] => {
      const lines = [...problem.demands.keys()].filter((line) => canTake(problem, position, line));
      if (lines.length === 0) return [];
      const weights = lines.map((line) => problem.demands[line]!.weightMilligrams);
      const heaviest = weights.reduce((sum, weight) => sum + weight, 0);
      const { candidate, shipDay } = refs[position]!;
      const { nodeId } = this.#network.nodes[candidate.node]!;
      const priced = source.options.flatMap(({ fixedMicros, tariff }, option): Sending[] => {
        const price = straightTariff(tariff, Math.min(...weights), heaviest);
        if (typeof price === 'string') bent.add(price);
        if (typeof price === 'string') return [];
        const card = shipDay.services[option]!.service.card.rateCardId;
        const name = [candidates.order.orderId, nodeId, dateOf(shipDay.day), card];
        // What the shipment adds for the work of its node is charged by the steps of the node and day.
        const atOnce = fixedMicros - refs[position]!.nextShipmentMicros + price.fixedMicros;
        return [{ source: position, lines, name, price: { ...price, fixedMicros: atOnce } }];
      });
      return priced.filter(
        (own, at) => !priced.some((other, before) => before !== at && beats(other, own, before < at)),
      );
    });
    for (const what of bent) this.#obstacle(what, candidates.order.orderId);
    return sendings;
  }

  /** Opening a shipment; what it holds comes with the lines. */
  #addShipment({ problem, refs }: OrderView, { source, name, price }: Sending): number {
    const { candidate, shipDay } = refs[source]!;
    const opened = this.#draft.column(['y', ...name], price.fixedMicros + problem.splitMicros, 1, true);
    this.#shared.useShipment(candidate.node, shipDay.day, opened);
    return opened;
  }

  #addServiceLimits(orderId: string, sendings: readonly Sending[], opened: readonly number[]): void {
    for (const source of new Set(sendings.map((sending) => sending.source))) {
      const own = opened.filter((_, at) => sendings[at]!.source === source);
      if (own.length < 2) continue;
      const [, nodeId, date] = sendings.find((sending) => sending.source === source)!.name;
      this.#draft.row(['service', orderId, nodeId!, date!], '<=', 1, own.map(one));
    }
  }

  #addLines({ problem, refs, candidates }: OrderView, sendings: readonly Sending[], opened: readonly number[]): void {
    const id = candidates.order.orderId;
    const held = sendings.map((): Held[] => []);
    const missing: number[] = [];
    for (const [line, demand] of problem.demands.entries()) {
      const lineName = candidates.demands[line]!.lines.map(({ lineId }) => lineId).join('+');
      const kilograms = demand.weightMilligrams / 1e6;
      const unsourced = this.#draft.column(['u', id, lineName], demand.unsourcedUnitMicros * demand.quantity, 1, false);
      missing.push(unsourced);
      const ways: MipEntry[] = [one(unsourced)];
      for (const [at, { source, lines, name, price }] of sendings.entries()) {
        if (!lines.includes(line)) continue;
        const { lineMicros, unitMicros } = problem.sources[source]!;
        const micros = lineMicros[line]! + unitMicros[line]! * demand.quantity + price.perKgMicros * kilograms;
        const [, ...place] = name;
        const column = this.#draft.column(['x', id, lineName, ...place], micros, 1, true);
        ways.push(one(column));
        held[at]!.push({ column, line, kilograms });
        const link = [one(column), { column: opened[at]!, value: -1 }];
        this.#draft.row(['open', id, lineName, ...place], '<=', 0, link);
        const { candidate, shipDay } = refs[source]!;
        this.#shared.useLine(candidate.rows[line]!, shipDay.day, {
          order: id,
          line,
          column,
          quantity: demand.quantity,
        });
      }
      this.#draft.row(['line', id, lineName], '=', 1, ways);
    }
    for (const [at, sending] of sendings.entries()) this.#addParcels(sending, opened[at]!, held[at]!);
    if (problem.shipComplete || !problem.partial) this.#addAllOrNothing(id, missing);
    this.#addGroups(id, problem, sendings, held);
    if (problem.minPartMicros) this.#addPartValues(id, problem, sendings, opened, held, missing);
  }

  /** What ships together comes by the same sending or not at all. */
  #addGroups(orderId: string, problem: OrderProblem, sendings: readonly Sending[], held: readonly Held[][]): void {
    for (const [at, { name }] of sendings.entries()) {
      const [, ...place] = name;
      for (const group of problem.together ?? []) {
        const columns = held[at]!.filter(({ line }) => group.includes(line)).map(({ column }) => column);
        for (const [next, column] of columns.slice(1).entries()) {
          const entries = [one(column), { column: columns[0]!, value: -1 }];
          this.#draft.row(['group', orderId, `${group[0]! + 1}.${next + 2}`, ...place], '=', 0, entries);
        }
      }
    }
  }

  /** Every part is worth the minimum, or there is only one. Values are in minima. */
  #addPartValues(
    orderId: string,
    { demands, minPartMicros }: OrderProblem,
    sendings: readonly Sending[],
    opened: readonly number[],
    held: readonly Held[][],
    missing: readonly number[],
  ): void {
    const worth = demands.map(({ valueMicros = 0 }) => valueMicros / minPartMicros!);
    const valued = [...demands.keys()].filter((line) => worth[line]! > 0);
    if (demands.reduce((sum, { valueMicros = 0 }) => sum + valueMicros, 0) < minPartMicros!) {
      for (const [at, line] of valued.slice(1).entries()) {
        const same = [one(missing[line]!), { column: missing[valued[0]!]!, value: -1 }];
        this.#draft.row(['part', orderId, String(at + 2)], '=', 0, same);
      }
      const left = valued.length > 0 ? [one(missing[valued[0]!]!)] : [];
      this.#draft.row(['part', orderId], '<=', 1, [...opened.map(one), ...left]);
      return;
    }
    for (const [at, { name }] of sendings.entries()) {
      const goods = held[at]!.map(({ column, line }) => ({ column, value: worth[line]! }));
      this.#draft.row(['part', ...name], '>=', 0, [...goods, { column: opened[at]!, value: -1 }]);
    }
    const leaves = this.#draft.column(['r', orderId], 0, 1, true);
    const rest = valued.map((line) => ({ column: missing[line]!, value: worth[line]! }));
    this.#draft.row(['part', orderId], '>=', 0, [...rest, { column: leaves, value: -1 }]);
    for (const line of valued) {
      const entries = [one(missing[line]!), { column: leaves, value: -1 }];
      this.#draft.row(['left', orderId, String(line + 1)], '<=', 0, entries);
    }
  }

  #addParcels({ name, price }: Sending, opened: number, held: readonly Held[]): void {
    if (price.parcelMicros === 0) return;
    const each = price.parcelMilligrams / 1e6;
    const kilograms = held.reduce((sum, line) => sum + line.kilograms, 0);
    const most = Math.max(1, Math.ceil((kilograms * 1e6) / price.parcelMilligrams));
    const parcels = this.#draft.column(['n', ...name], price.parcelMicros, most, true);
    const weight = held.map(({ column, kilograms: value }) => ({ column, value }));
    this.#draft.row(['weight', ...name], '<=', 0, [...weight, { column: parcels, value: -each }]);
    this.#draft.row(['parcel', ...name], '<=', 0, [one(opened), { column: parcels, value: -1 }]);
  }

  #addAllOrNothing(orderId: string, missing: readonly number[]): void {
    const [first, ...rest] = missing;
    for (const [at, column] of rest.entries()) {
      this.#draft.row(['together', orderId, String(at + 2)], '=', 0, [one(column), { column: first!, value: -1 }]);
    }
  }

  #addOrderLimits(orderId: string, problem: OrderProblem, opened: readonly number[]): void {
    if (opened.length > problem.maxShipments) {
      this.#draft.row(['most', orderId], '<=', problem.maxShipments, opened.map(one));
    }
    if (problem.splitMicros === 0 || opened.length === 0) return;
    const ships = this.#draft.column(['z', orderId], -problem.splitMicros, 1, false);
    const needs = opened.map((column) => ({ column, value: -1 }));
    this.#draft.row(['first', orderId], '<=', 0, [one(ships), ...needs]);
  }
}

function one(column: number): MipEntry {
  return { column, value: 1 };
}

/** Whether a source has a line and all that ships together with it. */
function canTake({ demands, sources, together }: OrderProblem, source: number, line: number): boolean {
  const group = together?.find((lines) => lines.includes(line)) ?? [line];
  const { available, unitsLeft } = sources[source]!;
  const units = group.reduce((sum, own) => sum + demands[own]!.quantity, 0);
  return units <= unitsLeft && group.every((own) => available[own]! >= demands[own]!.quantity);
}

/** Whether one service is never dearer than another of the same source; of equals the earlier stays. */
function beats({ price }: Sending, { price: than }: Sending, earlier: boolean): boolean {
  const differences = [
    than.fixedMicros - price.fixedMicros,
    than.perKgMicros - price.perKgMicros,
    than.parcelMicros - price.parcelMicros,
    price.parcelMilligrams === than.parcelMilligrams ? 0 : price.parcelMilligrams - than.parcelMilligrams,
  ];
  return differences.every((difference) => difference >= 0) && (earlier || differences.some((by) => by > 0));
}

type Obstacle = Crooked | 'split';

function obstacleIssue(what: Obstacle, first: string, count: number): Issue {
  const orders = `Order ${shown(first)}${count > 1 ? ` and ${count - 1} more` : ''}`;
  if (what === 'split') {
    const message = `${orders} may get a line from several nodes, which the compact program cannot say. Set splitQuantity to "never".`;
    return { code: 'unsupported', path: '/policy/allow/splitQuantity', message };
  }
  const why = what === 'weight-bands' ? 'fall into several weight bands' : 'fall on both sides of a minimum charge';
  const message = `${orders} can go in shipments that ${why}, which the compact program cannot say. Use a rate card with one band and no minimum.`;
  return { code: 'unsupported', path: '/snapshot/rateCards', message };
}
