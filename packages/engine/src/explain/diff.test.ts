import { describe, expect, it } from 'vitest';
import { buildPolicy } from '../testing/build-scenario.ts';
import { besides, dear, explained } from '../testing/explain-scenario.ts';
import { diffExplanations } from './diff.ts';

describe('the difference of two explanations', () => {
  it('is nothing where they are the same', async () => {
    const one = await explained({ snapshot: besides({}) });
    expect(diffExplanations(one, await explained({ snapshot: besides({}) }))).toMatchObject({
      moved: [],
      changes: [],
      cost: { totalMicros: 0 },
    });
  });

  it('tells where a line moved, what it costs and which reasons are other, by stable ids', async () => {
    const before = await explained({ snapshot: besides({}) });
    const snapshot = besides({});
    const after = await explained({ snapshot: { ...snapshot, nodes: [dear('north', 9_000_000), snapshot.nodes[1]!] } });
    const diff = diffExplanations(before, after);
    expect(diff.moved).toEqual([{ lineId: '1', from: ['north'], to: ['south'] }]);
    // North at no handling for 3.50, south with handling of 2.00 for 5.50.
    expect(diff.cost).toMatchObject({ shippingMicros: 0, handlingMicros: 2_000_000, totalMicros: 2_000_000 });
    expect(diff.changes).toMatchObject([
      {
        id: 'lines/1',
        before: 'north supplies 1 unit. south, the next best, would make the order 2.00 dearer.',
        after: 'south supplies 1 unit. north, the next best, would make the order 7.00 dearer.',
        sameReason: false,
      },
      {
        id: 'items/cup/nodes/south',
        before: 'south would make the order 2.00 dearer.',
        after: null,
        sameReason: false,
      },
      {
        id: 'items/cup/nodes/north',
        before: null,
        after: 'north would make the order 7.00 dearer.',
        sameReason: false,
      },
    ]);
  });

  it('knows the same reason with another figure', async () => {
    const before = await explained({ snapshot: besides({}) });
    const snapshot = besides({});
    const after = await explained({ snapshot: { ...snapshot, nodes: [snapshot.nodes[0]!, dear('south', 3_000_000)] } });
    expect(diffExplanations(before, after).changes.find(({ id }) => id === 'items/cup/nodes/south')).toMatchObject({
      after: 'south would make the order 3.00 dearer.',
      sameReason: true,
    });
  });

  it('is refused for two orders', async () => {
    const one = await explained({ policy: buildPolicy() });
    expect(() => diffExplanations(one, { ...one, orderId: 'o2' })).toThrow('two orders');
  });
});
