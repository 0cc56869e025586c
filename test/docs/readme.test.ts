// The figures of the README: its table is there, whole, and the optimising strategies' columns are what runs give now.
import { readFileSync } from 'node:fs';
import { COST_TERMS, TERM_LABELS } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../scripts/docs/blocks.ts';
import { compareTable } from '../../scripts/docs/compare-table.ts';
import { readPage } from '../../scripts/docs/pages.ts';
import { COMPARE_BLOCK } from '../../scripts/docs/reference.ts';

/** By row label, the cells by column title. */
function tableOf(markdown: string): Map<string, Map<string, string>> {
  const rows = markdown.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [titles = [], , ...body] = rows;
  return new Map(body.map(([label, ...cells]) => [label!, new Map(cells.map((cell, i) => [titles[i + 1]!, cell]))]));
}

describe('the table of the README', () => {
  const block = blocksOf(readPage('README.md')).find(({ name }) => name === COMPARE_BLOCK)!;
  const shown = tableOf(block.text);

  it('has a column for every strategy that the scenario compares, and no times', () => {
    const { compare } = JSON.parse(readFileSync('scenarios/uk-gifts/scenario.json', 'utf8')) as { compare: string[] };
    expect([...shown.get('Total, GBP')!.keys()]).toEqual(compare);
    expect(shown.has('time')).toBe(false);
  });

  it('shows terms that add up to the cost, but for their rounding', () => {
    for (const [strategy, cost] of shown.get('Total, GBP an order')!) {
      const terms = COST_TERMS.map((term) => Number(shown.get(`${TERM_LABELS[term]}, GBP an order`)!.get(strategy)));
      const sum = terms.reduce((total, amount) => total + amount, 0);
      expect(Math.abs(sum - Number(cost))).toBeLessThan(0.005 * (COST_TERMS.length + 1) + 1e-9);
    }
  });

  it('agrees with real runs of optimal and fcfs-exact: else run `npm run readme`', () => {
    const real = tableOf(compareTable('scenarios/uk-gifts', 'optimal', 'fcfs-exact'));
    expect([...shown.keys()]).toEqual([...real.keys()]);
    for (const [label, cells] of real) {
      for (const strategy of ['optimal', 'fcfs-exact'])
        expect([label, shown.get(label)!.get(strategy)]).toEqual([label, cells.get(strategy)]);
    }
  });
});
