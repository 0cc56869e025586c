// Decides what is asked about a draft, when, and what is dropped: the linter and the effect follow the text with a short pause,
// and a question that is out of date is cancelled.
import type { Policy } from '@sourcewright/engine';
import type { EffectReport, MovePolicy, RollBackPolicy, SavePolicy } from '@sourcewright/server/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  draftEffect,
  fetchCatalogue,
  fetchPolicies,
  fetchPolicyDiff,
  fetchPolicyVersion,
  fetchPolicyVersions,
  lintDraft,
  movePolicy,
  planOneOrder,
  rollBackPolicy,
  savePolicy,
} from '../api/policies.ts';

/** Typing is quicker than this; reading is not. */
const PAUSE_MS = 250;
const RULE_COST_MS = 5000;
const FULL_EFFECT_MS = 8000;

export const useCatalogue = () =>
  useQuery({ queryKey: ['catalogue'], queryFn: ({ signal }) => fetchCatalogue(signal) });

/** The value once it has stood still for a moment. */
export function usePaused<T>(value: T, pauseMs = PAUSE_MS): T {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return paused;
}

export const useLint = (scenarioId: string, policy: Policy) =>
  useQuery({
    queryKey: ['policy-lint', scenarioId, policy],
    queryFn: ({ signal }) => lintDraft(scenarioId, policy, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

/**
 * What `policy` changes against `against`; asked only where the linter found that it can be run. A quick answer comes first; where
 * it did not come to all orders, a fuller one follows.
 */
export function useEffectOf(scenarioId: string, policy: Policy, against: Policy, runs: boolean) {
  const options = { placeholderData: keepPreviousData, gcTime: 60_000 };
  const quick = useQuery({
    ...options,
    queryKey: ['policy-effect', scenarioId, policy, against],
    queryFn: ({ signal }) => draftEffect(scenarioId, { policy, against }, signal),
    enabled: runs,
  });
  const isShort = !quick.isPlaceholderData && quick.data !== undefined && quick.data.decided < quick.data.touched;
  const full = useQuery({
    gcTime: 60_000,
    queryKey: ['policy-effect-full', scenarioId, policy, against],
    queryFn: ({ signal }) => draftEffect(scenarioId, { policy, against, withinMs: FULL_EFFECT_MS }, signal),
    enabled: runs && isShort,
  });
  return {
    data: full.data ?? quick.data,
    error: quick.error ?? full.error,
    isFetching: quick.isFetching || full.isFetching,
  };
}

export const useTriedOrder = (scenarioId: string, orderId: string, policy: Policy) =>
  useQuery({
    queryKey: ['tried-order', scenarioId, orderId, policy],
    queryFn: ({ signal }) => planOneOrder(scenarioId, orderId, policy, signal),
    gcTime: 60_000,
    retry: false,
  });

/** All stored policies, by id. */
export const usePolicies = () =>
  useQuery({ queryKey: ['policies'], queryFn: async ({ signal }) => (await fetchPolicies(signal)).policies });

/** The published version of a stored policy, or its latest where that will do; null where there is none. */
export const useStoredPolicy = (policyId: string | null, orLatest: boolean) =>
  useQuery({
    queryKey: ['policy-published', policyId, orLatest],
    queryFn: async ({ signal }) => {
      const { policies } = await fetchPolicies(signal);
      const stored = policies.find((one) => one.policyId === policyId);
      const version = stored?.publishedVersion ?? (orLatest ? stored?.latestVersion : undefined);
      return version === undefined ? null : (await fetchPolicyVersion(policyId!, version, signal)).policy;
    },
    enabled: policyId !== null,
  });

/** The versions of a policy, newest first; none where it was never saved. */
export const usePolicyVersions = (policyId: string) =>
  useQuery({
    queryKey: ['policy-versions', policyId],
    queryFn: async ({ signal }) => {
      const { policies } = await fetchPolicies(signal);
      if (!policies.some((one) => one.policyId === policyId)) return [];
      return (await fetchPolicyVersions(policyId, signal)).versions;
    },
  });

export const usePolicyVersion = (policyId: string, version: number | null) =>
  useQuery({
    queryKey: ['policy-version', policyId, version],
    queryFn: ({ signal }) => fetchPolicyVersion(policyId, version!, signal),
    enabled: version !== null,
  });

export const usePolicyDiff = (policyId: string, from: number | null, to: number | null) =>
  useQuery({
    queryKey: ['policy-diff', policyId, from, to],
    queryFn: ({ signal }) => fetchPolicyDiff(policyId, from!, to!, signal),
    enabled: from !== null && to !== null,
  });

/** Saving, moving and rolling back; each makes what is shown of versions stale. */
export function usePolicyActions(policyId: string) {
  const client = useQueryClient();
  const onSuccess = async (): Promise<void> => {
    const keys = ['policy-versions', 'policy-version', 'policy-diff', 'policy-published'];
    await Promise.all([
      client.invalidateQueries({ queryKey: ['policies'] }),
      ...keys.map((key) => client.invalidateQueries({ queryKey: [key, policyId] })),
    ]);
  };
  return {
    save: useMutation({ mutationFn: (body: SavePolicy) => savePolicy(policyId, body), onSuccess }),
    move: useMutation({
      mutationFn: ({ version, ...body }: MovePolicy & { readonly version: number }) =>
        movePolicy(policyId, version, body),
      onSuccess,
    }),
    rollBack: useMutation({ mutationFn: (body: RollBackPolicy) => rollBackPolicy(policyId, body), onSuccess }),
  };
}

export interface RuleCosts {
  /** By rule: the policy with it against the policy without it. */
  readonly byRule: ReadonlyMap<string, EffectReport>;
  /** Rules done, of all; null when nothing is under way. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly error: unknown;
  readonly work: () => void;
  readonly stop: () => void;
}

/** What each rule costs, one after another, until it is stopped. Results of another draft are forgotten. */
export function useRuleCosts(scenarioId: string, policy: Policy): RuleCosts {
  const [state, setState] = useState<Omit<RuleCosts, 'work' | 'stop'> & { readonly of: Policy }>(() => fresh(policy));
  const abort = useRef<AbortController | null>(null);
  const stop = useCallback(() => {
    abort.current?.abort();
    setState((before) => ({ ...before, progress: null }));
  }, []);
  useEffect(() => () => abort.current?.abort(), [policy]);
  const work = useCallback(() => {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    void costRules(scenarioId, policy, own.signal, (next) => !own.signal.aborted && setState({ ...next, of: policy }));
  }, [scenarioId, policy]);
  const own = state.of === policy ? state : fresh(policy);
  return { byRule: own.byRule, progress: own.progress, error: own.error, work, stop };
}

function fresh(policy: Policy): Omit<RuleCosts, 'work' | 'stop'> & { readonly of: Policy } {
  return { byRule: new Map(), progress: null, error: null, of: policy };
}

async function costRules(
  scenarioId: string,
  policy: Policy,
  signal: AbortSignal,
  tell: (state: Omit<RuleCosts, 'work' | 'stop'>) => void,
): Promise<void> {
  const rules = (policy.rules ?? []).filter(({ enabled }) => enabled !== false);
  const byRule = new Map<string, EffectReport>();
  try {
    for (const [done, { name }] of rules.entries()) {
      tell({ byRule: new Map(byRule), progress: { done, total: rules.length }, error: null });
      const without = { ...policy, rules: (policy.rules ?? []).filter((rule) => rule.name !== name) };
      const question = { policy, against: without, withinMs: RULE_COST_MS, changes: 0 };
      byRule.set(name, await draftEffect(scenarioId, question, signal));
    }
    tell({ byRule, progress: null, error: null });
  } catch (error) {
    tell({ byRule, progress: null, error });
  }
}
