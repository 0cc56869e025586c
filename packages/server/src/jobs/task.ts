// Decides what a worker thread can be asked to do and what it answers.
import type { ExplainEffort, Issue, Limits, Policy } from '@sourcewright/engine';
import type {
  DraftEffectEnvelope,
  LintDraftEnvelope,
  PlanEnvelope,
  PromiseEnvelope,
  RuleCostsRequest,
  RunProgress,
  ScenarioSummary,
} from '../contract/index.ts';
import type { RunResult } from '../store/store.ts';

/** How a task that makes a plan tells of plans on the way. */
export interface Anytime {
  /** When it will be stopped, by the clock of the process; null when it will not be. Plans on the way are told only before one. */
  readonly deadlineAt: number | null;
  /** Ends with the plan that is there before the strategy begins. */
  readonly quick: boolean;
}

/** What every task shows of itself to the pool: where a warm worker is of use. */
export type Task =
  /** Checks and stores the JSON of a scenario. */
  | { readonly kind: 'import'; readonly bytes: Uint8Array; readonly createdAt: string }
  /** Checks and stores a scenario folder or file. */
  | { readonly kind: 'import-files'; readonly path: string; readonly createdAt: string }
  | ({ readonly kind: 'plan'; readonly request: PlanEnvelope } & Anytime)
  | ({
      readonly kind: 'run';
      readonly runId: string;
      readonly scenarioId: string;
      readonly policy: Policy;
      readonly limits: Limits;
    } & Anytime)
  | {
      readonly kind: 'order-detail';
      readonly runId: string;
      readonly scenarioId: string;
      readonly policy: Policy;
      readonly orderId: string;
      /** The only line to look at for what would flip it. */
      readonly lineId: string | undefined;
      readonly effort: ExplainEffort | undefined;
      /** Another run of the scenario to compare with. */
      readonly against: { readonly runId: string; readonly policy: Policy } | undefined;
    }
  /** Tries a policy that is being written. */
  | { readonly kind: 'draft-lint'; readonly scenarioId: string; readonly request: LintDraftEnvelope }
  /** What each rule costs; without a policy, of the scenario's. */
  | {
      readonly kind: 'rule-costs';
      readonly scenarioId: string;
      readonly policy: Policy | undefined;
      readonly request: RuleCostsRequest;
    }
  /** What can be promised to a cart; without a policy, under the scenario's. */
  | { readonly kind: 'promise'; readonly policy: Policy | undefined; readonly request: PromiseEnvelope }
  | { readonly kind: 'draft-effect'; readonly scenarioId: string; readonly request: DraftEffectEnvelope };

export type TaskKind = Task['kind'];
export type TaskOf<K extends TaskKind> = Extract<Task, { kind: K }>;

export type Refused = { readonly outcome: 'refused'; readonly issues: readonly Issue[] };
export type Malformed = { readonly outcome: 'malformed'; readonly message: string };
export type Stored = { readonly outcome: 'stored'; readonly summary: ScenarioSummary };
export type Exists = { readonly outcome: 'exists'; readonly scenarioId: string };
/** UTF-8 JSON, ready to be sent. */
export type Json = { readonly outcome: 'json'; readonly bytes: Uint8Array };
export type Unknown = { readonly outcome: 'unknown'; readonly what: 'scenario' | 'run' | 'order' };

export interface Answers {
  readonly import: Stored | Exists | Refused | Malformed;
  readonly 'import-files': Stored | Exists | Refused;
  readonly plan: Json | Refused | Unknown;
  readonly run: { readonly outcome: 'saved' } | Refused | Unknown;
  readonly 'order-detail': Json | Unknown;
  readonly 'draft-lint': Json | Unknown;
  readonly 'draft-effect': Json | Refused | Unknown;
  readonly 'rule-costs': Json | Refused | Unknown;
  readonly promise: Json | Refused | Unknown;
}

/** A verified plan that is in hand while a task goes on. */
export interface Interims {
  readonly plan: PlanInHand;
  readonly run: RunResult;
}
export type InterimOf<K extends TaskKind> = K extends keyof Interims ? Interims[K] : never;

export interface PlanInHand {
  /** Canonical JSON of the plan. */
  readonly plan: Uint8Array;
  readonly gap: number;
}

/** From the pool to a worker. */
export interface WorkerRequest {
  readonly taskId: number;
  readonly task: Task;
}

/** From a worker to the pool. */
export type WorkerReply =
  | { readonly type: 'progress'; readonly taskId: number; readonly progress: RunProgress }
  | { readonly type: 'interim'; readonly taskId: number; readonly interim: Interims[keyof Interims] }
  | { readonly type: 'answer'; readonly taskId: number; readonly answer: Answers[TaskKind] }
  /** Stopped because it was asked to. */
  | { readonly type: 'cancelled'; readonly taskId: number }
  /** Something threw; the worker lives on. `invalid` when it was because a solver's answer is no plan that holds. */
  | {
      readonly type: 'threw';
      readonly taskId: number;
      readonly message: string;
      readonly stack: string;
      readonly invalid: boolean;
    };

export interface WorkerSetup {
  readonly dataFile: string;
  /** One 32-bit integer: 1 when the task under way is to stop. */
  readonly stopFlag: SharedArrayBuffer;
}
