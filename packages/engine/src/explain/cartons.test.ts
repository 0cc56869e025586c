import { describe, expect, it } from 'vitest';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Snapshot } from '../model/snapshot.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { explained, stockOf } from '../testing/explain-scenario.ts';

const SIZE = { lengthMm: 100, widthMm: 100, heightMm: 100 };
const SMALL = { boxId: 'small', lengthMm: 200, widthMm: 100, heightMm: 100 };
const LARGE = { boxId: 'large', lengthMm: 300, widthMm: 200, heightMm: 100 };

/** One order of so many cups (a litre each) from the node that is given. */
async function packing(
  quantity: number,
  node: Partial<Node>,
  cup: Partial<Item> = SIZE,
  over: Partial<Snapshot> = {},
): Promise<unknown> {
  const snapshot = buildSnapshot({
    nodes: [buildNode('north', node)],
    items: [buildItem('cup', cup)],
    stock: stockOf([['cup', 'north', 100]]),
    ...over,
  });
  const explanation = await explained({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', quantity)])] });
  return explanation.packing;
}

describe('cartons of a shipment', () => {
  it('are named with their contents, and the parcels that are charged where there are more or fewer', async () => {
    // Seven litres: a box of six and one that fits the small box; 3.5 kg are one parcel of at most 30 kg.
    expect(await packing(7, { boxes: [SMALL, LARGE] })).toEqual([
      {
        shipmentId: 'o1#1',
        nodeId: 'north',
        cartons: [
          { boxId: 'large', weightGrams: 3000, contents: [{ sku: 'cup', quantity: 6 }], count: 1 },
          { boxId: 'small', weightGrams: 500, contents: [{ sku: 'cup', quantity: 1 }], count: 1 },
        ],
        unmeasured: [],
        parcelsCharged: 1,
        sentence:
          'north could pack it in 2 cartons (1 large, 1 small). The carrier is paid for 1 parcel all the same: carriage goes by charged weight, not by how it is packed.',
      },
    ]);
  });

  it('say nothing of charges where the parcels are as many', async () => {
    expect(await packing(2, { boxes: [SMALL, LARGE] })).toMatchObject([
      { parcelsCharged: 1, sentence: 'north could pack it in 1 carton (small).' },
    ]);
  });

  it('leave what fits no box as it is', async () => {
    const pole = { lengthMm: 900, widthMm: 30, heightMm: 30 };
    expect(await packing(2, { boxes: [LARGE] }, pole)).toMatchObject([
      {
        cartons: [{ boxId: null, count: 2 }],
        sentence: expect.stringContaining('north could pack it in 2 units as they are.'),
      },
    ]);
  });

  it('keep to what the carrier takes by real weight, whatever size is charged as', async () => {
    // Charged by size a litre is 4 kg, so the large box holds 24 kg of charge; really its six cups weigh 3 kg.
    const card = buildRateCard({ maxParcelGrams: 2000 });
    expect(await packing(6, { boxes: [LARGE] }, SIZE, { rateCards: [card] })).toMatchObject([
      { cartons: [{ weightGrams: 2000 }, { weightGrams: 1000 }], parcelsCharged: 2 },
    ]);
    const bySize = { parcels: { dimensionalDivisor: 250 } };
    expect(await packing(6, { boxes: [LARGE] }, SIZE, bySize)).toMatchObject([
      { cartons: [{ weightGrams: 3000 }], parcelsCharged: 1 },
    ]);
  });

  it('name the items that count by weight alone', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north', { boxes: [LARGE] })],
      items: [buildItem('cup', SIZE), buildItem('bag', { name: 'Paper bag' })],
      stock: stockOf([
        ['cup', 'north', 9],
        ['bag', 'north', 9],
      ]),
    });
    const orders = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'bag')])];
    expect((await explained({ snapshot, orders })).packing).toMatchObject([
      {
        unmeasured: ['bag'],
        sentence:
          'north could pack it in 1 carton (large). Counted by weight alone, as the size is not known: Paper bag.',
      },
    ]);
  });

  it('are for what goes to another node, not for what is collected where it is', async () => {
    const cards = (['pickup', 'transfer'] as const).map((kind) => buildRateCard({ rateCardId: kind, kind }));
    const boxes = [LARGE];
    const snapshot = buildSnapshot({
      nodes: [
        buildNode('north', { boxes, rateCardIds: ['pickup'] }),
        buildNode('south', { boxes, rateCardIds: ['transfer'] }),
      ],
      items: [buildItem('cup', SIZE), buildItem('jug', SIZE)],
      rateCards: cards,
      stock: stockOf([
        ['cup', 'north', 9],
        ['jug', 'south', 9],
      ]),
    });
    const lines = [buildLine('1', 'cup'), buildLine('2', 'jug')];
    const orders = [buildOrder('o1', lines, { fulfilment: 'ship-to-store', collectAt: 'north' })];
    expect((await explained({ snapshot, orders })).packing).toMatchObject([{ nodeId: 'south' }]);
  });

  it.each([
    ['a node without boxes', {}, SIZE],
    ['items of no known size', { boxes: [LARGE] }, {}],
  ] as const)('are left out for %s', async (_, node, cup) => {
    expect(await packing(1, node as Partial<Node>, cup)).toBeUndefined();
  });
});
