// Decides how costs by term stand side by side in a terminal: what rounds to nothing on both sides is left out, and the difference
// is that of the rounded columns, so that each row can be checked by eye.
import { COST_TERMS, type CostBreakdown, TERM_LABELS, termMicros } from '@sourcewright/engine';
import { amount, cents, money, signedMoney } from './figures.ts';
import { renderTable } from './table.ts';
import type { Branch } from './tree.ts';

export interface CostColumn {
  readonly title: string;
  readonly cost: CostBreakdown;
}

/**
 * Rows of a table of one or two columns. With two, the difference is that of the rounded columns; where the second stands for the
 * margin that sentences name, the difference is the rounded margin, and the column is what they add up to.
 */
export function costRows(first: CostColumn, second?: CostColumn & { readonly byMargin?: boolean }): Branch[] {
  const shown = (of: (cost: CostBreakdown) => number): Shown => {
    const [from, to] = [of(first.cost), second ? of(second.cost) : 0];
    if (!second) return { cells: [amount(from)], isNothing: cents(from) === 0 };
    const apart = second.byMargin ? cents(to - from) : cents(to) - cents(from);
    const sum = cents(from) + apart;
    return {
      cells: [amount(from), sum === 0 ? amount(to === 0 ? 0 : TINY) : money(sum * CENT), signedMoney(apart * CENT)],
      isNothing: cents(from) === 0 && sum === 0,
    };
  };
  const terms = COST_TERMS.flatMap((term) => {
    const { cells, isNothing } = shown((cost) => termMicros(cost, term));
    return isNothing ? [] : [[TERM_LABELS[term], ...cells]];
  });
  const total = ['Total', ...shown(({ totalMicros }) => totalMicros).cells];
  const titles = second ? [first.title, second.title, 'difference'] : [first.title];
  const columns = [{ title: 'Cost' }, ...titles.map((title) => ({ title, align: 'right' as const }))];
  return renderTable(columns, [...terms, total])
    .split('\n')
    .map((text) => ({ text }));
}

interface Shown {
  readonly cells: readonly string[];
  readonly isNothing: boolean;
}

const CENT = 10_000;
/** Any amount that rounds to nothing. */
const TINY = 1;
