import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { type Bracket, nextStep, noteFlip, noteStay } from './bracket.ts';
import type { Probe } from './probe.ts';

const CENT = 10_000;
const probe = (over: Partial<Probe> = {}): Probe => ({
  at: (step) => ({ kind: 'handling', from: 0, to: step }),
  most: 1000,
  stepShare: 1,
  ...over,
});

/** Steps tried until the first that flips is known, and that step. */
function search(of: Probe, planMicros: (step: number) => number, otherMicros: (step: number) => number) {
  const flips = (step: number): boolean => otherMicros(step) < planMicros(step);
  const bracket: Bracket = { stays: 0, flips: of.most + 1, baseMicros: planMicros(0) };
  const tried: number[] = [];
  const tryStep = (step: number): void => {
    expect(step).toBeGreaterThan(bracket.stays);
    expect(step).toBeLessThan(bracket.flips);
    tried.push(step);
    if (flips(step)) noteFlip(bracket, step, otherMicros(step));
    else noteStay(bracket, step, planMicros(step));
  };
  tryStep(of.most);
  while (bracket.flips - bracket.stays > 1) tryStep(nextStep(of, bracket));
  return { first: bracket.flips, tried };
}

describe('the next step that is tried', () => {
  it('is the one beyond which two known costs meet, then the one before it', () => {
    // The plan pays a cent a step, the other costs 1.37 more and pays nothing: at 137 they are equal, at 138 it flips.
    const found = search(
      probe({ perStep: { staysMicros: CENT, flipsMicros: 0 } }),
      (step) => 5_000_000 + step * CENT,
      () => 6_370_000,
    );
    expect(found).toEqual({ first: 138, tried: [1000, 138, 137] });
  });

  it('is where something turns, nearest first, then the one before it', () => {
    const micros = (step: number): number => (step >= 60 ? 1 : 9);
    const found = search(probe({ turns: [20, 60, 90] }), () => 5, micros);
    expect(found).toEqual({ first: 60, tried: [1000, 20, 60, 59] });
  });

  it('halves what is left where nothing is known', () => {
    const found = search(
      probe({ most: 16 }),
      () => 5,
      (step) => (step >= 7 ? 1 : 9),
    );
    expect(found).toEqual({ first: 7, tried: [16, 8, 4, 6, 7] });
  });

  it('finds the first that flips whatever the costs do, in a few more steps than halving', () => {
    const prng = createPrng(1);
    for (let trial = 0; trial < 2000; trial++) {
      const first = prng.integer(1, 1000);
      const jump = prng.integer(1, 3_000_000);
      const slopes = [prng.integer(-3, 3), prng.integer(-3, 3)];
      const perStep = { staysMicros: prng.integer(-2, 2) * CENT, flipsMicros: prng.integer(-2, 2) * CENT };
      const of = probe(prng.next() < 0.8 ? { perStep } : { turns: [prng.integer(1, 1000)] });
      const plan = (step: number): number => 9_000_000 + slopes[0]! * CENT * step;
      const found = search(of, plan, (step) => plan(step) + (step >= first ? -jump + slopes[1]! * step : 1));
      expect(found.first, `trial ${trial}`).toBe(first);
      expect(found.tried.length, `trial ${trial}`).toBeLessThanOrEqual(16);
    }
  });
});
