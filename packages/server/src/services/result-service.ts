// Decides what can be asked of a finished run: its plan, its orders, one order with its reasons, its flows, its prices, how it was found.
import { type NodeKpis, succeed } from '@sourcewright/engine';
import type {
  ExportOrdersQuery,
  FlowMap,
  ListOrdersQuery,
  NodeView,
  OrderDetailQuery,
  OrderList,
  OrderRow,
  PriceList,
  PriceQuery,
  Trace,
} from '../contract/index.ts';
import type { WorkerPool } from '../jobs/worker-pool.ts';
import type { Log } from '../log.ts';
import type { OrderQuery, RunFigures, Store, StoredRun } from '../store/store.ts';
import { nextCursor, readCursor } from './cursor.ts';
import { type Outcome, refuse, refuseInput, refuseTask } from './failure.ts';
import { ORDERS_CSV_HEADER, orderCsvLine } from './orders-csv.ts';
import { unknownRun } from './run-service.ts';

export interface ResultService {
  /** Gzip of the plan's canonical JSON. */
  planBytes(runId: string): Promise<Outcome<Uint8Array>>;
  orders(runId: string, query: ListOrdersQuery): Promise<Outcome<OrderList>>;
  /** All matching orders, in pieces. */
  ordersCsv(runId: string, query: ExportOrdersQuery): Promise<Outcome<AsyncIterable<string>>>;
  /** UTF-8 JSON of an OrderDetail. */
  order(runId: string, orderId: string, query: OrderDetailQuery): Promise<Outcome<Uint8Array>>;
  flows(runId: string, nodeId: string | undefined): Promise<Outcome<FlowMap>>;
  prices(runId: string, query: PriceQuery): Promise<Outcome<PriceList>>;
  trace(runId: string): Promise<Outcome<Trace>>;
}

const CSV_ROWS = 500;

/** The run, when it is done. */
export async function finishedRun(
  store: Store,
  runId: string,
): Promise<Outcome<StoredRun & { readonly figures: RunFigures }>> {
  const run = await store.findRun(runId);
  if (!run) return unknownRun(runId);
  const { figures } = run;
  if (figures === null) return refuse('run-not-done', `Run ${runId} is ${run.status}; only a done run has results.`);
  return succeed({ ...run, figures });
}

export function createResultService(needs: {
  readonly store: Store;
  readonly calls: WorkerPool;
  readonly log: Log;
}): ResultService {
  const { store, calls, log } = needs;
  return {
    planBytes: async (runId) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const plan = await store.readPlan(runId);
      return plan ? succeed(plan) : unknownRun(runId);
    },

    orders: async (runId, query) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const question = [runId, query.q, query.filter, query.nodeId, query.sort, query.dir];
      const start = startOf(query, question);
      if (!start.ok) return start;
      const page = await store.listOrders(runId, { ...orderQuery(query), offset: start.value, limit: query.limit });
      const end = start.value + page.rows.length;
      const next = page.rows.length === 0 ? null : nextCursor(end, page.total, question);
      return succeed({ orders: [...page.rows], total: page.total, nextCursor: next });
    },

    ordersCsv: async (runId, query) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const page = async (offset: number): Promise<readonly OrderRow[]> =>
        (await store.listOrders(runId, { ...orderQuery(query), offset, limit: CSV_ROWS })).rows;
      return succeed(csvPieces(page, run.value.currency));
    },

    order: async (runId, orderId, { lineId, effort, against }) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const { scenarioId, policy } = run.value;
      const other = against === undefined ? undefined : await finishedRun(store, against);
      if (other && !other.ok) return other;
      if (other && other.value.scenarioId !== scenarioId) {
        return refuse('runs-not-comparable', `Run ${against} is of another scenario than run ${runId}.`);
      }
      const compared = other && { runId: against!, policy: other.value.policy };
      const job = calls.submit(
        { kind: 'order-detail', runId, scenarioId, policy, orderId, lineId, effort, against: compared },
        { warmKey: scenarioId },
      );
      const outcome = await job.outcome;
      if (!outcome.ok) return refuseTask(outcome.error, log);
      const answer = outcome.value;
      if (answer.outcome === 'json') return succeed(answer.bytes);
      if (answer.what !== 'order') return unknownRun(runId);
      return refuse('order-not-found', `Run ${runId} has no order ${orderId}.`);
    },

    flows: async (runId, nodeId) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const scenario = await store.findScenario(run.value.scenarioId);
      if (!scenario) return unknownRun(runId);
      const { areas, flows } = await store.listFlows(runId);
      const nodes = flowNodes(scenario.nodeList, run.value.figures.kpis.nodes);
      if (nodeId === undefined) return succeed({ nodes, areas: [...areas], flows: flows.map(wireFlow) });
      if (!nodes.some((node) => node.nodeId === nodeId)) return unknownNode(nodeId);
      const own = flows.filter((flow) => flow.nodeId === nodeId);
      const served = new Map(own.map((flow) => [flow.areaId, flow]));
      const ownAreas = areas.flatMap((area) => {
        const flow = served.get(area.areaId);
        if (!flow) return [];
        const { orders, units, costMicros, lateShipments } = flow;
        return [{ ...area, orders, units, costMicros, lateShipments }];
      });
      return succeed({
        nodes: nodes.filter((node) => node.nodeId === nodeId),
        areas: ownAreas,
        flows: own.map(wireFlow),
      });
    },

    trace: async (runId) => {
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      return succeed({ currency: run.value.currency, points: [...(await store.readTrace(runId))] });
    },

    prices: async (runId, query) => {
      const { nodeId, limit } = query;
      const run = await finishedRun(store, runId);
      if (!run.ok) return run;
      const scenario = await store.findScenario(run.value.scenarioId);
      if (!scenario) return unknownRun(runId);
      const names = new Map(scenario.nodeList.map((node) => [node.nodeId, node.name]));
      if (nodeId !== undefined && !names.has(nodeId)) return unknownNode(nodeId);
      const question = [runId, nodeId];
      const start = startOf(query, question);
      if (!start.ok) return start;
      const offset = start.value;
      const { rows, total } = await store.listPrices(runId, { nodeId: nodeId ?? null, offset, limit });
      const prices = rows.map((price) => ({ ...price, nodeName: names.get(price.nodeId) ?? price.nodeId }));
      const next = rows.length === 0 ? null : nextCursor(offset + rows.length, total, question);
      return succeed({ currency: run.value.currency, total, prices, nextCursor: next });
    },
  };
}

/** The offset of a page: the cursor's, else the one that was asked for. */
export function startOf(
  query: { readonly cursor?: string | undefined; readonly offset?: number | undefined },
  question: unknown,
): Outcome<number> {
  if (query.cursor === undefined) return succeed(query.offset ?? 0);
  const start = readCursor(query.cursor, question);
  if (start !== undefined) return succeed(start);
  const message = 'The cursor does not belong to these filters and this sorting. Start again without it.';
  return refuseInput([{ code: 'inconsistent', path: '?/cursor', message }]);
}

function unknownNode(nodeId: string): Outcome<never> {
  const message = `No node is called ${JSON.stringify(nodeId)} in this scenario. Correct the id.`;
  return refuseInput([{ code: 'unknown-reference', path: '?/nodeId', message }]);
}

function orderQuery(query: ExportOrdersQuery): Omit<OrderQuery, 'offset' | 'limit'> {
  const { q, filter, nodeId, sort, dir } = query;
  return { q: (q ?? '').trim(), filter, nodeId: nodeId ?? null, sort, dir };
}

async function* csvPieces(
  page: (offset: number) => Promise<readonly OrderRow[]>,
  currency: string,
): AsyncGenerator<string> {
  yield ORDERS_CSV_HEADER;
  for (let offset = 0; ; offset += CSV_ROWS) {
    const rows = await page(offset);
    if (rows.length > 0) yield rows.map((row) => orderCsvLine(row, currency)).join('');
    if (rows.length < CSV_ROWS) return;
  }
}

function flowNodes(nodeList: readonly NodeView[], kpis: readonly NodeKpis[]): FlowMap['nodes'] {
  const known = new Map(kpis.map((each) => [each.nodeId, each]));
  return nodeList.map((node) => ({ ...node, kpis: known.get(node.nodeId) ?? idle(node) }));
}

/** The figures of a node that shipped nothing. */
function idle({ nodeId, capacity }: NodeView): NodeKpis {
  const peakUtilisation = capacity?.shipmentsPerDay || capacity?.unitsPerDay ? 0 : null;
  const none = { shipments: 0, lines: 0, units: 0, lateShipments: 0, costMicros: 0 };
  return { nodeId, ...none, peakUtilisation, coverWeeksBefore: null, coverWeeksAfter: null };
}

function wireFlow({
  orders: _orders,
  ...flow
}: { readonly orders: number } & FlowMap['flows'][number]): FlowMap['flows'][number] {
  return flow;
}
