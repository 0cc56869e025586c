// Decides how the results of a run are kept in SQLite, listed, searched and set against another run's.
import type { SQLInputValue } from 'node:sqlite';
import type { FlowArea, OrderDelta, OrderFilter, OrderRow, OrderSort, TracePoint } from '../../contract/index.ts';
import type { OrderQuery, ResultStore, RunResult, StoredFlow, StoredPrice } from '../store.ts';
import type { Connection, Row } from './connection.ts';

const FILTERS: Record<OrderFilter, string> = {
  all: '',
  split: 'AND r.shipments > 1',
  late: 'AND r.late_days > 0',
  unsourced: 'AND r.unsourced_units > 0',
  unproven: 'AND r.proven = 0',
  collected: 'AND s.collect_at IS NOT NULL',
};

const SORTS: Record<OrderSort, string> = {
  orderId: 'r.order_id',
  cost: 'r.cost_micros',
  shipments: 'r.shipments',
  days: 'r.delivery_days',
  late: 'r.late_days',
};

const CHANGED = '(o.cost_micros <> b.cost_micros OR o.choice_hash <> b.choice_hash)';
const PAIRS = `FROM run_orders b JOIN run_orders o ON o.order_id = b.order_id
  WHERE b.run_no = (SELECT run_no FROM runs WHERE run_id = ?) AND o.run_no = (SELECT run_no FROM runs WHERE run_id = ?)`;

export function resultQueries(db: Connection): ResultStore {
  return {
    saveResult: async (result) => db.transaction(() => saveResult(db, result)),

    readPlan: async (runId) =>
      db.get('SELECT plan FROM run_plans JOIN runs USING (run_no) WHERE run_id = ?', runId)?.['plan'] as
        | Uint8Array
        | undefined,

    listOrders: async (runId, query) => {
      const { where, values } = orderCondition(runId, query);
      const total = db.get(`SELECT count(*) AS total ${where}`, ...values)!['total'] as number;
      const direction = query.dir === 'desc' ? 'DESC' : 'ASC';
      const order = query.sort === 'orderId' ? '' : `${SORTS[query.sort]} ${direction} NULLS LAST, `;
      const tie = query.sort === 'orderId' ? direction : 'ASC';
      const rows = db.all(
        `SELECT r.order_id, placed_at, region, postcode, fulfilment, collect_at, lines, units, shipments, node_ids, cost_micros,
           unsourced_units, late_days, delivery_days, gap, proven
         ${where} ORDER BY ${order}r.order_id ${tie} LIMIT ? OFFSET ?`,
        ...values,
        query.limit,
        query.offset,
      );
      return { rows: rows.map(orderRow), total };
    },

    listFlows: async (runId) => ({
      areas: db
        .all('SELECT run_areas.* FROM run_areas JOIN runs USING (run_no) WHERE run_id = ? ORDER BY area_id', runId)
        .map(area),
      flows: db
        .all(
          'SELECT run_flows.* FROM run_flows JOIN runs USING (run_no) WHERE run_id = ? ORDER BY node_id, area_id',
          runId,
        )
        .map(flow),
    }),

    listPrices: async (runId, { nodeId, offset, limit }) => {
      const from = 'FROM run_prices JOIN runs USING (run_no) WHERE run_id = ?1 AND (?2 IS NULL OR node_id = ?2)';
      const total = db.get(`SELECT count(*) AS total ${from}`, runId, nodeId)!['total'] as number;
      const rows = db.all(
        `SELECT run_prices.* ${from} ORDER BY position LIMIT ?3 OFFSET ?4`,
        runId,
        nodeId,
        limit,
        offset,
      );
      return { rows: rows.map(price), total };
    },

    readTrace: async (runId) => {
      const row = db.get('SELECT points FROM run_traces JOIN runs USING (run_no) WHERE run_id = ?', runId);
      return row ? (JSON.parse(row['points'] as string) as TracePoint[]) : [];
    },

    countOrderChanges: async (baselineRunId, runId) => {
      const row = db.get(
        `SELECT sum(o.choice_hash <> b.choice_hash) AS changed, sum(o.cost_micros < b.cost_micros) AS cheaper,
           sum(o.cost_micros > b.cost_micros) AS dearer ${PAIRS}`,
        baselineRunId,
        runId,
      )!;
      return {
        changedOrders: (row['changed'] as number | null) ?? 0,
        cheaperOrders: (row['cheaper'] as number | null) ?? 0,
        dearerOrders: (row['dearer'] as number | null) ?? 0,
      };
    },

    listOrderDeltas: async (query) => {
      const ids = [query.baselineRunId, query.runId] as const;
      const total = db.get(`SELECT count(*) AS total ${PAIRS} AND ${CHANGED}`, ...ids)!['total'] as number;
      const delta = '(o.cost_micros - b.cost_micros)';
      const key = query.sort === 'abs' ? `abs${delta}` : delta;
      const rows = db.all(
        `SELECT b.order_id, b.cost_micros AS b_cost, o.cost_micros AS o_cost, b.node_ids AS b_nodes, o.node_ids AS o_nodes,
           b.shipments AS b_shipments, o.shipments AS o_shipments, b.unsourced_units AS b_unsourced,
           o.unsourced_units AS o_unsourced
         ${PAIRS} AND ${CHANGED} ORDER BY ${key} ${query.dir === 'desc' ? 'DESC' : 'ASC'}, b.order_id LIMIT ? OFFSET ?`,
        ...ids,
        query.limit,
        query.offset,
      );
      return { rows: rows.map(orderDelta), total };
    },
  };
}

function saveResult(db: Connection, result: RunResult): boolean {
  const run = db.get(
    `UPDATE runs SET status = 'done', finished_at = ?, figures = ?, progress_done = ?, progress_cost_micros = ?
     WHERE run_id = ? AND status = 'running' RETURNING run_no`,
    result.finishedAt,
    JSON.stringify(result.figures),
    result.figures.kpis.orders,
    result.figures.cost.totalMicros,
    result.runId,
  );
  if (!run) return false;
  const runNo = run['run_no'] as number;
  db.run('INSERT INTO run_plans (run_no, plan) VALUES (?, ?)', runNo, result.plan);
  db.run('INSERT INTO run_traces (run_no, points) VALUES (?, ?)', runNo, JSON.stringify(result.trace));
  const insertOrder = db.prepare('INSERT INTO run_orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of result.orders) {
    insertOrder.run(
      runNo,
      row.orderId,
      row.shipments,
      JSON.stringify(row.nodeIds),
      row.costMicros,
      row.unsourcedUnits,
      row.lateDays,
      row.deliveryDays,
      row.gap,
      row.proven ? 1 : 0,
      row.choiceHash,
    );
  }
  const insertArea = db.prepare('INSERT INTO run_areas VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of result.areas) {
    const { areaId, lat, lon, orders, units, costMicros, lateShipments, collectAt } = row;
    insertArea.run(runNo, areaId, lat, lon, orders, units, costMicros, lateShipments, collectAt);
  }
  const insertFlow = db.prepare('INSERT INTO run_flows VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of result.flows) {
    const { nodeId, areaId, orders, shipments, units, costMicros, lateShipments } = row;
    insertFlow.run(runNo, nodeId, areaId, orders, shipments, units, costMicros, lateShipments);
  }
  const insertPrice = db.prepare('INSERT INTO run_prices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  result.prices.forEach(({ kind, nodeId, sku, name, shipOn, supply, unitMicros }, position) => {
    insertPrice.run(runNo, position, kind, nodeId, sku, name, shipOn, supply, unitMicros);
  });
  return true;
}

function orderCondition(runId: string, query: OrderQuery): { where: string; values: SQLInputValue[] } {
  const values: SQLInputValue[] = [runId];
  let where = `FROM run_orders r JOIN runs USING (run_no)
    JOIN scenario_orders s ON s.scenario_no = runs.scenario_no AND s.order_id = r.order_id
    WHERE run_id = ? ${FILTERS[query.filter]}`;
  if (query.nodeId !== null) {
    // Ids hold no quotes, so a quoted id is found exactly where it is an element of the list.
    where += ' AND instr(r.node_ids, ?) > 0';
    values.push(JSON.stringify(query.nodeId));
  }
  if (query.q !== '') {
    where += ' AND instr(s.search, ?) > 0';
    values.push(query.q.toLowerCase());
  }
  return { where, values };
}

function orderRow(row: Row): OrderRow {
  return {
    orderId: row['order_id'] as string,
    placedAt: row['placed_at'] as string,
    region: row['region'] as string | null,
    postcode: row['postcode'] as string | null,
    fulfilment: row['fulfilment'] as OrderRow['fulfilment'],
    collectAt: row['collect_at'] as string | null,
    lines: row['lines'] as number,
    units: row['units'] as number,
    shipments: row['shipments'] as number,
    nodeIds: JSON.parse(row['node_ids'] as string) as string[],
    costMicros: row['cost_micros'] as number,
    unsourcedUnits: row['unsourced_units'] as number,
    lateDays: row['late_days'] as number,
    deliveryDays: row['delivery_days'] as number | null,
    gap: row['gap'] as number,
    proven: row['proven'] === 1,
  };
}

function area(row: Row): FlowArea {
  return {
    areaId: row['area_id'] as string,
    collectAt: row['collect_at'] as string | null,
    lat: row['lat'] as number | null,
    lon: row['lon'] as number | null,
    orders: row['orders'] as number,
    units: row['units'] as number,
    costMicros: row['cost_micros'] as number,
    lateShipments: row['late_shipments'] as number,
  };
}

function flow(row: Row): StoredFlow {
  return {
    nodeId: row['node_id'] as string,
    areaId: row['area_id'] as string,
    orders: row['orders'] as number,
    shipments: row['shipments'] as number,
    units: row['units'] as number,
    costMicros: row['cost_micros'] as number,
    lateShipments: row['late_shipments'] as number,
  };
}

function price(row: Row): StoredPrice {
  return {
    kind: row['kind'] as StoredPrice['kind'],
    nodeId: row['node_id'] as string,
    sku: row['sku'] as string | null,
    name: row['name'] as string | null,
    shipOn: row['ship_on'] as string | null,
    supply: row['supply'] as number,
    unitMicros: row['unit_micros'] as number,
  };
}

function orderDelta(row: Row): OrderDelta {
  const [baselineCostMicros, runCostMicros] = [row['b_cost'] as number, row['o_cost'] as number];
  return {
    orderId: row['order_id'] as string,
    baselineCostMicros,
    runCostMicros,
    deltaMicros: runCostMicros - baselineCostMicros,
    baselineNodeIds: JSON.parse(row['b_nodes'] as string) as string[],
    runNodeIds: JSON.parse(row['o_nodes'] as string) as string[],
    baselineShipments: row['b_shipments'] as number,
    runShipments: row['o_shipments'] as number,
    baselineUnsourcedUnits: row['b_unsourced'] as number,
    runUnsourcedUnits: row['o_unsourced'] as number,
  };
}
