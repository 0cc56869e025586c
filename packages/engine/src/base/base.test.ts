import { describe, expect, it } from 'vitest';
import { canonicalJson, fingerprint } from './fingerprint.ts';
import { distanceMetres } from './geo.ts';
import { invariant, InvariantError } from './invariant.ts';
import { pointer, shown } from './issue.ts';
import { decimal, perThousand } from './money.ts';
import { compareText, orderBy } from './order-by.ts';
import { createPrng } from './prng.ts';
import { depthIssue, MAX_DEPTH } from './shape.ts';

describe('createPrng', () => {
  it('gives the draws of Mulberry32, the same for the same seed', () => {
    // First draws are pinned, so that any change of algorithm shows.
    const draws = (seed: number): number[] => {
      const prng = createPrng(seed);
      return Array.from({ length: 5 }, () => prng.next());
    };
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
    expect(draws(0)[0]).toBeCloseTo(0.26642920868471265, 15);
    expect(draws(1)[0]).toBeCloseTo(0.6270739405881613, 15);
  });

  it('draws every integer of a range, both ends included, and nothing else', () => {
    const prng = createPrng(7);
    const seen = new Map<number, number>();
    for (let draw = 0; draw < 6000; draw++) {
      const value = prng.integer(-2, 3);
      seen.set(value, (seen.get(value) ?? 0) + 1);
    }
    expect([...seen.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    // 1,000 each on average; ± 5 standard deviations of √(6000 × 1/6 × 5/6) = 28.9.
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
    expect(prng.integer(4, 4)).toBe(4);
    expect(['a', 'b']).toContain(prng.pick(['a', 'b']));
  });
});

describe('distanceMetres', () => {
  const london = { lat: 51.5074, lon: -0.1278 };
  const edinburgh = { lat: 55.9533, lon: -3.1883 };

  it('measures known distances', () => {
    // A quarter of a meridian on the mean sphere: π/2 × 6,371,008.8 m.
    expect(distanceMetres({ lat: 0, lon: 0 }, { lat: 90, lon: 0 })).toBe(Math.round((Math.PI / 2) * 6_371_008.8));
    expect(distanceMetres(london, edinburgh) / 1000).toBeCloseTo(534, 0);
    expect(distanceMetres(london, london)).toBe(0);
  });

  it('is symmetric, crosses the date line the short way and reaches the antipode', () => {
    expect(distanceMetres(london, edinburgh)).toBe(distanceMetres(edinburgh, london));
    // Two degrees of longitude on the equator.
    expect(distanceMetres({ lat: 0, lon: 179 }, { lat: 0, lon: -179 })).toBe(Math.round((Math.PI / 90) * 6_371_008.8));
    expect(distanceMetres({ lat: 90, lon: 0 }, { lat: -90, lon: 123 })).toBe(Math.round(Math.PI * 6_371_008.8));
    expect(distanceMetres({ lat: 10, lon: 180 }, { lat: 10, lon: -180 })).toBe(0);
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth, keeps lists as they are and leaves undefined out', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 3], a: undefined, A: null })).toBe('{"A":null,"b":[{"c":2,"d":1},3]}');
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
    expect(canonicalJson({ a: { x: 1, y: 2 } })).toBe(canonicalJson({ a: { y: 2, x: 1 } }));
  });

  it('keeps keys that mean something to JavaScript', () => {
    const odd = JSON.parse('{"a":1,"__proto__":{"x":1},"constructor":2,"10":3,"9":4}') as unknown;
    expect(JSON.parse(canonicalJson(odd))).toEqual(odd);
    expect(canonicalJson(odd)).toContain('"__proto__":{"x":1}');
    expect(canonicalJson(odd)).not.toBe(canonicalJson({ a: 1, constructor: 2, 10: 3, 9: 4 }));
  });

  it('does not change what it reads', () => {
    const value = Object.freeze({ b: 1, a: Object.freeze({ d: 1, c: 1 }) });
    canonicalJson(value);
    expect(Object.keys(value)).toEqual(['b', 'a']);
  });
});

describe('fingerprint', () => {
  it('is the first half of the SHA-256 of the canonical JSON', async () => {
    // sha256("{}") = 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a
    expect(await fingerprint({})).toBe('44136fa355b3678a1146ad16f7e8649e');
    expect(await fingerprint({ a: 1, b: 2 })).toBe(await fingerprint({ b: 2, a: 1 }));
    expect(await fingerprint({ a: 1 })).not.toBe(await fingerprint({ a: '1' }));
  });
});

describe('depthIssue', () => {
  const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level++) value = wrap(value);
    return value;
  };

  it('allows what is just shallow enough and refuses one level more, in objects and lists', () => {
    for (const wrap of [(inner: unknown) => [inner], (inner: unknown) => ({ a: inner })]) {
      expect(depthIssue(nested(MAX_DEPTH, wrap))).toBeUndefined();
      expect(depthIssue(nested(MAX_DEPTH + 1, wrap))).toMatchObject({ code: 'too-deep' });
      expect(depthIssue(nested(MAX_DEPTH + 8, wrap))).toMatchObject({ code: 'too-deep' });
    }
  });

  it('does not run out of stack, and keeps its path short', () => {
    const issue = depthIssue(nested(200_000, (inner) => ({ ['k'.repeat(50)]: inner })));
    expect(issue?.code).toBe('too-deep');
    expect(issue?.path.length).toBeLessThan(500);
  });

  it('finds the deep branch among a million shallow ones', () => {
    const wide = Array.from({ length: 1_000_000 }, (_, index) =>
      index === 777_777 ? nested(MAX_DEPTH + 8, (inner) => [inner]) : index,
    );
    expect(depthIssue(wide)).toMatchObject({ path: expect.stringMatching(/^\/777777\//) });
    expect(depthIssue([null, undefined, 'text', 1, true])).toBeUndefined();
    for (const scalar of [null, undefined, 3, 'x', false]) expect(depthIssue(scalar)).toBeUndefined();
  });

  it('ends on a value that holds itself', () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    expect(depthIssue(ring)).toMatchObject({ code: 'too-deep' });
  });
});

describe('pointer and shown', () => {
  it('escapes as RFC 6901 asks', () => {
    expect(pointer('/a', 'b/c~d')).toBe('/a/b~1c~0d');
    expect(pointer('', 0)).toBe('/0');
  });

  it('shows any value in at most 60 characters', () => {
    expect([undefined, null, 'a"b', 1.5, NaN, -Infinity, true, [1], { a: 1 }].map(shown)).toEqual([
      'nothing',
      'null',
      '"a\\"b"',
      '1.5',
      'NaN',
      '-Infinity',
      'true',
      '[1]',
      '{"a":1}',
    ]);
    const ring: unknown[] = [];
    ring.push(ring);
    expect([10n, ring, () => 1, Symbol('x')].map(shown)).toEqual(['bigint', 'object', 'function', 'symbol']);
    expect(shown('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(56)}...`);
    expect(shown('x'.repeat(58))).toHaveLength(60);
  });
});

describe('orderBy', () => {
  it('lets the first key that differs decide, and says 0 for equals', () => {
    const rows = [
      { a: 2, b: 'x' },
      { a: 1, b: 'z' },
      { a: 1, b: 'y' },
    ];
    const compare = orderBy<(typeof rows)[number]>(
      (row) => row.a,
      (row) => row.b,
    );
    expect([...rows].sort(compare).map((row) => row.b)).toEqual(['y', 'z', 'x']);
    expect(compare(rows[0]!, { ...rows[0]! })).toBe(0);
    expect(compare(rows[1]!, rows[2]!)).toBe(-compare(rows[2]!, rows[1]!));
  });

  it('compares text by code unit, whatever the locale', () => {
    expect(['ä', 'z', 'Z', 'a', '10', '9'].sort(compareText)).toEqual(['10', '9', 'Z', 'a', 'z', 'ä']);
    expect(compareText('a', 'a')).toBe(0);
  });
});

describe('money', () => {
  it('rounds half a micro up', () => {
    expect(perThousand(1, 500)).toBe(1);
    expect(perThousand(1, 499)).toBe(0);
    expect(perThousand(1_000_000, 0.0005)).toBe(1);
    expect(perThousand(0, 12)).toBe(0);
  });
  it('shows two places', () => {
    expect([0, 1_000_000, 12_345_678, -2_500_000].map(decimal)).toEqual(['0.00', '1.00', '12.35', '-2.50']);
  });
});

describe('invariant', () => {
  it('throws its own error, and only when the condition fails', () => {
    expect(() => invariant(true, 'x')).not.toThrow();
    expect(() => invariant(0, 'zero')).toThrow(InvariantError);
  });
});
