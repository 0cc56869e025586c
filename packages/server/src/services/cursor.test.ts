// A cursor comes back as the place it stands for, for its own question only.
import { assert, jsonValue, nat, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { nextCursor, readCursor } from './cursor.ts';

it('leads to the next page, and nowhere after the last', () => {
  assert(
    property(nat(1_000_000), jsonValue(), (end, question) => {
      expect(readCursor(nextCursor(end, end + 1, question)!, question)).toBe(end);
      expect(nextCursor(end, end, question)).toBeNull();
      expect(readCursor(nextCursor(end, end + 1, question)!, [question])).toBeUndefined();
    }),
    { seed: 31, numRuns: 1000 },
  );
});

it('is refused when it is not one', () => {
  assert(
    property(string(), (text) => {
      expect(readCursor(text, 'question')).toBeUndefined();
    }),
    { seed: 31, numRuns: 1000 },
  );
});
