// Decides whether the stock that a plan leaves speaks against the reasons it gives for what stays unsourced; counted anew, row by row.
// Finds what is surely wrong: whether sending would have cost more is left to the tests.
import { dayNumber } from '../base/time.ts';
import type { OrderPlan, Plan, UnsourcedLine, UnsourcedReason } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { StockLevel } from '../model/stock-level.ts';
import type { OrderTerms } from '../rules/order-terms.ts';

/** What the policy's rules say, and what is found wrong. */
export interface UnsourcedCheck {
  readonly termsOf: (orderId: string) => OrderTerms | undefined;
  readonly bufferOf: (sku: string, nodeId: string) => number;
  readonly report: (sentence: string) => void;
}

/** Reasons that say of most of the units that they are there to be sent. */
const THERE: ReadonlySet<UnsourcedReason> = new Set(['costs-more-than-penalty', 'max-shipments', 'min-part-value']);

const NO_ROWS: ReadonlyMap<string, Row> = new Map();

interface Row {
  readonly onHand: number;
  /** Units before receipts and plan that sourcing may take; below 0 where more is held back than is there. */
  readonly free: () => number;
  /** By day. */
  readonly due: Map<number, number>;
  readonly taken: Map<number, number>;
}

export function checkUnsourcedReasons(plan: Plan, snapshot: Snapshot, policy: Policy, check: UnsourcedCheck): void {
  const skus = new Set(plan.orders.flatMap(({ unsourced }) => unsourced.map(({ sku }) => sku)));
  if (skus.size === 0) return;
  const rows = rowsOf(snapshot, skus, check.bufferOf);
  // Orders weighed together leave alone what all others take; in turn, what those before them took.
  const together = plan.strategy === 'optimal';
  if (together) for (const order of plan.orders) take(order, rows);
  for (const order of plan.orders) {
    if (!together) take(order, rows);
    const terms = order.unsourced.length > 0 ? check.termsOf(order.orderId) : undefined;
    if (!terms) continue;
    for (const line of order.unsourced) {
      const wrong = wrongOf(line, order, terms, rows.get(line.sku) ?? NO_ROWS, policy);
      if (wrong) check.report(`Order ${order.orderId}: line ${line.lineId} is ${line.reason}, but ${wrong}.`);
    }
  }
}

function wrongOf(
  { sku, reason }: UnsourcedLine,
  { shipments, unsourced }: OrderPlan,
  { heldBy, order, partial }: OrderTerms,
  rows: ReadonlyMap<string, Row>,
  policy: Policy,
): string | undefined {
  if (reason === 'not-looked-for') return undefined;
  if ((reason === 'held') !== (heldBy !== null)) return heldBy === null ? 'no rule holds it' : 'a rule holds the order';
  if (reason === 'held') return undefined;
  const isStocked = [...rows.values()].some(({ onHand, due }) => onHand > 0 || due.size > 0);
  if ((reason === 'not-stocked') === isStocked) return isStocked ? 'a node has it' : 'no node has it or expects it';
  const missing = unsourced.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
  if (THERE.has(reason) && 3 * leftAnywhere(rows) <= missing) return 'too little of it is left anywhere';
  const senders = shipments.filter(({ lines }) => lines.some((line) => line.sku === sku));
  if (reason === 'no-eligible-node' && senders.length > 0) return 'the order has units of it';
  if (reason === 'no-stock-left') {
    const able = senders.find(({ nodeId, shipOn }) => {
      const row = rows.get(nodeId);
      return row && leftOn(row, dayNumber(shipOn)) >= missing;
    });
    if (able) return `${able.shipmentId} could take all of it along`;
  }
  const most = Math.min(order.maxShipments ?? Infinity, policy.allow.maxShipments ?? Infinity);
  if (reason === 'max-shipments' && shipments.length < most) return 'the order may have more shipments';
  const whole = order.shipComplete || !(partial ?? policy.allow.partial);
  if (reason === 'ship-complete' && !whole) return 'the order may go out in part';
  return undefined;
}

type Rows = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** By sku and node: every row with a level or a receipt. */
function rowsOf(snapshot: Snapshot, skus: ReadonlySet<string>, bufferOf: UnsourcedCheck['bufferOf']): Rows {
  const rows = new Map<string, Map<string, Row>>();
  const add = (sku: string, nodeId: string, level: StockLevel | undefined): Row => {
    const free = level ? level.onHand - (level.allocated ?? 0) - (level.reserved ?? 0) : 0;
    let buffer: number | undefined;
    const row: Row = {
      onHand: level?.onHand ?? 0,
      free: () => free - (buffer ??= bufferOf(sku, nodeId)),
      due: new Map(),
      taken: new Map(),
    };
    const own = rows.get(sku) ?? new Map<string, Row>();
    rows.set(sku, own.set(nodeId, row));
    return row;
  };
  for (const level of snapshot.stock) if (skus.has(level.sku)) add(level.sku, level.nodeId, level);
  for (const { sku, nodeId, dueOn, quantity } of snapshot.receipts ?? []) {
    if (!skus.has(sku)) continue;
    count((rows.get(sku)?.get(nodeId) ?? add(sku, nodeId, undefined)).due, dayNumber(dueOn), quantity);
  }
  return rows;
}

function take({ shipments }: OrderPlan, rows: Rows): void {
  for (const { nodeId, shipOn, lines } of shipments) {
    for (const { sku, quantity } of lines) {
      const row = rows.get(sku)?.get(nodeId);
      if (row) count(row.taken, dayNumber(shipOn), quantity);
    }
  }
}

function count(byDay: Map<number, number>, day: number, units: number): void {
  byDay.set(day, (byDay.get(day) ?? 0) + units);
}

/** With all that is due at any time. */
function leftAnywhere(rows: ReadonlyMap<string, Row>): number {
  return [...rows.values()].reduce((sum, row) => sum + Math.max(0, leftBy(row, Infinity)), 0);
}

/** What can leave on a day without taking what later days send. */
function leftOn(row: Row, day: number): number {
  const later = [...row.taken.keys(), ...row.due.keys()].filter((other) => other > day);
  return Math.min(...[day, ...later].map((by) => leftBy(row, by)));
}

function leftBy({ free, due, taken }: Row, day: number): number {
  const upTo = (byDay: ReadonlyMap<number, number>): number =>
    [...byDay].reduce((sum, [of, units]) => (of <= day ? sum + units : sum), 0);
  return free() + upTo(due) - upTo(taken);
}
