// The page of the HTTP API lists exactly the routes there are, and its figures are those of the server.
import { readFileSync } from 'node:fs';
import { MAX_CART_LINES } from '@sourcewright/engine';
import { readConfig } from '@sourcewright/server';
import {
  BODY_MAX_BYTES,
  DEFAULT_DEADLINE_MS,
  MAX_DEADLINE_MS,
  MAX_EXPLAINED_ORDERS,
  MAX_PAGE,
  DEFAULT_PROMISE_NODES,
  DEFAULT_PROMISE_OPTIONS,
  MAX_PROMISE_NODES,
  MAX_PROMISE_OPTIONS,
  ORDER_FILTERS,
  ORDER_SORTS,
  type Route,
  routes,
  SCENARIO_MAX_BYTES,
} from '@sourcewright/server/contract';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/reference/http-api.md', import.meta.url), 'utf8');

it('has a row for every route and no other', () => {
  const rows = [...page.matchAll(/^\| ((?:GET|POST|DELETE) \| .*) \|$/gm)].map((match) => match[1]!);
  const expected = Object.values<Route>(routes).map(({ method, path, query, answer, summary }) => {
    const names = Object.keys(query?.shape ?? {}).map((name) => `\`${name}\``);
    return `${method.toUpperCase()} | \`${path}\` | ${names.join(' ')} | ${answer.status} | ${summary}`;
  });
  expect(rows).toEqual(expected);
});

it('states the limits that hold', () => {
  const figure = (value: number): string => value.toLocaleString('en-GB');
  const config = readConfig({}, {});
  if (!config.ok) throw new Error('The defaults are valid.');
  expect(page).toContain(
    `${SCENARIO_MAX_BYTES / 2 ** 20} MiB for a scenario, ${BODY_MAX_BYTES / 2 ** 20} MiB elsewhere`,
  );
  expect(page).toContain(`\`limit\` up to ${MAX_PAGE}`);
  expect(page).toContain(`(${figure(DEFAULT_DEADLINE_MS)} where it is left out, at most ${figure(MAX_DEADLINE_MS)})`);
  expect(page).toContain(`at most ${MAX_EXPLAINED_ORDERS}.`);
  expect(page).toContain(`${figure(config.value.requestsPerMinute)} requests a minute`);
  expect(page).toContain(`at most ${MAX_CART_LINES} lines`);
  expect(page).toContain(`${DEFAULT_PROMISE_OPTIONS} where left out, at most ${MAX_PROMISE_OPTIONS})`);
  expect(page).toContain(`${DEFAULT_PROMISE_NODES} where left out, at most ${MAX_PROMISE_NODES})`);
  for (const value of [...ORDER_FILTERS, ...ORDER_SORTS]) expect(page).toContain(`\`${value}\``);
});
