// Decides how orders look as CSV (RFC 4180), safe to open in a spreadsheet.
import type { OrderRow } from '../contract/index.ts';

const COLUMNS = [
  'orderId',
  'placedAt',
  'region',
  'postcode',
  'fulfilment',
  'collectAt',
  'lines',
  'units',
  'shipments',
  'nodeIds',
  'costMicros',
  'currency',
  'unsourcedUnits',
  'lateDays',
  'deliveryDays',
  'gap',
  'proven',
] as const;

export const ORDERS_CSV_HEADER = csvLine([...COLUMNS]);

export function orderCsvLine(row: OrderRow, currency: string): string {
  const cells = { ...row, nodeIds: row.nodeIds.join(' '), currency };
  return csvLine(COLUMNS.map((column) => cells[column]));
}

function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula gets an apostrophe in front, and so does text that looks as if it had got one. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const guarded = /^'*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
