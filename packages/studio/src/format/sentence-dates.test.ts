import { describe, expect, it } from 'vitest';
import { datesInWords, sentencesInWords } from './sentence-dates.ts';

describe('dates in sentences', () => {
  it('read as on the rest of the page', () => {
    expect(datesInWords('A ships on 2011-11-16, delivered 2011-11-18, in time.')).toBe(
      'A ships on Wed 16 Nov, delivered Fri 18 Nov, in time.',
    );
  });

  it('are left alone where they are no days, or part of something else', () => {
    for (const text of ['2011-13-45', 'sku 12011-11-161', 'X2011-11-16']) expect(datesInWords(text)).toBe(text);
  });

  it('are put in words in sentences, not in data', () => {
    const choice = { nodeId: '2011-11-16', shipOn: '2011-11-16' };
    const of = {
      summary: ['on 2011-11-16'],
      lines: [{ sentence: '2011-11-16.', chosen: [choice], runnerUp: null, unsourced: { sentence: 'by 2011-11-16' } }],
      changes: [{ id: '2011-11-16', before: null, after: 'until 2011-11-16' }],
    };
    expect(sentencesInWords(of)).toEqual({
      summary: ['on Wed 16 Nov'],
      lines: [{ sentence: 'Wed 16 Nov.', chosen: [choice], runnerUp: null, unsourced: { sentence: 'by Wed 16 Nov' } }],
      changes: [{ id: '2011-11-16', before: null, after: 'until Wed 16 Nov' }],
    });
  });
});
