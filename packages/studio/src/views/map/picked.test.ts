import { describe, expect, it } from 'vitest';
import { coverText } from './picked.tsx';

describe('how long stock lasts', () => {
  it('is told once where the run hardly changes it', () => {
    expect(coverText(10.21, 10.19)).toBe('stock for 10.2 weeks, as before the run');
    expect(coverText(10.2, 9.1)).toBe('stock for 9.1 weeks after the run, 10.2 before');
  });
});
