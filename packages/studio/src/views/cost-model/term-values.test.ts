import { COST_MODEL, COST_TERMS, type Policy } from '@sourcewright/engine';
import { describe, expect, it } from 'vitest';
import { plainFormula, termHere } from './term-values.ts';

const POLICY = {
  goals: {
    splitMicros: 2_000_000,
    latenessPerDayMicros: 3_000_000,
    unsourced: { perUnitMicros: 1_000_000, valuePercent: 60 },
  },
  rules: [
    { name: 'off', enabled: false, event: { type: 'penalise', params: { perLineMicros: 1, because: '' } } },
    { name: 'keep', event: { type: 'penalise', params: { perLineMicros: 500_000, because: '' } } },
    { name: 'never', event: { type: 'exclude', params: { because: '' } } },
  ],
} as unknown as Policy;

describe('a term of the cost', () => {
  it('has the amounts of this policy', () => {
    expect(termHere('split', POLICY, 'GBP')).toEqual(['£2.00 for each further shipment']);
    expect(termHere('speed', POLICY, 'GBP')).toEqual(['Nothing: in time is soon enough']);
    expect(termHere('unsourced', POLICY, 'GBP')[0]).toBe('£1.00 a unit and 60\u00a0% of its price');
    expect(termHere('preference', POLICY, 'GBP')).toEqual(['£0.50 a line: “keep”']);
    for (const term of COST_TERMS) expect(termHere(term, POLICY, 'GBP').length).toBeGreaterThan(0);
  });

  it('has a formula without names of fields, links and code marks', () => {
    for (const { per, formula } of COST_MODEL) {
      for (const text of [per, formula]) expect(plainFormula(text)).not.toMatch(/[a-z][A-Z]|Micros|`|\]\(/);
    }
  });
});
