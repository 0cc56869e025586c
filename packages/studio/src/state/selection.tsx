// Decides what is looked at: dataset, run and baseline, from the address, or a sensible first choice where it names none.
import type { Run, ScenarioSummary } from '@sourcewright/server/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useRuns, useScenarios } from './queries.ts';
import { type Query, usePlace } from './url-state.ts';

export interface Selection {
  readonly scenarios: readonly ScenarioSummary[];
  readonly scenario: ScenarioSummary | null;
  /** Runs of the scenario, newest first. */
  readonly runs: readonly Run[];
  readonly run: Run | null;
  /** Null when there is no other finished run. */
  readonly baseline: Run | null;
  readonly loading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

const SelectionContext = createContext<Selection | null>(null);

export function SelectionProvider({ children }: { readonly children: ReactNode }) {
  const { query } = usePlace();
  const scenarios = useScenarios();
  const scenarioList = scenarios.data?.scenarios;
  const scenario = scenarioList?.find((one) => one.scenarioId === query.dataset) ?? largest(scenarioList ?? []);
  const runs = useRuns(scenario?.scenarioId ?? null);
  const runList = runs.data?.runs;
  const value = useMemo<Selection>(() => {
    const chosen = chooseRuns(runList ?? [], query);
    return {
      scenarios: scenarioList ?? [],
      scenario,
      runs: runList ?? [],
      ...chosen,
      loading: scenarios.isPending || (scenario !== null && runs.isPending),
      error: scenarios.error ?? runs.error,
      retry: () => void (scenarios.error ? scenarios.refetch() : runs.refetch()),
    };
  }, [scenarioList, scenario, runList, query, scenarios, runs]);
  return <SelectionContext value={value}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error('useSelection needs a SelectionProvider above it.');
  return selection;
}

/** What is shown where the address names no dataset: the one with the most orders. */
function largest(scenarios: readonly ScenarioSummary[]): ScenarioSummary | null {
  return scenarios.reduce<ScenarioSummary | null>(
    (best, one) => (best && best.orders >= one.orders ? best : one),
    null,
  );
}

/** The strategies shown first where the address names no run: the best plans there are. */
const FAVOURITES = ['optimal', 'fcfs-exact'];

/** The named runs where they are done; else the newest optimal, or exact, run against the newest run by nearest node under the same policy. */
export function chooseRuns(runs: readonly Run[], query: Query): { run: Run | null; baseline: Run | null } {
  const done = runs.filter((run) => run.status === 'done');
  const named = (runId: string | undefined): Run | undefined => done.find((run) => run.runId === runId);
  const best = FAVOURITES.flatMap((strategy) => done.filter((run) => run.strategy === strategy));
  const paired = best.find((run) => done.some((other) => other.strategy === 'nearest' && samePolicy(run, other)));
  const run = named(query.run) ?? paired ?? best[0] ?? done[0] ?? null;
  const others = done.filter((other) => other !== run);
  const alike = others.filter((other) => run !== null && samePolicy(run, other));
  const nearest = alike.find((other) => other.strategy === 'nearest');
  const baseline = named(query.base) ?? nearest ?? alike[0] ?? others[0] ?? null;
  return { run, baseline: baseline === run ? null : baseline };
}

/** Whether two runs were charged by the same policy: only then is a difference in cost a saving. */
export function samePolicy(a: Run, b: Run): boolean {
  const [one, two] = [a.policy, b.policy];
  return one.policyId === two.policyId && one.version === two.version && one.name === two.name;
}
