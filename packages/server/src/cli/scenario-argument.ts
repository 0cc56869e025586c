// Decides how a command gets its scenario and policy: loaded from a path, with a strategy and limits put in from the call.
import {
  DEFAULT_LIMITS,
  type Limits,
  type Policy,
  type Scenario,
  STRATEGIES,
  type Strategy,
} from '@sourcewright/engine';
import { MAX_DEADLINE_MS } from '../contract/index.ts';
import { loadScenarioFolder } from '../scenario-files/load-scenario-folder.ts';
import { CommandFailure } from './failure.ts';

export async function loadScenario(path: string): Promise<Scenario> {
  const loaded = await loadScenarioFolder(path);
  if (loaded.ok) return loaded.value;
  const count = loaded.error.length;
  throw new CommandFailure(`${path} cannot be used: ${count} issue${count === 1 ? '' : 's'}.`, loaded.error);
}

export function strategyFrom(name: string): Strategy {
  const strategy = STRATEGIES.find((known) => known === name);
  if (!strategy) throw new CommandFailure(`There is no strategy "${name}". Use one of: ${STRATEGIES.join(', ')}.`);
  return strategy;
}

export function policyWith(policy: Policy, strategy: string | undefined): Policy {
  return strategy === undefined ? policy : { ...policy, strategy: strategyFrom(strategy) };
}

export function limitsFrom(orderWork: string | undefined): Limits {
  if (orderWork === undefined) return DEFAULT_LIMITS;
  const work = Number(orderWork);
  if (!Number.isSafeInteger(work) || work < 1) {
    throw new CommandFailure(`--order-work takes a whole number of at least 1, not "${orderWork}".`);
  }
  return { ...DEFAULT_LIMITS, orderWork: work };
}

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m)$/;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** `250ms`, `2s`, `1.5m`. */
export function durationMs(option: string, text: string): number {
  const [, count, unit] = DURATION.exec(text) ?? [];
  const ms = Math.round(Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN));
  if (!(ms >= 1 && ms <= MAX_DEADLINE_MS)) {
    const most = `${MAX_DEADLINE_MS / 60_000}m`;
    throw new CommandFailure(`${option} takes a time such as 250ms, 2s or 1.5m, at most ${most}, not "${text}".`);
  }
  return ms;
}
