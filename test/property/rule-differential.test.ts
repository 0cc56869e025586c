// Three ways to ask rules must agree on thousands of random rules. RULE_RUNS sets how many cases.
import { describe, expect, it } from 'vitest';
import { askInterpreter, askProgram, askReference, drawCase } from './rule-differential.ts';

const RUNS = Number(process.env['RULE_RUNS'] ?? 20_000);

describe('rules', () => {
  it(`mean what json-rules-engine makes of them, in ${RUNS} random cases`, { timeout: 600_000 }, async () => {
    let held = 0;
    let asked = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const drawn = drawCase(seed);
      const expected = await askReference(drawn);
      const interpreted = askInterpreter(drawn);
      if (JSON.stringify(interpreted) !== JSON.stringify(expected))
        expect(interpreted, `seed ${seed}`).toEqual(expected);
      const program = askProgram(drawn);
      if (program.join() !== expected.holds.join()) expect(program, `seed ${seed}`).toEqual(expected.holds);
      asked += program.length;
      held += program.filter(Boolean).length;
    }
    // The mix must say something: of both answers many.
    expect(Math.min(held, asked - held)).toBeGreaterThan(asked / 5);
  });
});
