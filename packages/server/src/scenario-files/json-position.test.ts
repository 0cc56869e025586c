import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonErrorPosition } from './json-position.ts';

test.each([
  ['', 1, 1],
  ['  ', 1, 3],
  ['{', 1, 2],
  ['[1,]', 1, 4],
  ['{"a":1,}', 1, 8],
  ['{"a" 1}', 1, 6],
  ['[1 2]', 1, 4],
  ['[1]]', 1, 4],
  ['{"a":tru}', 1, 6],
  ['[01]', 1, 3],
  ['[1.]', 1, 3],
  ['["a\nb"]', 1, 2],
  ['["\\x"]', 1, 2],
  ['[\n  "a",\n  b\n]', 3, 3],
  ['{"a":1}\n{"b":2}', 2, 1],
  ['NaN', 1, 1],
  ["{'a':1}", 1, 2],
])('%j breaks at line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(jsonErrorPosition(text)).toEqual({ line, column });
});

test('agrees with JSON.parse on what is JSON: documents, and documents with one character changed', () => {
  const accepted = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', ',', ']', '}', '[', '0', 'e', '\\', '\n', '-'),
      (json, at, put) => {
        expect(jsonErrorPosition(json)).toBeUndefined();
        const place = at % (json.length + 1);
        const changed = json.slice(0, place) + put + json.slice(place + 1);
        expect(jsonErrorPosition(changed) === undefined).toBe(accepted(changed));
      },
    ),
    { seed: 21, numRuns: 2000 },
  );
});

test('deep nesting is walked, not recursed into', () => {
  expect(jsonErrorPosition(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toBeUndefined();
  expect(jsonErrorPosition('['.repeat(500_000))).toEqual({ line: 1, column: 500_001 });
});
