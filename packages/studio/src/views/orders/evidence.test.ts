import { catalogue, type Evidence } from '@sourcewright/engine';
import { expect, it } from 'vitest';
import { createWords } from '../policies/fact-words.ts';
import { foundText } from './evidence.tsx';

const WORDS = createWords(catalogue(), 'GBP');
const found = (some: Partial<Evidence>): Evidence => ({
  fact: 'item.weightGrams',
  operator: 'greaterThan',
  expected: 2000,
  actual: 3000,
  holds: true,
  ...some,
});

it.each([
  [found({}), 'the item’s weight is more than 2 kg: yes, 3 kg'],
  [found({ actual: 500, holds: false }), 'the item’s weight is more than 2 kg: no, 500 g'],
  [
    found({ fact: 'node.type', operator: 'equal', expected: 'store', actual: 'store' }),
    'the node’s type is store: yes, store',
  ],
  [
    found({ fact: 'order.collectAt', operator: 'equal', expected: 'N', actual: undefined, holds: false }),
    'the order’s collecting node is “N”: no, there is none',
  ],
  [
    found({ fact: 'order.tags', operator: 'contains', expected: 'gift', actual: [], holds: false }),
    'the order’s tags contain “gift”: no, nothing',
  ],
  [found({ fact: 'item.oversize', operator: 'equal', expected: true, actual: true }), 'the item is oversize: yes'],
])('%j reads as a sentence', (evidence, text) => {
  expect(foundText(evidence, WORDS)).toBe(text);
});

it('reads by the names of facts while their words are on their way', () => {
  expect(foundText(found({}), null)).toBe('item.weightGrams greaterThan 2000: yes, 3000');
});
