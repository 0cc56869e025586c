// Decides the command `promise`: what a cart, or an order of a scenario, could be promised.
import { existsSync } from 'node:fs';
import {
  createPromiser,
  DEFAULT_LIMITS,
  fail,
  type Order,
  parseCart,
  type Result,
  type Issue,
  type Scenario,
  succeed,
} from '@sourcewright/engine';
import {
  DEFAULT_PROMISE_NODES,
  DEFAULT_PROMISE_OPTIONS,
  MAX_PROMISE_NODES,
  MAX_PROMISE_OPTIONS,
} from '../../contract/index.ts';
import { CommandFailure } from '../failure.ts';
import { readJsonArgument } from '../json-argument.ts';
import { renderPromise } from '../promise-tables.ts';
import { loadScenario } from '../scenario-argument.ts';
import { readPolicyArgument } from './import-policy.ts';

export interface PromiseOptions {
  readonly order: string;
  readonly at?: string;
  readonly services?: string[];
  readonly policy?: string;
  readonly options?: string;
  readonly near?: string;
  readonly json?: boolean;
}

export async function promiseCommand(path: string, options: PromiseOptions): Promise<string> {
  const maxOptions = wholeNumber('--options', options.options, MAX_PROMISE_OPTIONS) ?? DEFAULT_PROMISE_OPTIONS;
  const maxNodes = wholeNumber('--near', options.near, MAX_PROMISE_NODES) ?? DEFAULT_PROMISE_NODES;
  const scenario = await loadScenario(path);
  const policy = options.policy === undefined ? scenario.policy : await readPolicyArgument(options.policy);
  const order = await orderFrom(scenario, options);
  if (!order.ok) throw new CommandFailure(`${options.order} cannot be promised anything.`, order.error);
  const promiser = createPromiser(scenario.snapshot, policy, DEFAULT_LIMITS);
  if (!promiser.ok) throw new CommandFailure('The policy cannot be used.', promiser.error);
  const promise = await promiser.value.promise(order.value, { maxOptions, maxNodes });
  return options.json ? JSON.stringify(promise, null, 2) : renderPromise(scenario, order.value, promise);
}

/** An order of the scenario, or a cart in a file; as if it were placed when and with what the call says. */
async function orderFrom(
  scenario: Scenario,
  { order: named, at, services }: PromiseOptions,
): Promise<Result<Order, readonly Issue[]>> {
  const over = { ...(at !== undefined && { placedAt: at }), ...(services && { services }) };
  const known = scenario.orders.find(({ orderId }) => orderId === named);
  if (known) {
    // Already checked, and longer than carts may be: only what the call puts in is checked, on its first line.
    const checked = parseCart({ ...known, ...over, lines: known.lines.slice(0, 1) }, scenario.snapshot);
    return checked.ok ? succeed({ ...known, ...over }) : fail(checked.error);
  }
  if (!existsSync(named)) {
    const examples = scenario.orders
      .slice(0, 3)
      .map(({ orderId }) => orderId)
      .join(', ');
    throw new CommandFailure(
      `--order takes a file or an order of the scenario, such as ${examples}; "${named}" is neither.`,
    );
  }
  const cart = await readJsonArgument(named);
  return parseCart(
    typeof cart === 'object' && cart !== null && !Array.isArray(cart) ? { ...cart, ...over } : cart,
    scenario.snapshot,
  );
}

function wholeNumber(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= most) return value;
  throw new CommandFailure(`${option} takes a whole number from 0 to ${most}, not "${text}".`);
}
