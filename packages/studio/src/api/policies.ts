// Decides the calls about policies: while one is being written the catalogue, the linter, the effect, one order under it; then its versions.
import type { Catalogue, Policy } from '@sourcewright/engine';
import type {
  EffectReport,
  LintReport,
  MovePolicy,
  PlanResponse,
  PolicyDiff,
  PolicyInfo,
  PolicySummary,
  PolicyVersion,
  RollBackPolicy,
  SavePolicy,
} from '@sourcewright/server/contract';
import { sentencesInWords } from '../format/sentence-dates.ts';
import { getJson, pathOf, postJson } from './http.ts';

const scenarioPath = (scenarioId: string): string => `/v1/scenarios/${encodeURIComponent(scenarioId)}`;

export const fetchCatalogue = (signal?: AbortSignal): Promise<Catalogue> => getJson('/v1/catalogue', signal);

export const lintDraft = (scenarioId: string, policy: Policy, signal?: AbortSignal): Promise<LintReport> =>
  postJson(`${scenarioPath(scenarioId)}/policy-lint`, { policy }, signal);

export interface EffectQuestion {
  readonly policy: Policy;
  readonly against: Policy;
  readonly withinMs?: number;
  readonly changes?: number;
}

export const draftEffect = (
  scenarioId: string,
  question: EffectQuestion,
  signal?: AbortSignal,
): Promise<EffectReport> => postJson(`${scenarioPath(scenarioId)}/policy-effect`, question, signal);

/** One order by itself under a policy, with its reasons. Nothing is stored. */
export const planOneOrder = async (
  scenarioId: string,
  orderId: string,
  policy: Policy,
  signal?: AbortSignal,
): Promise<PlanResponse> => {
  const body = { scenarioId, orderIds: [orderId], policy, explain: true };
  const answer = await postJson<PlanResponse>('/v1/plans', body, signal);
  return { ...answer, ...(answer.explanations && { explanations: sentencesInWords(answer.explanations) }) };
};

const policyPath = (policyId: string): string => `/v1/policies/${encodeURIComponent(policyId)}`;

export const fetchPolicies = (signal?: AbortSignal): Promise<{ readonly policies: readonly PolicySummary[] }> =>
  getJson('/v1/policies', signal);

export const fetchPolicyVersions = (
  policyId: string,
  signal?: AbortSignal,
): Promise<{ readonly versions: readonly PolicyInfo[] }> => getJson(`${policyPath(policyId)}/versions`, signal);

export const fetchPolicyVersion = (policyId: string, version: number, signal?: AbortSignal): Promise<PolicyVersion> =>
  getJson(`${policyPath(policyId)}/versions/${version}`, signal);

export const fetchPolicyDiff = (
  policyId: string,
  from: number,
  to: number,
  signal?: AbortSignal,
): Promise<PolicyDiff> => getJson(pathOf(`${policyPath(policyId)}/diff`, { from, to }), signal);

export const savePolicy = (policyId: string, body: SavePolicy): Promise<PolicyVersion> =>
  postJson(`${policyPath(policyId)}/versions`, body);

export const movePolicy = (policyId: string, version: number, body: MovePolicy): Promise<PolicyVersion> =>
  postJson(`${policyPath(policyId)}/versions/${version}/moves`, body);

/** Publishes a version that was published before, as a new one. */
export const rollBackPolicy = (policyId: string, body: RollBackPolicy): Promise<PolicyVersion> =>
  postJson(`${policyPath(policyId)}/rollbacks`, body);
