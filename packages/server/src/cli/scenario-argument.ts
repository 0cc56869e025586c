// Decides how a command gets its scenario and policy: loaded from a path, with a strategy and limits put in from the call.
import {
  DEFAULT_LIMITS,
  type Limits,
  type Policy,
  type Scenario,
  STRATEGIES,
  type Strategy,
} from '@sourcewright/engine';
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
