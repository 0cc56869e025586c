// Decides what is fetched under which key, how long it stays fresh, and what a change makes stale.
import type { Change, Policy } from '@sourcewright/engine';
import type { CreateRun, OrderList, OrderRow, Run, RunList } from '@sourcewright/server/contract';
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import {
  cancelRun,
  deleteRun,
  fetchCompare,
  fetchFlows,
  fetchOrder,
  fetchOrderDeltas,
  fetchOrderWith,
  fetchOrders,
  fetchPrices,
  fetchRuns,
  fetchScenario,
  fetchScenarios,
  fetchTrace,
  type OrdersQuery,
  planChanged,
  startRun,
} from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { stageAge } from '../format/stage-text.ts';
import { findOrder } from './find-order.ts';

export const ORDERS_PAGE = 200;
const DELTAS_PAGE = 100;
/** As many as the server gives at once. */
const PRICES_PAGE = 500;

/** Results of a finished run never change: they stay fresh until the page is left. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
      },
    },
  });
}

export const runsKey = (scenarioId: string) => ['runs', scenarioId] as const;

export const useScenarios = () =>
  useQuery({ queryKey: ['scenarios'], queryFn: ({ signal }) => fetchScenarios(signal), staleTime: 60_000 });

export const useScenario = (scenarioId: string | null) =>
  useQuery({
    queryKey: ['scenario', scenarioId],
    queryFn: ({ signal }) => fetchScenario(scenarioId!, signal),
    enabled: scenarioId !== null,
  });

export const useRuns = (scenarioId: string | null) =>
  useQuery({
    queryKey: runsKey(scenarioId ?? ''),
    queryFn: ({ signal }) => fetchRuns(scenarioId!, signal),
    enabled: scenarioId !== null,
    staleTime: 30_000,
  });

export const useFlows = (runId: string | null) =>
  useQuery({
    queryKey: ['flows', runId],
    queryFn: ({ signal }) => fetchFlows(runId!, signal),
    enabled: runId !== null,
  });

export const useOrder = (runId: string | null, orderId: string | null) =>
  useQuery({
    queryKey: ['order', runId, orderId],
    queryFn: ({ signal }) => fetchOrder(runId!, orderId!, signal),
    enabled: runId !== null && orderId !== null,
    placeholderData: keepPreviousData,
  });

/** What would flip an order or one of its lines, looked for thoroughly; once it is asked for. */
export const useThoroughLook = (runId: string, orderId: string, lineId: string | undefined, asked: boolean) =>
  useQuery({
    queryKey: ['order', runId, orderId, 'thorough', lineId],
    queryFn: async ({ signal }) => {
      const query = { effort: 'thorough' as const, ...(lineId !== undefined && { lineId }) };
      const { explanation } = await fetchOrderWith(runId, orderId, query, signal);
      return { flips: explanation.counterfactuals ?? [], notLookedFor: explanation.notLookedFor };
    },
    enabled: asked,
  });

/** What is other for an order than in another run; once it is asked for. */
export const useOrderDiff = (runId: string, orderId: string, against: string, asked: boolean) =>
  useQuery({
    queryKey: ['order', runId, orderId, 'against', against],
    queryFn: async ({ signal }) => (await fetchOrderWith(runId, orderId, { against }, signal)).diff ?? null,
    enabled: asked,
  });

/** One order sourced with changes to what it meets, or under another policy; what was there stays until the next answer has come. */
export const useChangedOrder = (
  scenarioId: string,
  orderId: string,
  turned: { readonly changes: readonly Change[]; readonly policy?: Policy },
  enabled = true,
) =>
  useQuery({
    queryKey: ['changed', scenarioId, orderId, turned],
    queryFn: async ({ signal }) => (await planChanged(scenarioId, orderId, turned, signal)).plan.orders[0] ?? null,
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

/** The row of one order in a run's list. */
export const useOrderRow = (runId: string, orderId: string) =>
  useQuery({
    queryKey: ['orders', runId, 'row', orderId],
    queryFn: async ({ signal }) => {
      const { orders } = await fetchOrders(runId, { q: orderId }, { offset: 0, limit: ORDERS_PAGE }, signal);
      return orders.find((row) => row.orderId === orderId) ?? null;
    },
  });

/** How a finished run came to its result. */
export const useTrace = (runId: string) =>
  useQuery({ queryKey: ['trace', runId], queryFn: ({ signal }) => fetchTrace(runId, signal) });

/** The highest prices of a run, or of one of its nodes. */
export const usePrices = (runId: string, query: { readonly nodeId?: string; readonly limit: number }) =>
  useQuery({
    queryKey: ['prices', runId, query],
    queryFn: ({ signal }) => fetchPrices(runId, query, signal),
  });

/** All prices of a run, a page at a time. */
export const usePricePages = (runId: string) =>
  useInfiniteQuery({
    queryKey: ['prices', runId, 'pages'],
    queryFn: ({ pageParam, signal }) => fetchPrices(runId, { limit: PRICES_PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

/** The first is the baseline; at least two. */
export const useCompare = (runIds: readonly string[]) =>
  useQuery({
    queryKey: ['compare', ...runIds],
    queryFn: ({ signal }) => fetchCompare(runIds, signal),
    enabled: runIds.length > 1,
    placeholderData: keepPreviousData,
  });

/** A few orders from the top of a list, for a glance. */
export const useTopOrders = (runId: string | null, query: OrdersQuery, limit: number) =>
  useQuery({
    queryKey: ['orders', runId, query, 'top', limit],
    queryFn: ({ signal }) => fetchOrders(runId!, query, { offset: 0, limit }, signal),
    enabled: runId !== null,
  });

export const useOrderDeltas = (baseline: string, run: string, dir: 'asc' | 'desc', sort: 'delta' | 'abs') =>
  useInfiniteQuery({
    queryKey: ['deltas', baseline, run, sort, dir],
    queryFn: ({ pageParam, signal }) =>
      fetchOrderDeltas({ baseline, run, sort, dir, limit: DELTAS_PAGE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export interface OrderWindow {
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly rowAt: (index: number) => OrderRow | undefined;
  /** Where an order stands among those that were fetched; null where it was not. */
  readonly indexOf: (orderId: string) => number | null;
  readonly onRange: (first: number, last: number) => void;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The orders of a run as one long list of which only the pages in sight are fetched. */
export function useOrderWindow(runId: string | null, query: OrdersQuery): OrderWindow {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / ORDERS_PAGE), last: Math.floor(last / ORDERS_PAGE) };
    setRange((old) => (old.first === next.first && old.last === next.last ? old : next));
  }, []);
  const pages = useMemo(() => {
    const inSight = Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at);
    return range.first === 0 ? inSight : [0, ...inSight];
  }, [range]);
  const results = useQueries({
    queries: pages.map((page) => ({ ...ordersPage(runId ?? '', query, page), enabled: runId !== null })),
  });
  const byPage = new Map<number, OrderList | undefined>(pages.map((page, at) => [page, results[at]?.data]));
  const failed = results.find((result) => result.error !== null);
  return {
    total: byPage.get(0)?.total ?? null,
    rowAt: (index) => byPage.get(Math.floor(index / ORDERS_PAGE))?.orders[index % ORDERS_PAGE],
    indexOf: (orderId) => {
      for (const [page, list] of byPage) {
        const at = list?.orders.findIndex((row) => row.orderId === orderId) ?? -1;
        if (at >= 0) return page * ORDERS_PAGE + at;
      }
      return null;
    },
    onRange,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

const ordersPage = (runId: string, query: OrdersQuery, page: number) => ({
  queryKey: ['orders', runId, query, page],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    fetchOrders(runId, query, { offset: page * ORDERS_PAGE, limit: ORDERS_PAGE }, signal),
});

/** Where an order stands in a list, however far down; null while that is being looked up, and where the list does not hold it. */
export function useOrderIndex(runId: string, query: OrdersQuery, orderId: string | null, known: number | null) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['orders', runId, query, 'place', orderId],
    queryFn: async ({ signal }) => {
      const page = { offset: 0, limit: ORDERS_PAGE };
      const alike = await fetchOrders(runId, { ...query, q: orderId! }, page, signal);
      const wanted = alike.orders.find((row) => row.orderId === orderId);
      const { total } = await client.fetchQuery(ordersPage(runId, query, 0));
      if (!wanted) return null;
      const found = await findOrder(wanted, query, {
        pages: Math.ceil(total / ORDERS_PAGE),
        pageAt: async (at) => (await client.fetchQuery(ordersPage(runId, query, at))).orders,
      });
      return found && found.page * ORDERS_PAGE + found.at;
    },
    enabled: orderId !== null && known === null,
  });
  return known ?? data ?? null;
}

export function useRunActions() {
  const client = useQueryClient();
  const keep = (run: Run): void => keepRun(client, run);
  return {
    start: useMutation({ mutationFn: (body: CreateRun) => startRun(body), onSuccess: keep }),
    cancel: useMutation({ mutationFn: (runId: string) => cancelRun(runId), onSuccess: keep }),
    remove: useMutation({
      mutationFn: (runId: string) => deleteRun(runId),
      onSuccess: (_, runId) => dropRun(client, runId),
    }),
  };
}

/** Puts what is newly known of a run into the list it belongs to. News that is older than what is known is dropped. */
export function keepRun(client: QueryClient, run: Run): void {
  client.setQueryData<RunList>(runsKey(run.scenarioId), (list) => {
    if (!list) return list;
    const known = list.runs.find((other) => other.runId === run.runId);
    if (!known) return { runs: [run, ...list.runs] };
    if (ageOf(run) < ageOf(known)) return list;
    return { runs: list.runs.map((other) => (other.runId === run.runId ? run : other)) };
  });
}

export function dropRun(client: QueryClient, runId: string): void {
  client.setQueriesData<RunList>({ queryKey: ['runs'] }, (list) =>
    list ? { runs: list.runs.filter((run) => run.runId !== runId) } : list,
  );
}

export function isOver(run: Run): boolean {
  return run.status !== 'queued' && run.status !== 'running';
}

/** Grows over the life of a run. */
function ageOf(run: Run): number {
  return run.status === 'queued' ? -1 : isOver(run) ? Number.POSITIVE_INFINITY : stageAge(run.progress);
}
