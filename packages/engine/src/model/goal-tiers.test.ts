import { describe, expect, it } from 'vitest';
import { goalTiersSchema } from './goal-tiers.ts';

const fill = { name: 'fill', terms: { unsourced: 1 } };

function problemsOf(tiers: unknown): string[] {
  const parsed = goalTiersSchema.safeParse(tiers);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);
}

describe('goalTiersSchema', () => {
  it('takes one to five tiers with weights, tolerances and terms that are named once', () => {
    expect(problemsOf([fill])).toEqual([]);
    expect(
      problemsOf([
        { ...fill, tolerancePercent: 2.5, toleranceMicros: 10 },
        { name: 'rest', terms: {} },
      ]),
    ).toEqual([]);
    expect(problemsOf([{ name: 'all', terms: { shipping: 0.25 } }])).toEqual([]);
  });

  it('refuses no tier, six tiers and names that are there twice', () => {
    expect(problemsOf([])).toHaveLength(1);
    const six = Array.from({ length: 6 }, (_, at) => ({ name: `t${at}`, terms: at === 0 ? { unsourced: 1 } : {} }));
    expect(problemsOf(six)).toHaveLength(1);
    expect(problemsOf([fill, { name: 'fill', terms: {} }])).toEqual(['1/name: Give every tier its own name.']);
  });

  it('refuses a term in two tiers, one that is not a term, and a weight below 0, too fine or too large', () => {
    expect(problemsOf([fill, { name: 'again', terms: { unsourced: 2 } }])).toEqual([
      '1/terms/unsourced: The term is in a tier above already. Keep it in one tier.',
    ]);
    expect(problemsOf([{ name: 'odd', terms: { colour: 1, unsourced: 1 } }])).toHaveLength(1);
    for (const weight of [-1, 0.0001, 1001]) {
      expect(problemsOf([{ name: 'odd', terms: { shipping: weight, unsourced: 1 } }])).toHaveLength(1);
    }
  });

  it('refuses goals that are best met by sending nothing', () => {
    const fast = { name: 'fast', terms: { lateness: 1 } };
    const message = 'Give unsourced a weight above 0 in the first tier, or the best plan would send nothing.';
    expect(problemsOf([fast, fill])).toEqual([`0/terms/unsourced: ${message}`]);
    expect(problemsOf([{ name: 'all', terms: { unsourced: 0 } }])).toEqual([`0/terms/unsourced: ${message}`]);
    expect(problemsOf([fast])).toEqual([]);
  });
});
