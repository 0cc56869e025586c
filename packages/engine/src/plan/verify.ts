// Decides whether a plan may be believed: every limit and every amount is worked out anew from the wave and the policy.
// Shares no code with candidates, costs or solve: what they get wrong must show here. Only the rules' meaning is shared.
import { dateOf, dayNumber, isoWeekday, localTime } from '../base/time.ts';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import { COST_TERMS, type CostBreakdown, type OrderPlan, type Plan, type Shipment } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Wave } from '../model/wave.ts';
import type { OrderTerms } from '../rules/order-terms.ts';
import { RuleCheck } from './rule-check.ts';
import { carriage, chargedMilligrams, fittingZone, packedCard } from './verify-freight.ts';
import { labourOf, waitingDays } from './verify-labour.ts';
import { checkGroups, checkParts } from './verify-parts.ts';
import { createLineRisk, type LineRisk } from './verify-risk.ts';
import { checkRisingCosts } from './verify-rising.ts';
import { type CheckedDays, deliveredOn, meanDays } from './verify-transit.ts';
import { tierViolations } from './verify-tiers.ts';
import { checkUnsourcedReasons } from './verify-unsourced.ts';
import { type CheckedWay, createWays } from './verify-way.ts';

/** What a verification found wrong, as sentences; empty when the plan holds. */
export type Violations = string[];

/** `onOrder` is told how many orders are checked. */
export async function verify(
  plan: Plan,
  wave: Wave,
  policy: Policy,
  onOrder?: (done: number) => void,
): Promise<Violations> {
  const check = new PlanCheck(wave, policy);
  const orders = new Map(wave.orders.map((order) => [order.orderId, order]));
  for (const [index, orderPlan] of plan.orders.entries()) {
    onOrder?.(index);
    const order = orders.get(orderPlan.orderId);
    if (!order) check.report(`Order ${orderPlan.orderId} is not in the wave, or is in the plan twice.`);
    else check.order(orderPlan, order);
    orders.delete(orderPlan.orderId);
  }
  for (const orderId of orders.keys()) check.report(`Order ${orderId} is missing from the plan.`);
  check.stock();
  check.capacity();
  check.totals(plan);
  check.reasons(plan);
  checkRisingCosts(plan, wave, policy, (sentence) => check.report(sentence));
  return check.violations;
}

interface Use {
  readonly sku: string;
  readonly nodeId: string;
  readonly day: number;
  readonly units: number;
}

interface DaysMicros {
  readonly latenessMicros: number;
  readonly speedMicros: number;
}

class PlanCheck {
  readonly violations: Violations = [];
  readonly #wave: Wave;
  readonly #policy: Policy;
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #items: ReadonlyMap<string, Item>;
  readonly #cards: ReadonlyMap<string, RateCard>;
  readonly #wayOf: (node: Node, order: Order) => CheckedWay;
  readonly #rules: RuleCheck;
  readonly #lineRisk: LineRisk;
  readonly #uses: Use[] = [];
  readonly #shipments: { nodeId: string; day: number; units: number }[] = [];

  constructor(wave: Wave, policy: Policy) {
    this.#wave = wave;
    this.#policy = policy;
    this.#nodes = new Map(wave.snapshot.nodes.map((node) => [node.nodeId, node]));
    this.#items = new Map(wave.snapshot.items.map((item) => [item.sku, item]));
    this.#cards = new Map(wave.snapshot.rateCards.map((card) => [card.rateCardId, card]));
    this.#wayOf = createWays(wave.snapshot);
    this.#rules = new RuleCheck(wave, policy, this.#wayOf);
    this.#lineRisk = createLineRisk(wave.snapshot, policy);
  }

  report(sentence: string): void {
    this.violations.push(sentence);
  }

  order(plan: OrderPlan, asked: Order): void {
    const terms = this.#rules.termsOf(asked);
    const { order } = terms;
    if (terms.heldBy !== null && plan.shipments.length > 0)
      this.report(`Order ${plan.orderId}: is held and has shipments.`);
    this.#everyUnitOnce(plan, order);
    const penalties = this.#rules.penaltiesOf(asked, plan, (sentence) => this.report(sentence));
    const seen = new Set<string>();
    for (const [index, shipment] of plan.shipments.entries()) {
      if (seen.has(`${shipment.nodeId} ${shipment.shipOn}`))
        this.report(`${shipment.shipmentId}: same node and day twice.`);
      seen.add(`${shipment.nodeId} ${shipment.shipOn}`);
      this.#shipment(shipment, index, order, plan, penalties.get(shipment.shipmentId) ?? 0);
    }
    this.#orderLimits(plan, terms);
    const unsourced = plan.unsourced.reduce((sum, line) => sum + line.costMicros, 0);
    this.#sums(
      `Order ${plan.orderId}`,
      plan.cost,
      plan.shipments.map((shipment) => shipment.cost),
      unsourced,
    );
    this.#unsourcedCosts(plan, terms);
  }

  /** Ordered = shipped + unsourced, for every line. */
  #everyUnitOnce(plan: OrderPlan, order: Order): void {
    const left = new Map(order.lines.map((line) => [line.lineId, line.quantity]));
    const count = (lineId: string, sku: string, quantity: number): void => {
      const line = order.lines.find((candidate) => candidate.lineId === lineId);
      if (line?.sku !== sku) this.report(`Order ${plan.orderId}: line ${lineId} does not ask for ${sku}.`);
      if (!Number.isSafeInteger(quantity) || quantity < 1)
        this.report(`Order ${plan.orderId}: ${quantity} units of ${sku}.`);
      left.set(lineId, (left.get(lineId) ?? 0) - quantity);
    };
    for (const shipment of plan.shipments)
      for (const line of shipment.lines) count(line.lineId, line.sku, line.quantity);
    for (const line of plan.unsourced) count(line.lineId, line.sku, line.quantity);
    for (const [lineId, units] of left)
      if (units !== 0) this.report(`Order ${plan.orderId}: line ${lineId} is off by ${units} units.`);
  }

  #orderLimits(plan: OrderPlan, { order, partial }: OrderTerms): void {
    const most = Math.min(order.maxShipments ?? Infinity, this.#policy.allow.maxShipments ?? Infinity);
    if (plan.shipments.length > most)
      this.report(`Order ${plan.orderId}: ${plan.shipments.length} shipments, at most ${most}.`);
    const whole = order.shipComplete || !(partial ?? this.#policy.allow.partial);
    if (whole && plan.shipments.length > 0 && plan.unsourced.length > 0) {
      this.report(`Order ${plan.orderId}: goes out with units missing, which is not allowed.`);
    }
    const minimumMicros = order.minPartValueMicros ?? this.#policy.allow.minPartValueMicros ?? 0;
    checkGroups(plan, order, (sentence) => this.report(sentence));
    checkParts(plan, order, minimumMicros, this.#items, (sentence) => this.report(sentence));
    if (this.#policy.allow.splitQuantity === 'never') {
      const sources = new Map<string, string>();
      for (const shipment of plan.shipments) {
        for (const line of shipment.lines) {
          if ((sources.get(line.sku) ?? shipment.shipmentId) !== shipment.shipmentId) {
            this.report(`Order ${plan.orderId}: ${line.sku} is split over shipments, which is not allowed.`);
          }
          sources.set(line.sku, shipment.shipmentId);
        }
      }
      for (const line of plan.unsourced) {
        if (sources.has(line.sku))
          this.report(`Order ${plan.orderId}: ${line.sku} is sent in part, which is not allowed.`);
      }
    }
  }

  #shipment(shipment: Shipment, index: number, order: Order, plan: OrderPlan, penaltyMicros: number): void {
    const id = shipment.shipmentId;
    const node = this.#nodes.get(shipment.nodeId);
    const card = this.#cards.get(shipment.rateCardId);
    if (!node || !card) return this.report(`${id}: unknown node or rate card.`);
    if (node.status === 'closed') this.report(`${id}: ${node.nodeId} is closed.`);
    if (!node.rateCardIds.includes(card.rateCardId))
      this.report(`${id}: ${node.nodeId} does not ship by ${card.rateCardId}.`);
    if (card.service !== shipment.service || (order.services && !order.services.includes(card.service))) {
      this.report(`${id}: service ${shipment.service} is not the card's or not the customer's.`);
    }
    const way = this.#wayOf(node, order);
    if (way.kind !== (card.kind ?? 'delivery') || shipment.collectAt !== order.collectAt)
      this.report(`${id}: ${node.nodeId} may not send it by ${card.rateCardId}, or it is collected elsewhere.`);
    const units = shipment.lines.reduce((sum, line) => sum + line.quantity, 0);
    const day = dayNumber(shipment.shipOn);
    this.#shipments.push({ nodeId: node.nodeId, day, units });
    for (const line of shipment.lines)
      this.#uses.push({ sku: line.sku, nodeId: node.nodeId, day, units: line.quantity });
    const { latenessMicros, speedMicros } = this.#dates(shipment, order, plan, node, card, way);
    const milligrams = this.#weight(shipment, order);
    const skus = new Set(shipment.lines.map((line) => line.sku));
    const handling = node.handling ?? {};
    const expected: [keyof CostBreakdown, number][] = [
      ['shippingMicros', this.#shipping(shipment, way, node, card, milligrams)],
      [
        'handlingMicros',
        (handling.perShipmentMicros ?? 0) +
          (way.receiver?.receiving?.perShipmentMicros ?? 0) +
          (handling.perLineMicros ?? 0) * skus.size +
          ((handling.perUnitMicros ?? 0) + labourOf(node).perUnitMicros) * units +
          this.#commission(shipment, order, handling.valuePercent ?? 0),
      ],
      ['splitMicros', index === 0 ? 0 : this.#policy.goals.splitMicros],
      ['latenessMicros', latenessMicros],
      ['speedMicros', speedMicros],
      ['riskMicros', [...skus].reduce((sum, sku) => sum + this.#lineRisk(node, sku, this.#items.get(sku)), 0)],
      ['preferenceMicros', penaltyMicros],
      ['unsourcedMicros', 0],
    ];
    for (const [term, micros] of expected) {
      if (shipment.cost[term] !== micros) this.report(`${id}: ${term} is ${shipment.cost[term]}, should be ${micros}.`);
    }
    this.#sums(id, shipment.cost, [], 0);
  }

  /** Ship day from calendar, cutoff and processing; delivery from transit; lateness from the promise. Returns what days cost. */
  #dates(shipment: Shipment, order: Order, plan: OrderPlan, node: Node, card: RateCard, way: CheckedWay): DaysMicros {
    const { snapshot } = this.#wave;
    const calendar = snapshot.calendars.find((candidate) => candidate.calendarId === node.calendarId)!;
    const works = (at: number): boolean =>
      calendar.workingWeekdays.includes(isoWeekday(at)) &&
      !(calendar.closedOn ?? []).some((date) => dayNumber(date) === at);
    const start = localTime(Math.max(Date.parse(order.placedAt), Date.parse(snapshot.asOf)), calendar.timeZone);
    const [hours, minutes] = calendar.cutoff.split(':').map(Number) as [number, number];
    const waiting = this.#policy.promise.backlog === 'wait' ? Math.ceil(waitingDays(node)) : 0;
    let need = (calendar.processingDays ?? 0) + waiting + 1;
    let earliest = start.day - 1;
    let delay = 0;
    const day = dayNumber(shipment.shipOn);
    while (need > 0 && earliest < day + 1) {
      earliest += 1;
      if (works(earliest) && (earliest > start.day || start.minute < hours * 60 + minutes)) need -= 1;
    }
    for (let at = earliest + 1; at <= day; at++) if (works(at)) delay += 1;
    if (day < earliest || !works(day) || delay > this.#policy.allow.maxShipDelayDays) {
      this.report(`${shipment.shipmentId}: ${node.nodeId} cannot or may not ship on ${shipment.shipOn}.`);
    }
    const zone = this.#zone(shipment, way, card);
    const arrived = deliveredOn(card, day, (zone?.transitDays ?? 0) + (way.lane?.extraTransitDays ?? 0));
    const delivered = way.ready(arrived);
    const placed = localTime(Date.parse(order.placedAt), snapshot.timeZone).day;
    const promise = order.promiseBy ? dayNumber(order.promiseBy) : placed + this.#policy.promise.defaultDays;
    const late = Math.max(0, delivered - promise);
    const wrong =
      dayNumber(shipment.deliverOn) !== delivered ||
      shipment.arriveOn !== (way.receiver ? dateOf(arrived) : undefined) ||
      shipment.lateDays !== late ||
      shipment.deliveryDays !== delivered - placed ||
      dayNumber(plan.promiseBy) !== promise;
    if (wrong)
      this.report(`${shipment.shipmentId}: delivery, lateness or promise is not what calendar and transit give.`);
    if (late > (this.#policy.allow.maxLateDays ?? Infinity)) this.report(`${shipment.shipmentId}: later than allowed.`);
    if (!zone) return { latenessMicros: 0, speedMicros: 0 };
    return this.#daysMicros(shipment, meanDays(card, zone, way, day, { placed, promise }));
  }

  #daysMicros(shipment: Shipment, { lateMillionths, waitMillionths, onTime }: CheckedDays): DaysMicros {
    const stated = [shipment.expectedLateDays ?? null, shipment.onTimeProbability ?? null];
    const found = onTime === null ? [null, null] : [lateMillionths / 1e6, onTime];
    const apart = stated.some((value, at) => (value === null) !== (found[at] === null));
    if (apart || stated.some((value, at) => Math.abs((value ?? 0) - (found[at] ?? 0)) > 1e-4)) {
      this.report(`${shipment.shipmentId}: expected lateness is not what the spread of transit days gives.`);
    }
    const { latenessPerDayMicros, speedPerDayMicros = 0 } = this.#policy.goals;
    return {
      latenessMicros: Math.round((latenessPerDayMicros * lateMillionths) / 1e6),
      speedMicros: Math.round((speedPerDayMicros * waitMillionths) / 1e6),
    };
  }

  #zone(shipment: Shipment, { place, km }: CheckedWay, card: RateCard): RateCard['zones'][number] | undefined {
    const zone = fittingZone(card, place, km);
    if (zone?.zone !== shipment.zone)
      this.report(`${shipment.shipmentId}: zone ${shipment.zone} should be ${zone?.zone ?? 'none'}.`);
    return zone;
  }

  #shipping(shipment: Shipment, way: CheckedWay, node: Node, card: RateCard, milligrams: number): number {
    const zone = this.#zone(shipment, way, card);
    if (!zone) return 0;
    const { micros, parcels } = carriage(packedCard(card, node, this.#wave.snapshot), zone, way.place, milligrams);
    if (parcels !== shipment.parcels)
      this.report(`${shipment.shipmentId}: ${shipment.parcels} parcels, should be ${parcels}.`);
    return micros;
  }

  /** A sku's units share its weight in the order evenly, to the nearest milligram for what travels together. Returns what is charged. */
  #weight(shipment: Shipment, order: Order): number {
    let milligrams = 0;
    let weighed = 0;
    for (const sku of new Set(shipment.lines.map((line) => line.sku))) {
      const ordered = order.lines.filter((line) => line.sku === sku);
      const of = chargedMilligrams(ordered, this.#items.get(sku), this.#wave.snapshot);
      const units = ordered.reduce((sum, line) => sum + line.quantity, 0);
      const taken = shipment.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
      milligrams += Math.round((of.charged * taken) / units);
      weighed += Math.round((of.weighed * taken) / units);
    }
    if (Math.abs(weighed / 1000 - shipment.weightGrams) > 1e-6)
      this.report(`${shipment.shipmentId}: weighs ${weighed / 1000} g, plan says ${shipment.weightGrams} g.`);
    const billed = shipment.billableGrams ?? shipment.weightGrams;
    if (Math.abs(milligrams / 1000 - billed) > 1e-6)
      this.report(`${shipment.shipmentId}: is charged as ${milligrams / 1000} g, plan says ${billed} g.`);
    return milligrams;
  }

  /** A share of what each unit's sku costs most in the order. */
  #commission({ lines }: Shipment, order: Order, percent: number): number {
    return lines.reduce((sum, { sku, quantity }) => {
      const prices = order.lines
        .filter((line) => line.sku === sku)
        .map((line) => line.unitPriceMicros ?? this.#items.get(sku)?.priceMicros ?? 0);
      return sum + Math.round((Math.max(...prices) * percent) / 100) * quantity;
    }, 0);
  }

  #unsourcedCosts(plan: OrderPlan, { order, unsourcedPercent }: OrderTerms): void {
    const { perUnitMicros, valuePercent } = this.#policy.goals.unsourced;
    for (const line of plan.unsourced) {
      const prices = order.lines
        .filter((candidate) => candidate.sku === line.sku)
        .map((candidate) => candidate.unitPriceMicros ?? this.#items.get(line.sku)?.priceMicros ?? 0);
      const plain = Math.round(
        ((perUnitMicros + (Math.max(...prices) * valuePercent) / 100) * (10 + (order.priority ?? 0))) / 10,
      );
      const unit = Math.round((plain * unsourcedPercent) / 100);
      if (line.costMicros !== unit * line.quantity)
        this.report(
          `Order ${plan.orderId}: line ${line.lineId} unsourced costs ${line.costMicros}, should be ${unit * line.quantity}.`,
        );
    }
  }

  /** Units taken by every day never exceed what is there by then. */
  stock(): void {
    const uses = Map.groupBy(this.#uses, (use) => `${use.sku}\n${use.nodeId}`);
    const levels = new Map(this.#wave.snapshot.stock.map((level) => [`${level.sku}\n${level.nodeId}`, level]));
    const receipts = Map.groupBy(this.#wave.snapshot.receipts ?? [], (receipt) => `${receipt.sku}\n${receipt.nodeId}`);
    for (const [key, ofRow] of uses) {
      const level = levels.get(key);
      const [sku, nodeId] = key.split('\n') as [string, string];
      const free = level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) : 0;
      const base = free - this.#rules.bufferOf(sku, nodeId);
      for (const day of new Set(ofRow.map((use) => use.day))) {
        const due = (receipts.get(key) ?? []).reduce(
          (sum, receipt) => sum + (dayNumber(receipt.dueOn) <= day ? receipt.quantity : 0),
          0,
        );
        const taken = ofRow.reduce((sum, use) => sum + (use.day <= day ? use.units : 0), 0);
        if (taken > base + due) this.report(`${key.replace('\n', ' at ')}: ${taken} units taken, ${base + due} there.`);
      }
    }
  }

  capacity(): void {
    for (const [key, ofDay] of Map.groupBy(this.#shipments, (shipment) => `${shipment.nodeId}\n${shipment.day}`)) {
      const node = this.#nodes.get(ofDay[0]!.nodeId)!;
      const { nodeId } = node;
      const unitsPerDay = Math.min(labourOf(node).most, node.capacity?.unitsPerDay ?? Infinity);
      const capacity = this.#rules.capacityOf({ ...node, capacity: { ...node.capacity, unitsPerDay } });
      const units = ofDay.reduce((sum, shipment) => sum + shipment.units, 0);
      if (ofDay.length > (capacity?.shipmentsPerDay ?? Infinity))
        this.report(`${nodeId}: ${ofDay.length} shipments on day ${key.split('\n')[1]}.`);
      if (units > (capacity?.unitsPerDay ?? Infinity))
        this.report(`${nodeId}: ${units} units on day ${key.split('\n')[1]}.`);
    }
  }

  reasons(plan: Plan): void {
    const orders = new Map(this.#wave.orders.map((order) => [order.orderId, order]));
    checkUnsourcedReasons(plan, this.#wave.snapshot, this.#policy, {
      termsOf: (orderId) => {
        const order = orders.get(orderId);
        return order && this.#rules.termsOf(order);
      },
      bufferOf: (sku, nodeId) => this.#rules.bufferOf(sku, nodeId),
      report: (sentence) => this.report(sentence),
    });
  }

  totals(plan: Plan): void {
    this.#sums(
      'The plan',
      plan.cost,
      plan.orders.map((order) => order.cost),
      0,
    );
    if (plan.proof.lowerBoundMicros > plan.cost.totalMicros) this.report('The bound is above the cost.');
    for (const violation of tierViolations(plan, this.#policy)) this.report(violation);
    if (plan.kpis.shipments !== this.#shipments.length)
      this.report('The KPIs count other shipments than the plan has.');
  }

  /** The total is the sum of its terms, and each term the sum over the parts where there are any. */
  #sums(what: string, cost: CostBreakdown, parts: readonly CostBreakdown[], unsourcedMicros: number): void {
    const terms = COST_TERMS.map((term) => cost[`${term}Micros`]);
    if (!terms.every((micros) => Number.isSafeInteger(micros)))
      this.report(`${what}: an amount is no whole number of micros.`);
    if (terms.reduce((sum, micros) => sum + micros, 0) !== cost.totalMicros)
      this.report(`${what}: terms do not add up to the total.`);
    if (parts.length === 0 && unsourcedMicros === 0 && !what.startsWith('Order')) return;
    for (const term of COST_TERMS) {
      const sum = parts.reduce(
        (total, part) => total + part[`${term}Micros`],
        term === 'unsourced' ? unsourcedMicros : 0,
      );
      if (sum !== cost[`${term}Micros`])
        this.report(`${what}: ${term} is ${cost[`${term}Micros`]}, its parts add up to ${sum}.`);
    }
  }
}
