// Decides how the parts of a scenario folder become one object in the engine's shape, and which row each order line came from.
// Leaves checking that object to the engine; reports only what its shape cannot show: lines without an order, orders without lines.
import { createIssueList, type IssueList } from './issue-list.ts';
import { DESTINATION_COLUMNS, ORDER_LINES, ORDERS, SNAPSHOT_FIELDS } from './layout.ts';
import { cellPath, type Row } from './read-table.ts';

/** What was read, by layout name; a part that is absent or could not be read has no entry. */
export interface Parts {
  readonly documents: ReadonlyMap<string, unknown>;
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** The file each part stands in, as issues name it. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Assembled {
  readonly input: unknown;
  /** By order, by line: row index in the table of order lines. */
  readonly lineRows: readonly (readonly number[])[];
  readonly issues: IssueList;
}

export function assembleScenario(parts: Parts): Assembled {
  const { fields, snapshotFields } = scenarioFields(parts.documents.get('scenario'));
  const orders = assembleOrders(parts);
  const input = {
    ...fields,
    snapshot: withoutAbsent({
      ...snapshotFields,
      nodes: parts.documents.get('nodes'),
      items: parts.tables.get('items'),
      stock: parts.tables.get('stock'),
      receipts: parts.tables.get('receipts'),
      pickHistory: parts.tables.get('pick-history'),
      calendars: parts.documents.get('calendars'),
      rateCards: parts.documents.get('rate-cards'),
      lanes: parts.documents.get('lanes'),
    }),
    ...withoutAbsent({ orders: orders.list, policy: parts.documents.get('policy') }),
  };
  return { input, lineRows: orders.lineRows, issues: orders.issues };
}

/** Fields that a scenario file may not give itself: they have files of their own. */
export const RESERVED_FIELDS = ['snapshot', 'orders', 'policy'] as const;

function scenarioFields(document: unknown): {
  fields: Record<string, unknown>;
  snapshotFields: Record<string, unknown>;
} {
  const fields: Record<string, unknown> = {};
  const snapshotFields: Record<string, unknown> = {};
  if (document !== null && typeof document === 'object' && !Array.isArray(document)) {
    for (const [name, value] of Object.entries(document)) {
      if ((SNAPSHOT_FIELDS as readonly string[]).includes(name)) snapshotFields[name] = value;
      else if (!(RESERVED_FIELDS as readonly string[]).includes(name)) fields[name] = value;
    }
  }
  return { fields, snapshotFields };
}

function assembleOrders(parts: Parts): { list?: Row[]; lineRows: number[][]; issues: IssueList } {
  const orderRows = parts.tables.get(ORDERS.name);
  const lineTable = parts.tables.get(ORDER_LINES.name);
  if (!orderRows || !lineTable) return { lineRows: [], issues: createIssueList() };
  const issues = createIssueList();
  const lineRows: number[][] = orderRows.map(() => []);
  const positions = new Map<unknown, number>();
  orderRows.forEach((row, index) => {
    if (!positions.has(row['orderId'])) positions.set(row['orderId'], index);
  });
  const lines: Row[][] = orderRows.map(() => []);
  lineTable.forEach((row, index) => {
    const { orderId, ...line } = row;
    if (orderId === undefined) return;
    const position = positions.get(orderId);
    if (position === undefined) {
      const message = `No order is called ${JSON.stringify(orderId).slice(0, 60)}. Add it to ${ORDERS.name} or correct the name.`;
      issues.add({
        code: 'unknown-reference',
        path: cellPath(parts.files.get(ORDER_LINES.name)!, index, 'orderId'),
        message,
      });
      return;
    }
    lines[position]!.push(line);
    lineRows[position]!.push(index);
  });
  const list = orderRows.map((row, index) => {
    // An order given twice shares the lines of the first, so that only its id is wrong.
    const first = positions.get(row['orderId'])!;
    lineRows[index] = lineRows[first]!;
    if (first === index && lines[index]!.length === 0) {
      const message = `The order has no line in ${ORDER_LINES.name}. Add its lines or remove it.`;
      issues.add({ code: 'missing', path: cellPath(parts.files.get(ORDERS.name)!, index, 'lines'), message });
    }
    return orderOf(row, lines[first]!);
  });
  return { list, lineRows, issues };
}

function orderOf(row: Row, lines: readonly Row[]): Row {
  const order: Row = {};
  const destination: Row = {};
  for (const [name, value] of Object.entries(row)) {
    ((DESTINATION_COLUMNS as readonly string[]).includes(name) ? destination : order)[name] = value;
  }
  return { ...order, destination, lines };
}

function withoutAbsent(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
