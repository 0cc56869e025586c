// Decides what the server keeps and what it can ask of it: scenarios, runs, their results. The port every store implements.
// Leaves SQL to the adapters and the meaning of the figures to the services. Held by test/contract/store.contract.ts.
import type {
  Basis,
  CostBreakdown,
  Effort,
  Fulfilment,
  Kpis,
  Limits,
  Policy,
  Proof,
  ShadowPrice,
  Strategy,
  TierResult,
} from '@sourcewright/engine';
import type {
  CompareSort,
  Degraded,
  Direction,
  FlowArea,
  Flow,
  NodeView,
  OrderDelta,
  OrderFilter,
  OrderRow,
  OrderSort,
  RunProgress,
  RunStatus,
  ScenarioSummary,
  TracePoint,
} from '../contract/index.ts';

import type { PolicyStore } from './policy-store.ts';

/** Documents are kept as gzip: they are large, read whole, and often sent as they are. */
export type GzipBytes = Uint8Array;

export interface NewScenario {
  readonly summary: ScenarioSummary;
  readonly policy: Policy;
  readonly nodeList: readonly NodeView[];
  /** The scenario's JSON. */
  readonly document: GzipBytes;
  /** In the order of the scenario. */
  readonly orders: readonly ScenarioOrder[];
}

/** What is searched, listed and mapped of an order, the same for every run. */
export interface ScenarioOrder {
  readonly orderId: string;
  readonly placedAt: string;
  readonly region: string | null;
  readonly postcode: string | null;
  readonly fulfilment: Fulfilment;
  readonly collectAt: string | null;
  readonly lines: number;
  readonly units: number;
  /** Lower-case text in which a search looks. */
  readonly search: string;
}

export interface StoredScenario {
  readonly summary: ScenarioSummary;
  readonly policy: Policy;
  readonly nodeList: readonly NodeView[];
}

export interface ScenarioDocument {
  /** Differs for every stored scenario, also for one stored again under an id that was deleted. */
  readonly key: number;
  readonly document: GzipBytes;
}

export interface NewRun {
  readonly runId: string;
  readonly scenarioId: string;
  readonly name: string;
  readonly strategy: Strategy;
  /** With the run's strategy. */
  readonly policy: Policy;
  readonly limits: Limits;
  /** From its start; null without one. */
  readonly deadlineMs: number | null;
  readonly createdAt: string;
}

export interface RunFigures {
  /** Null where the run came to its end. */
  readonly degraded: Degraded | null;
  readonly kpis: Kpis;
  readonly cost: CostBreakdown;
  readonly proof: Proof;
  readonly tiers: readonly TierResult[];
  /** Null where the run was kept before runs said so. */
  readonly effort: Effort | null;
  readonly basis: Basis;
}

export interface StoredRun extends NewRun {
  readonly status: RunStatus;
  readonly progress: RunProgress;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: string | null;
  readonly currency: string;
  readonly figures: RunFigures | null;
}

/** How a run came out of one order. */
export interface OrderResult {
  readonly orderId: string;
  readonly shipments: number;
  readonly nodeIds: readonly string[];
  readonly costMicros: number;
  readonly unsourcedUnits: number;
  readonly lateDays: number;
  readonly deliveryDays: number | null;
  readonly gap: number;
  readonly proven: boolean;
  /** Equal for two runs if and only if they ship the same units from the same nodes, days and services. */
  readonly choiceHash: string;
}

/** A flow with the number of orders it serves. */
export type StoredFlow = Flow & { readonly orders: number };

/** A price with the name of its item. */
export type StoredPrice = ShadowPrice & { readonly name: string | null };

export interface RunResult {
  readonly runId: string;
  readonly figures: RunFigures;
  /** Canonical JSON of the plan. */
  readonly plan: GzipBytes;
  readonly orders: readonly OrderResult[];
  readonly areas: readonly FlowArea[];
  readonly flows: readonly StoredFlow[];
  /** Highest first. */
  readonly prices: readonly StoredPrice[];
  /** By time. */
  readonly trace: readonly TracePoint[];
  readonly finishedAt: string;
}

export interface OrderQuery {
  readonly q: string;
  readonly filter: OrderFilter;
  readonly nodeId: string | null;
  readonly sort: OrderSort;
  readonly dir: Direction;
  readonly offset: number;
  readonly limit: number;
}

export interface PriceQuery {
  readonly nodeId: string | null;
  readonly offset: number;
  readonly limit: number;
}

export interface OrderDeltaQuery {
  readonly baselineRunId: string;
  readonly runId: string;
  readonly sort: CompareSort;
  readonly dir: Direction;
  readonly offset: number;
  readonly limit: number;
}

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

export interface OrderCounts {
  readonly changedOrders: number;
  readonly cheaperOrders: number;
  readonly dearerOrders: number;
}

export interface ScenarioStore {
  /** All of it or nothing. */
  insertScenario(scenario: NewScenario): Promise<'inserted' | 'exists'>;
  /** By title, then id. */
  listScenarios(): Promise<readonly ScenarioSummary[]>;
  findScenario(scenarioId: string): Promise<StoredScenario | undefined>;
  readScenarioDocument(scenarioId: string): Promise<ScenarioDocument | undefined>;
  /** The key of the document, without reading it. */
  findScenarioKey(scenarioId: string): Promise<number | undefined>;
  /** With its runs, unless one is running. */
  deleteScenario(scenarioId: string): Promise<'deleted' | 'unknown' | 'busy'>;
}

export interface RunStore {
  insertRun(run: NewRun): Promise<'inserted' | 'unknown-scenario'>;
  /** Newest first. */
  listRuns(scenarioId?: string): Promise<readonly StoredRun[]>;
  findRun(runId: string): Promise<StoredRun | undefined>;
  /** Runs that wait, oldest first. */
  listQueuedRuns(): Promise<readonly StoredRun[]>;
  /** From queued to running; false when it is not queued any more. */
  startRun(runId: string, startedAt: string): Promise<boolean>;
  /** From queued or running to cancelled or failed, without results; false when it had ended. */
  endRun(
    runId: string,
    end: {
      readonly status: 'cancelled' | 'failed';
      readonly error: string | null;
      readonly finishedAt: string;
      readonly progress: RunProgress;
    },
  ): Promise<boolean>;
  /** From running back to queued, at a planned stop. */
  requeueRun(runId: string): Promise<boolean>;
  /** Marks runs that a crash left running as failed; gives their ids. */
  failInterruptedRuns(error: string, finishedAt: string): Promise<readonly string[]>;
  /** With its results, unless it is running. */
  deleteRun(runId: string): Promise<'deleted' | 'unknown' | 'busy'>;
}

export interface ResultStore {
  /** From running to done with all results, or nothing; false when the run was not running. */
  saveResult(result: RunResult): Promise<boolean>;
  readPlan(runId: string): Promise<GzipBytes | undefined>;
  listOrders(runId: string, query: OrderQuery): Promise<Page<OrderRow>>;
  listFlows(runId: string): Promise<{ readonly areas: readonly FlowArea[]; readonly flows: readonly StoredFlow[] }>;
  /** In the order in which they were saved. */
  listPrices(runId: string, query: PriceQuery): Promise<Page<StoredPrice>>;
  /** Empty for a run without one. */
  readTrace(runId: string): Promise<readonly TracePoint[]>;
  countOrderChanges(baselineRunId: string, runId: string): Promise<OrderCounts>;
  /** Orders whose cost or choice differs. */
  listOrderDeltas(query: OrderDeltaQuery): Promise<Page<OrderDelta>>;
}

export interface Store extends ScenarioStore, RunStore, ResultStore, PolicyStore {
  /** Throws when the store cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
