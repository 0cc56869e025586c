// The registry of problems, its page and the routes hold together, both ways.
import { readFileSync } from 'node:fs';
import {
  COMMON_PROBLEMS,
  PROBLEMS,
  type ProblemName,
  problemType,
  type Route,
  routes,
} from '@sourcewright/server/contract';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/reference/problems.md', import.meta.url), 'utf8');
const names = Object.keys(PROBLEMS) as ProblemName[];

it('the page has a section for every problem and no other, in the order of the registry', () => {
  const sections = [...page.matchAll(/^## (.+)$/gm)].map((match) => match[1]!);
  expect(sections).toEqual(names);
});

it.each(names)('the section of %s says type, status and title, and what to do', (name) => {
  const section = page.split(`\n## ${name}\n`)[1]!.split('\n## ')[0]!;
  const { status, title } = PROBLEMS[name];
  expect(section).toContain(`\`${problemType(name)}\``);
  expect(section).toContain(`| ${status} | ${title} |`);
  expect(
    section
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('|'))
      .join(' ').length,
  ).toBeGreaterThan(60);
});

it('every problem is met somewhere, and types are stable addresses', () => {
  const general: readonly ProblemName[] = [
    ...COMMON_PROBLEMS,
    'unknown-route',
    'method-not-allowed',
    'malformed-request',
  ];
  const met = new Set([...general, ...Object.values<Route>(routes).flatMap((route) => route.problems)]);
  expect([...met].sort()).toEqual([...names].sort());
  for (const name of names) expect(problemType(name)).toBe(`https://sourcewright.dev/problems/${name}`);
});
