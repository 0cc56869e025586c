// Decides how long it takes to say what can be promised to a cart of the demo week when the network is at hand: sent by any service, and
// with the nodes where it could be collected.
import { fileURLToPath } from 'node:url';
import { createPromiser, DEFAULT_LIMITS, type PromiseOptions } from '@sourcewright/engine';
import { loadScenarioFolder } from '../packages/server/src/scenario-files/load-scenario-folder.ts';
import { type Bench, type BenchCase, median, quantile } from './harness.ts';

const FOLDER = fileURLToPath(new URL('../scenarios/uk-gifts', import.meta.url));
/** The week is wholesale; shoppers have fewer lines. */
const CART_LINES = 20;
const TARGET_MS = 10;

export const promiseBench: Bench = {
  bench: 'promises',
  cases: [
    promiseCase('product', 'one line', 1, { maxNodes: 0 }),
    promiseCase('delivery', `at most ${CART_LINES} lines`, CART_LINES, { maxNodes: 0 }),
    promiseCase(
      'with-collection',
      `at most ${CART_LINES} lines, and the ten nearest nodes to collect at`,
      CART_LINES,
      {},
    ),
  ],
};

function promiseCase(row: string, about: string, most: number, options: PromiseOptions): BenchCase {
  return {
    row,
    about: `${about}: carts of the demo week, warm`,
    run: async () => {
      const loaded = await loadScenarioFolder(FOLDER);
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
      const { snapshot, policy, orders } = loaded.value;
      const promiser = createPromiser(snapshot, policy, DEFAULT_LIMITS);
      if (!promiser.ok) throw new Error(JSON.stringify(promiser.error));
      const carts = orders
        .map(({ fulfilment: _fulfilment, collectAt: _node, ...cart }) => ({
          ...cart,
          lines: cart.lines.slice(0, most),
        }))
        .filter((_, index) => most === 1 || orders[index]!.lines.length <= most);
      for (const cart of carts.slice(0, 100)) await promiser.value.promise(cart, options);
      const times: number[] = [];
      for (const cart of carts) {
        const began = performance.now();
        await promiser.value.promise(cart, options);
        times.push(performance.now() - began);
      }
      const none = { rival: '-', rivalValue: null, target: '', met: null };
      const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000;
      const middle = median(times);
      return [
        { metric: 'median', value: middle, unit: 'ms', ...none, target: `<= ${TARGET_MS}`, met: middle <= TARGET_MS },
        { metric: 'nine tenths within', value: quantile(times, 0.9), unit: 'ms', ...none },
        { metric: 'slowest', value: quantile(times, 1), unit: 'ms', ...none },
        { metric: 'carts a second', value: times.length / seconds, unit: '1/s', ...none },
      ];
    },
  };
}
