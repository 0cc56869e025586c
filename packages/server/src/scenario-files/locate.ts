// Decides where in a folder a JSON pointer of the engine's model leads: a cell of a table or a place in a JSON file.
import { DESTINATION_COLUMNS, ITEMS, ORDER_LINES, ORDERS, PICK_HISTORY, RECEIPTS, STOCK } from './layout.ts';
import { cellPath } from './read-table.ts';

/** Turns `/snapshot/stock/16/nodeId` into `stock.csv.gz:18 (nodeId)` and `/policy/goals` into `policy.json#/goals`. */
export type Locator = (path: string) => string;

/** `files` names the file of each part; `lineRows` the row index of every order's lines. */
export function createLocator(files: ReadonlyMap<string, string>, lineRows: readonly (readonly number[])[]): Locator {
  const fileOf = (name: string): string => files.get(name) ?? name;
  const inDocument = (name: string, rest: readonly string[]): string =>
    rest.length === 0 ? fileOf(name) : `${fileOf(name)}#/${rest.join('/')}`;
  const inTable = (name: string, index: string | undefined, field: string | undefined): string =>
    index === undefined ? fileOf(name) : cellPath(fileOf(name), Number(index), field);
  return (path) => {
    const [root, ...rest] = path.split('/').slice(1);
    if (root === undefined) return fileOf('scenario');
    if (root === 'policy') return inDocument('policy', rest);
    if (root === 'orders') return inOrders(rest);
    if (root !== 'snapshot') return inDocument('scenario', [root, ...rest]);
    const [list, index, field] = rest;
    if (list === undefined) return fileOf('scenario');
    if (TABLE_OF[list] !== undefined) return inTable(TABLE_OF[list], index, field);
    if (DOCUMENT_OF[list] !== undefined) return inDocument(DOCUMENT_OF[list], rest.slice(1));
    return inDocument('scenario', rest);
  };

  function inOrders([index, field, inner, innerField]: readonly string[]): string {
    if (field === 'lines' && inner !== undefined) {
      const row = lineRows[Number(index)]?.[Number(inner)];
      return inTable(ORDER_LINES.name, row === undefined ? undefined : String(row), innerField);
    }
    const column = field === 'destination' ? (inner ?? DESTINATION_COLUMNS.join(', ')) : field;
    return inTable(ORDERS.name, index, column);
  }
}

const TABLE_OF: Partial<Record<string, string>> = {
  items: ITEMS.name,
  stock: STOCK.name,
  receipts: RECEIPTS.name,
  pickHistory: PICK_HISTORY.name,
};
const DOCUMENT_OF: Partial<Record<string, string>> = {
  nodes: 'nodes',
  calendars: 'calendars',
  rateCards: 'rate-cards',
  lanes: 'lanes',
};
