import { describe, expect, it } from 'vitest';
import { CHANGE_KINDS, REJECTION_CODES, SPLIT_CAUSES } from '../model/explanation.ts';
import { UNSOURCED_REASONS } from '../model/plan.ts';
import { CHANGES, KEPT, PACKINGS, REJECTIONS, say, SPLIT_PARTS, SPLITS, UNSOURCED } from './reasons.ts';

describe('the list of reasons', () => {
  it('has each code of the model once, with evidence, and ends its sentences', () => {
    const lists = [
      [REJECTIONS, REJECTION_CODES],
      [UNSOURCED, UNSOURCED_REASONS],
      [SPLITS, SPLIT_CAUSES],
      [SPLIT_PARTS, ['cheaper-apart', 'dearer-apart', 'else-unsourced', 'else-unsourced-for-nothing', 'needed']],
      [CHANGES, CHANGE_KINDS],
      [PACKINGS, ['packed', 'charged-otherwise', 'unmeasured']],
      [KEPT, ['cover', 'last', 'none-left', 'run-out']],
    ] as const;
    for (const [list, codes] of lists) {
      expect(Object.keys(list).sort()).toEqual([...codes].sort());
      for (const { template, evidence } of Object.values(list)) {
        expect(evidence.length, template).toBeGreaterThan(0);
        expect(template).toMatch(/(\.|\{because\}|\{margin\})$/);
      }
    }
  });

  it('does not say a sentence that lacks a value', () => {
    expect(say(REJECTIONS['not-enough-stock'], { node: 'York', available: 1, wanted: 3, held: '' })).toBe(
      'York has 1 of the 3 units wanted.',
    );
    expect(() => say(REJECTIONS['not-enough-stock'], { node: 'York', wanted: 3 })).toThrow('lacks its available');
  });
});
