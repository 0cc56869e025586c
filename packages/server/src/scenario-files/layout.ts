// Decides which files a scenario folder has, which columns its tables have, and what each part is called in the engine's model.
// Leaves reading and writing them to the files beside it.

/**
 * How the text of a cell becomes a value. `list` is separated by `|`; `\|` and `\\` stand for the characters themselves. `steps` are
 * `units:perUnitMicros`, separated by `|`.
 */
export type CellType = 'text' | 'integer' | 'number' | 'boolean' | 'list' | 'steps';

export interface Column {
  readonly name: string;
  readonly type: CellType;
  /** A required column must be there and its cells must be filled. */
  readonly required: boolean;
}

export interface TableLayout {
  /** The file is `<name>.csv` or `<name>.csv.gz`. */
  readonly name: string;
  readonly required: boolean;
  readonly columns: readonly Column[];
}

export interface DocumentLayout {
  /** The file is `<name>.json` or `<name>.json.gz`. */
  readonly name: string;
  readonly required: boolean;
  readonly holds: 'object' | 'array';
}

const column = (name: string, type: CellType, required = false): Column => ({ name, type, required });

export const ITEMS: TableLayout = {
  name: 'items',
  required: true,
  columns: [
    column('sku', 'text', true),
    column('name', 'text'),
    column('category', 'text'),
    column('weightGrams', 'number', true),
    column('lengthMm', 'integer'),
    column('widthMm', 'integer'),
    column('heightMm', 'integer'),
    column('priceMicros', 'integer'),
    column('hazmat', 'boolean'),
    column('brand', 'text'),
    column('oversize', 'boolean'),
    column('bundle', 'boolean'),
    column('tags', 'list'),
  ],
};

export const STOCK: TableLayout = {
  name: 'stock',
  required: true,
  columns: [
    column('sku', 'text', true),
    column('nodeId', 'text', true),
    column('onHand', 'integer', true),
    column('allocated', 'integer'),
    column('reserved', 'integer'),
    column('sellingBuffer', 'integer'),
    column('sourcingBuffer', 'integer'),
    column('stockOutSteps', 'steps'),
    column('demandPerDay', 'number'),
    column('demandSdPerDay', 'number'),
    column('targetUnits', 'integer'),
    column('sellThroughPercent', 'number'),
  ],
};

export const RECEIPTS: TableLayout = {
  name: 'receipts',
  required: false,
  columns: [
    column('receiptId', 'text', true),
    column('sku', 'text', true),
    column('nodeId', 'text', true),
    column('quantity', 'integer', true),
    column('dueOn', 'text', true),
  ],
};

export const PICK_HISTORY: TableLayout = {
  name: 'pick-history',
  required: false,
  columns: [
    column('nodeId', 'text', true),
    column('category', 'text'),
    column('sku', 'text'),
    column('picks', 'integer', true),
    column('rejects', 'integer', true),
  ],
};

/** Columns of an order that the model keeps in its `destination`. */
export const DESTINATION_COLUMNS = ['country', 'region', 'postcode', 'residential', 'lat', 'lon'] as const;

export const ORDERS: TableLayout = {
  name: 'orders',
  required: true,
  columns: [
    column('orderId', 'text', true),
    column('placedAt', 'text', true),
    column('channel', 'text'),
    column('priority', 'integer'),
    column('customerId', 'text'),
    column('customerTier', 'text'),
    column('tags', 'list'),
    column('promiseBy', 'text'),
    column('services', 'list'),
    column('fulfilment', 'text'),
    column('collectAt', 'text'),
    column('country', 'text', true),
    column('region', 'text'),
    column('postcode', 'text'),
    column('residential', 'boolean'),
    column('lat', 'number'),
    column('lon', 'number'),
    column('shipComplete', 'boolean'),
    column('maxShipments', 'integer'),
    column('minPartValueMicros', 'integer'),
  ],
};

export const ORDER_LINES: TableLayout = {
  name: 'order-lines',
  required: true,
  columns: [
    column('orderId', 'text', true),
    column('lineId', 'text', true),
    column('sku', 'text', true),
    column('quantity', 'integer', true),
    column('unitPriceMicros', 'integer'),
    column('lineWeightGrams', 'number'),
    column('shipTogether', 'text'),
  ],
};

export const SCENARIO: DocumentLayout = { name: 'scenario', required: true, holds: 'object' };
export const POLICY: DocumentLayout = { name: 'policy', required: true, holds: 'object' };
export const NODES: DocumentLayout = { name: 'nodes', required: true, holds: 'array' };
export const CALENDARS: DocumentLayout = { name: 'calendars', required: true, holds: 'array' };
export const RATE_CARDS: DocumentLayout = { name: 'rate-cards', required: true, holds: 'array' };
export const LANES: DocumentLayout = { name: 'lanes', required: false, holds: 'array' };

/** Fields of scenario.json that belong to the snapshot. */
export const SNAPSHOT_FIELDS = ['currency', 'timeZone', 'asOf', 'parcels'] as const;

/** In the order in which issues are listed and files are written. */
export const DOCUMENTS = [SCENARIO, NODES, CALENDARS, RATE_CARDS, LANES, POLICY] as const;
export const TABLES = [ITEMS, STOCK, RECEIPTS, PICK_HISTORY, ORDERS, ORDER_LINES] as const;
