// Decides how promises look in a terminal: a table of services, one of lines with their best ways, one of nodes to collect at.
import type {
  CartPromise,
  CollectionPromise,
  DeliveryPromise,
  LinePromise,
  Order,
  PromiseOption,
  Scenario,
  WholeCart,
} from '@sourcewright/engine';
import { count, percent } from './figures.ts';
import { renderNotice } from './notice.ts';
import { type Column, renderTable } from './table.ts';

type Names = ReadonlyMap<string, string>;

export function renderPromise(scenario: Scenario, order: Order, promise: CartPromise): string {
  const { snapshot } = scenario;
  const nodes = new Map(snapshot.nodes.map(({ nodeId, name }) => [nodeId, name]));
  const items = new Map(snapshot.items.map(({ sku, name }) => [sku, name ?? '']));
  const units = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const { delivery, collection, orderId, takenUpAt, promiseBy } = promise;
  const tables = [
    ...(delivery ? deliveryTables(delivery, items, nodes) : []),
    ...(collection.length > 0
      ? [
          renderTable(
            COLLECTION_COLUMNS,
            collection.flatMap((one) => collectionRows(one, nodes)),
          ),
        ]
      : []),
  ];
  const asked = `${plural(order.lines.length, 'line')}, ${plural(units, 'unit')}`;
  return [
    `${orderId}: ${asked}; taken up at ${takenUpAt}, in time until ${promiseBy}`,
    renderNotice(scenario),
    tables.join('\n\n'),
  ].join('\n');
}

function deliveryTables(delivery: DeliveryPromise, items: Names, nodes: Names): string[] {
  const whole = [
    wholeRow('any', delivery, nodes),
    ...delivery.services.map((own) => wholeRow(own.service, own, nodes)),
  ];
  const lines = delivery.lines.flatMap((line) => lineRows(line, items.get(line.sku) ?? '', nodes));
  return [renderTable(WHOLE_COLUMNS, whole), renderTable(LINE_COLUMNS, lines)];
}

function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

const right = (title: string): Column => ({ title, align: 'right' });
const DAYS: readonly Column[] = [
  { title: '9 of 10 by' },
  right('in time'),
  { title: 'order before' },
  { title: 'from' },
];

const WHOLE_COLUMNS: readonly Column[] = [{ title: 'service' }, { title: 'all comes by' }, ...DAYS];

function wholeRow(name: string, cart: WholeCart, nodes: Names): string[] {
  return [name, ...wholeCells(cart, nodes)];
}

/** Where not all can come, what stays out takes the place of the days. */
function wholeCells({ whole, missing }: WholeCart, nodes: Names): string[] {
  if (!whole) return ['-', '-', '-', '-', `not without ${missingText(missing)}`];
  const from = whole.shipments.map(({ nodeId, service, shipOn }) => `${nodes.get(nodeId)} (${service}, ${shipOn})`);
  return [whole.deliverOn, whole.deliverOnP90, percent(whole.onTimeShare), whole.orderBefore, from.join(', ')];
}

const SHOWN_MISSING = 3;

function missingText(missing: WholeCart['missing']): string {
  const shown = missing.slice(0, SHOWN_MISSING).map(({ lineId, reason }) => `line ${lineId} (${reason})`);
  const rest = missing.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

const LINE_COLUMNS: readonly Column[] = [
  { title: 'line' },
  { title: 'item' },
  right('wanted'),
  { title: 'comes by' },
  { title: '9 of 10 by' },
  right('in time'),
  right('units'),
  { title: 'way' },
];

function lineRows(
  { lineId, sku, quantity, reason, options, optionsTotal, refusals }: LinePromise,
  item: string,
  nodes: Names,
): string[][] {
  const head = [lineId, item === '' ? sku : `${sku} ${item}`, count(quantity)];
  const none = ['', '', ''];
  const refused = refusals.map(({ code, nodes: of }) => `${of} ${code}`).join(', ');
  const rows = [
    ...(reason === null ? [] : [['-', '-', '-', '-', `${reason}${refused === '' ? '' : ` (nodes: ${refused})`}`]]),
    ...options.map((option) => optionCells(option, nodes)),
    ...(optionsTotal > options.length
      ? [['', '', '', '', `and ${plural(optionsTotal - options.length, 'more way')}`]]
      : []),
  ];
  return rows.map((cells, index) => [...(index === 0 ? head : none), ...cells]);
}

function optionCells(
  { nodeId, service, shipOn, deliverOn, deliverOnP90, onTimeShare, units }: PromiseOption,
  nodes: Names,
): string[] {
  return [
    deliverOn,
    deliverOnP90,
    percent(onTimeShare),
    count(units),
    `${nodes.get(nodeId)}, ${service}, ships ${shipOn}`,
  ];
}

const COLLECTION_COLUMNS: readonly Column[] = [
  { title: 'collect at' },
  right('km'),
  { title: 'stock' },
  { title: 'ready on' },
  ...DAYS,
];

function collectionRows({ nodeId, distanceKm, pickup, shipToStore }: CollectionPromise, nodes: Names): string[][] {
  const ways = [
    ...(pickup ? [['its own', ...wholeCells(pickup, nodes)]] : []),
    ...(shipToStore ? [['sent there', ...wholeCells(shipToStore, nodes)]] : []),
  ];
  const head = [nodes.get(nodeId) ?? nodeId, distanceKm === null ? '-' : String(distanceKm)];
  return ways.map((cells, index) => [...(index === 0 ? head : ['', '']), ...cells]);
}
