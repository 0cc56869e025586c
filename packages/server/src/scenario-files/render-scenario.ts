// Decides the bytes of a scenario folder: one file a part, rows and keys in the order given, the same bytes every time.
// Leaves putting them on disk to save-scenario-folder.
import { gzipSync } from 'node:zlib';
import type { Order, Scenario } from '@sourcewright/engine';
import {
  type CellType,
  type Column,
  ITEMS,
  ORDER_LINES,
  ORDERS,
  PICK_HISTORY,
  RECEIPTS,
  STOCK,
  type TableLayout,
} from './layout.ts';
import type { Row } from './read-table.ts';

export interface RenderOptions {
  /** Pack the tables with gzip. */
  readonly compress: boolean;
}

/** File name to content. What loadScenarioFolder reads from them equals `scenario`; an empty text or list is left out. */
export function renderScenario(scenario: Scenario, options: RenderOptions): ReadonlyMap<string, Buffer> {
  const { snapshot, orders, policy, ...info } = scenario;
  const { nodes, items, stock, receipts, pickHistory, calendars, rateCards, lanes, ...settings } = snapshot;
  const files = new Map<string, Buffer>();
  const document = (name: string, value: unknown): void => {
    files.set(`${name}.json`, Buffer.from(`${prettyJson(value)}\n`));
  };
  const table = (layout: TableLayout, rows: readonly Row[]): void => {
    const [name, bytes] = renderTable(layout.name, layout.columns, rows, options);
    files.set(name, bytes);
  };
  document('scenario', { ...info, ...settings });
  document('nodes', nodes);
  document('calendars', calendars);
  document('rate-cards', rateCards);
  if (lanes) document('lanes', lanes);
  document('policy', policy);
  table(ITEMS, items);
  table(STOCK, stock);
  if (receipts) table(RECEIPTS, receipts);
  if (pickHistory) table(PICK_HISTORY, pickHistory);
  table(ORDERS, orders.map(orderRow));
  table(
    ORDER_LINES,
    orders.flatMap((order) => order.lines.map((line) => ({ orderId: order.orderId, ...line }))),
  );
  return files;
}

/** Name and bytes of one table. Optional columns that no row fills are left out. */
export function renderTable(
  name: string,
  columns: readonly Column[],
  rows: readonly Row[],
  options: RenderOptions,
): [name: string, bytes: Buffer] {
  const used = columns.filter((column) => column.required || rows.some((row) => row[column.name] !== undefined));
  const lines = [used.map((column) => column.name).join(',')];
  for (const row of rows) lines.push(used.map((column) => cellText(row[column.name], column.type)).join(','));
  const plain = Buffer.from(`${lines.join('\n')}\n`);
  return options.compress ? [`${name}.csv.gz`, gzip(plain)] : [`${name}.csv`, plain];
}

/** Packed with no time, no name and no operating system in the header. */
export function gzip(plain: Buffer): Buffer {
  const packed = gzipSync(plain, { level: 9 });
  packed[9] = 255;
  return packed;
}

function orderRow(order: Order): Row {
  const { lines: _lines, destination, ...fields } = order;
  return { ...fields, ...destination };
}

function cellText(value: unknown, type: CellType): string {
  if (value === undefined) return '';
  const text = plainText(value, type);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plainText(value: unknown, type: CellType): string {
  if (type === 'list') return (value as readonly string[]).map(escapeEntry).join('|');
  if (type === 'steps')
    return (value as readonly Step[]).map((step) => `${step.units}:${step.perUnitMicros}`).join('|');
  return String(value as string | number | boolean);
}

interface Step {
  readonly units: number;
  readonly perUnitMicros: number;
}

function escapeEntry(entry: string): string {
  return entry.replace(/[\\|]/g, '\\$&');
}

const PRETTY_WIDTH = 120;

/** JSON with two spaces of indent, where anything that fits a line stands on one. */
export function prettyJson(value: unknown, indent = '', used = 0): string {
  const flat = inline(value);
  if (value === null || typeof value !== 'object' || indent.length + used + flat.length < PRETTY_WIDTH) return flat;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((entry) => inner + prettyJson(entry, inner))
    : Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${prettyJson(entry, inner, key.length + 4)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${inline(entry)}`).join(', ')} }`;
}
