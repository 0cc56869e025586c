import { describe, expect, it } from 'vitest';
import { nothingFound } from './flips.tsx';

const NOT = { splitRules: false, lineIds: ['1'], nothingTried: true, sentence: '' };

describe('where no change flips it', () => {
  it('is said whether none was tried, some were left out, or all were tried', () => {
    expect(nothingFound(NOT)).toBe('No change was tried yet.');
    expect(nothingFound({ ...NOT, nothingTried: false })).toBe('None of the changes that were tried flips it.');
    expect(nothingFound(undefined, 'this line')).toMatch(/^No single change that is tried here flips this line: /);
  });
});
