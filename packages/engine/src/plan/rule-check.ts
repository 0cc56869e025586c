// Decides whether a plan keeps the policy's rules: each asked one comparison after the other, of what the plan did.
// Shares the meaning of rules and facts with the rest, not the way in which waves ask them.
import { invariant } from '../base/invariant.ts';
import { dayNumber, localTime } from '../base/time.ts';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Order, OrderLine } from '../model/order.ts';
import type { OrderPlan, Shipment } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { MAX_PARCELS } from '../model/rate-card.ts';
import type { StockLevel } from '../model/stock-level.ts';
import type { Wave } from '../model/wave.ts';
import { type CompiledRule, compileRules } from '../rules/compile.ts';
import { EFFECTS_BY_TYPE, type EffectScope } from '../rules/effects.ts';
import type { LaneView, NodeView, OrderView, ScopeViews, StockView } from '../rules/facts/fact.ts';
import { factReader } from '../rules/fact-reader.ts';
import { holds, type ReadFact } from '../rules/interpret.ts';
import { type OrderTerms, orderTerms } from '../rules/order-terms.ts';
import { chargedBands, chargedMilligrams, fittingZone, packedCard } from './verify-freight.ts';
import { waitingDays } from './verify-labour.ts';
import type { CheckedWay } from './verify-way.ts';

type Report = (sentence: string) => void;

export class RuleCheck {
  readonly #wave: Wave;
  readonly #policy: Policy;
  readonly #rules: readonly CompiledRule[];
  readonly #nodes: ReadonlyMap<string, NodeView>;
  readonly #items: ReadonlyMap<string, Item>;
  readonly #levels: ReadonlyMap<string, StockLevel>;
  readonly #wayOf: (node: Node, order: Order) => CheckedWay;
  readonly #dueNow: ReadonlyMap<string, number>;
  readonly #time: ScopeViews['time'];

  constructor(wave: Wave, policy: Policy, wayOf: (node: Node, order: Order) => CheckedWay) {
    const { snapshot } = wave;
    const compiled = compileRules(policy.rules ?? [], '', policy.conditions);
    const cards = new Map(snapshot.rateCards.map((card) => [card.rateCardId, card]));
    const calendars = new Map(snapshot.calendars.map((calendar) => [calendar.calendarId, calendar]));
    const asOfMs = Date.parse(snapshot.asOf);
    this.#wave = wave;
    this.#policy = policy;
    invariant(compiled.ok, 'A plan exists, so its policy compiles.');
    this.#rules = compiled.value;
    this.#time = { now: localTime(asOfMs, snapshot.timeZone) };
    this.#items = new Map(snapshot.items.map((item) => [item.sku, item]));
    this.#levels = new Map(snapshot.stock.map((level) => [`${level.sku}\n${level.nodeId}`, level]));
    this.#nodes = new Map(
      snapshot.nodes.map((node) => {
        const calendar = calendars.get(node.calendarId)!;
        const rateCards = node.rateCardIds.map((id) => cards.get(id)!);
        const worked = node.backlog ? { ...node, backlogDays: waitingDays(node) } : node;
        return [node.nodeId, { node: worked, calendar, rateCards, now: localTime(asOfMs, calendar.timeZone) }];
      }),
    );
    this.#wayOf = wayOf;
    const due = new Map<string, number>();
    for (const { sku, nodeId, dueOn, quantity } of snapshot.receipts ?? []) {
      const key = `${sku}\n${nodeId}`;
      if (dayNumber(dueOn) <= this.#time.now.day) due.set(key, (due.get(key) ?? 0) + quantity);
    }
    this.#dueNow = due;
  }

  /** What the rules on orders ask of an order. */
  termsOf(order: Order): OrderTerms {
    const view = this.#orderView(order);
    const holding = this.#holding('order', factReader({ time: this.#time, order: view }));
    const minPart = this.#policy.allow.minPartValueMicros ?? 0;
    return orderTerms(order, () => view.placed.day, this.#rules, holding, minPart);
  }

  /** Units that sourcing leaves of a sku at a node. */
  bufferOf(sku: string, nodeId: string): number {
    const level = this.#levels.get(`${sku}\n${nodeId}`);
    let most = level?.sourcingBuffer ?? 0;
    const stock = this.#stockView(sku, nodeId, most);
    const read = factReader({
      time: this.#time,
      item: { sku, item: this.#items.get(sku) },
      node: this.#nodes.get(nodeId)!,
      stock,
    });
    for (const rule of this.#holding('stock', read)) {
      const { effect } = this.#rules[rule]!;
      if (effect.type !== 'sourcing-buffer') continue;
      const { units = 0, coverDays = 0 } = effect.params;
      most = Math.max(most, units, Math.ceil(coverDays * (level?.demandPerDay ?? 0)));
    }
    return most;
  }

  /** The node's limits a day, in whole shipments and units. */
  capacityOf(node: Node): Node['capacity'] {
    const read = factReader({ time: this.#time, node: this.#nodes.get(node.nodeId)! });
    const shares = this.#holding('node', read).map((rule) => {
      const { effect } = this.#rules[rule]!;
      return effect.type === 'capacity-cap' ? effect.params.percent : 100;
    });
    const percent = Math.min(100, ...shares);
    const { capacity } = node;
    if (percent === 100 || capacity === undefined) return capacity;
    const cut = (limit: number | undefined): number => Math.floor(((limit ?? Infinity) * percent) / 100);
    return { ...capacity, shipmentsPerDay: cut(capacity.shipmentsPerDay), unitsPerDay: cut(capacity.unitsPerDay) };
  }

  /** Charges by shipment; a rule that refuses what was shipped is reported. */
  penaltiesOf(order: Order, plan: OrderPlan, report: Report): Map<string, number> {
    const penalties = new Map<string, number>();
    if (this.#rules.length === 0) return penalties;
    const view = this.#orderView(order);
    for (const shipment of plan.shipments) {
      const laneOf = (): LaneView => this.#laneView(this.#nodes.get(shipment.nodeId)!, order);
      let total = 0;
      for (const sku of new Set(shipment.lines.map((line) => line.sku))) {
        const item = this.#items.get(sku);
        const stock = this.#stockView(sku, shipment.nodeId, this.bufferOf(sku, shipment.nodeId));
        let dearest = 0;
        for (const line of order.lines.filter((candidate) => candidate.sku === sku)) {
          const read = factReader({
            time: this.#time,
            order: view,
            line: { line, item },
            item: { sku, item },
            node: this.#nodes.get(shipment.nodeId)!,
            get lane() {
              return laneOf();
            },
            stock,
          });
          dearest = Math.max(dearest, this.#judge(line, read, shipment, report));
        }
        total += dearest;
      }
      penalties.set(shipment.shipmentId, total);
    }
    return penalties;
  }

  #judge(line: OrderLine, read: ReadFact, { shipmentId }: Shipment, report: Report): number {
    let micros = 0;
    for (const rule of this.#holding('candidate', read)) {
      const { name, effect } = this.#rules[rule]!;
      if (effect.type === 'exclude' || effect.type === 'require') {
        report(`${shipmentId}: ${line.sku} is shipped although rule "${name}" refuses it.`);
      } else if (effect.type === 'penalise' || effect.type === 'prefer') {
        const price = line.unitPriceMicros ?? this.#items.get(line.sku)?.priceMicros ?? 0;
        const share = Math.round((price * line.quantity * (effect.params.valuePercent ?? 0)) / 100);
        micros += effect.params.perLineMicros + share;
      }
    }
    return micros;
  }

  /** Rules of a scope whose conditions hold and, where they name nodes, of which the node is none. */
  #holding(scope: EffectScope, read: ReadFact): number[] {
    return this.#rules.flatMap(({ effect, when, nodes }, rule) => {
      const asked = EFFECTS_BY_TYPE.get(effect.type)!.scope === scope;
      return asked && holds(when, read) && !(nodes && holds(nodes, read)) ? [rule] : [];
    });
  }

  #orderView(order: Order): OrderView {
    const { asOf, timeZone } = this.#wave.snapshot;
    const placed = localTime(Date.parse(order.placedAt), timeZone);
    return { order, placed, items: this.#items, asOfMs: Date.parse(asOf) };
  }

  #stockView(sku: string, nodeId: string, buffer: number): StockView {
    const key = `${sku}\n${nodeId}`;
    const level = this.#levels.get(key);
    const free = level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) : 0;
    const due = this.#dueNow.get(key) ?? 0;
    return {
      level,
      sourceable: Math.max(0, free - buffer + due),
      availableToPromise: Math.max(0, free - (level?.sellingBuffer ?? 0) + due),
    };
  }

  #laneView({ node, rateCards }: NodeView, order: Order): LaneView {
    const { kind, place, km: distanceKm, lane } = this.#wayOf(node, order);
    const orderMilligrams = this.#milligrams(order);
    const services = rateCards
      .filter((card) => kind === (card.kind ?? 'delivery'))
      .filter((card) => !order.services || order.services.includes(card.service))
      .map((card) => packedCard(card, node, this.#wave.snapshot))
      .flatMap((card) => {
        const listed = fittingZone(card, place, distanceKm);
        if (!listed) return [];
        const zone = { ...listed, bands: chargedBands(card, listed, place) };
        const most = Math.max(...zone.bands.map((band) => band.uptoGrams ?? Infinity));
        const parcel = Math.round(Math.min(most, card.maxParcelGrams ?? Infinity) * 1000);
        if (parcel * MAX_PARCELS < orderMilligrams) return [];
        return [{ card, zone, transitDays: zone.transitDays + (lane?.extraTransitDays ?? 0) }];
      });
    return { distanceKm, services, orderMilligrams };
  }

  #milligrams(order: Order): number {
    const bySku = Map.groupBy(order.lines, (line) => line.sku);
    return [...bySku].reduce(
      (sum, [sku, lines]) => sum + chargedMilligrams(lines, this.#items.get(sku), this.#wave.snapshot).charged,
      0,
    );
  }
}
