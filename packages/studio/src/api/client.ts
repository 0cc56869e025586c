// Decides the calls the studio makes, one function each, typed by the server's contract.
import type { Change, Policy } from '@sourcewright/engine';
import type {
  Compare,
  CompareSort,
  CreateRun,
  Direction,
  FlowMap,
  OrderDeltaList,
  OrderDetail,
  OrderDetailQuery,
  OrderFilter,
  OrderList,
  OrderSort,
  PlanResponse,
  PriceList,
  Run,
  RunList,
  ScenarioDetail,
  ScenarioList,
  Trace,
} from '@sourcewright/server/contract';
import { sentencesInWords } from '../format/sentence-dates.ts';
import { deletePath, getJson, pathOf, postJson } from './http.ts';

export interface OrdersQuery {
  readonly q?: string | undefined;
  readonly filter?: OrderFilter | undefined;
  readonly nodeId?: string | undefined;
  readonly sort?: OrderSort | undefined;
  readonly dir?: Direction | undefined;
}

const runPath = (runId: string): string => `/v1/runs/${encodeURIComponent(runId)}`;

export const fetchScenarios = (signal?: AbortSignal): Promise<ScenarioList> => getJson('/v1/scenarios', signal);

export const fetchScenario = (scenarioId: string, signal?: AbortSignal): Promise<ScenarioDetail> =>
  getJson(`/v1/scenarios/${encodeURIComponent(scenarioId)}`, signal);

export const fetchRuns = (scenarioId: string, signal?: AbortSignal): Promise<RunList> =>
  getJson(pathOf('/v1/runs', { scenarioId }), signal);

export const fetchOrders = (
  runId: string,
  query: OrdersQuery,
  page: { readonly offset: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<OrderList> => getJson(pathOf(`${runPath(runId)}/orders`, { ...query, ...page }), signal);

export const fetchOrder = (runId: string, orderId: string, signal?: AbortSignal): Promise<OrderDetail> =>
  fetchOrderWith(runId, orderId, {}, signal);

/** The same, with a thorough look at what would flip it or one of its lines, or with what is other in another run. */
export const fetchOrderWith = async (
  runId: string,
  orderId: string,
  query: OrderDetailQuery | Record<string, never>,
  signal?: AbortSignal,
): Promise<OrderDetail> => {
  const path = pathOf(`${runPath(runId)}/orders/${encodeURIComponent(orderId)}`, { ...query });
  const detail = await getJson<OrderDetail>(path, signal);
  return {
    ...detail,
    explanation: sentencesInWords(detail.explanation),
    ...(detail.diff && { diff: sentencesInWords(detail.diff) }),
  };
};

/** One order on the untouched stock of its scenario, with changes to what it meets, under the policy given or the scenario's. Nothing is stored. */
export const planChanged = (
  scenarioId: string,
  orderId: string,
  { changes, policy }: { readonly changes: readonly Change[]; readonly policy?: Policy | undefined },
  signal?: AbortSignal,
): Promise<PlanResponse> =>
  postJson(
    '/v1/plans',
    { scenarioId, orderIds: [orderId], ...(changes.length > 0 && { changes }), ...(policy && { policy }) },
    signal,
  );

export const fetchFlows = (runId: string, signal?: AbortSignal): Promise<FlowMap> =>
  getJson(`${runPath(runId)}/flows`, signal);

export const fetchPrices = (
  runId: string,
  query: { readonly nodeId?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
  signal?: AbortSignal,
): Promise<PriceList> => getJson(pathOf(`${runPath(runId)}/prices`, query), signal);

export const fetchTrace = (runId: string, signal?: AbortSignal): Promise<Trace> =>
  getJson(`${runPath(runId)}/trace`, signal);

export const fetchCompare = (runIds: readonly string[], signal?: AbortSignal): Promise<Compare> =>
  getJson(pathOf('/v1/compare', { runs: runIds.join(',') }), signal);

export const fetchOrderDeltas = (
  query: {
    readonly baseline: string;
    readonly run: string;
    readonly sort: CompareSort;
    readonly dir: Direction;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
  signal?: AbortSignal,
): Promise<OrderDeltaList> => getJson(pathOf('/v1/compare/orders', { ...query }), signal);

export const startRun = (body: CreateRun): Promise<Run> => postJson('/v1/runs', body);
export const cancelRun = (runId: string): Promise<Run> => postJson(`${runPath(runId)}/cancel`);
export const deleteRun = (runId: string): Promise<void> => deletePath(runPath(runId));

/** The orders of a run under the same filters, as a file. */
export const ordersCsvPath = (runId: string, query: OrdersQuery): string =>
  pathOf(`${runPath(runId)}/orders.csv`, { ...query });
