import { describe, expect, it } from 'vitest';
import { type Explanation, type Rejection, REJECTION_CODES } from '../model/explanation.ts';
import type { Fulfilment, Order } from '../model/order.ts';
import type { Scenario } from '../model/scenario.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { allowing, besides, dear, explained, stockOf } from '../testing/explain-scenario.ts';

const southOf = ({ lines }: Explanation): Rejection => lines[0]!.rejections.find(({ nodeId }) => nodeId === 'south')!;

const SLOW = buildRateCard({ rateCardId: 'slow', zones: [{ ...buildRateCard().zones[0]!, transitDays: 9 }] });

const collected = (fulfilment: Fulfilment, collectAt: string): Order =>
  buildOrder('o1', [buildLine('1', 'cup')], { fulfilment, collectAt });

/** The south has cups only. */
const CUPS_AND_JUGS = {
  items: [buildItem('cup'), buildItem('jug')],
  stock: stockOf([
    ['cup', 'north', 10],
    ['cup', 'south', 10],
    ['jug', 'north', 10],
  ]),
};

/** For each code a scenario in which the south is turned down for it, with what the sentence must say. */
const REJECTED: Record<(typeof REJECTION_CODES)[number], readonly [Partial<Scenario>, string, Partial<Rejection>?]> = {
  'order-held': [
    {
      snapshot: besides({}),
      policy: buildPolicy({
        rules: [
          {
            name: 'check first',
            conditions: { all: [{ fact: 'order.lineCount', operator: 'greaterThan', value: 0 }] },
            event: { type: 'hold', params: { because: 'Fraud is checked by hand.' } },
          },
        ],
      }),
    },
    'south is not asked: the order is held by the rule "check first": Fraud is checked by hand.',
  ],
  'node-closed': [{ snapshot: besides({ status: 'closed' }) }, 'south is closed.'],
  'not-stocked': [
    {
      snapshot: besides(
        { rateCardIds: [] },
        {
          stock: stockOf([
            ['cup', 'north', 10],
            ['cup', 'south', 0],
          ]),
        },
      ),
    },
    'south lists the item but has none and expects none.',
  ],
  'collected-elsewhere': [
    { snapshot: besides({}), orders: [collected('pickup', 'north')] },
    'Only the stock of north counts, where the order is collected: south is not asked.',
  ],
  'collection-closed': [
    {
      snapshot: besides({}, { nodes: [buildNode('north', { status: 'closed' }), buildNode('south')] }),
      orders: [collected('ship-to-store', 'north')],
    },
    'south is not asked: north, where the order is collected, is closed.',
  ],
  'no-rate': [{ snapshot: besides({ rateCardIds: [] }) }, 'south does not send parcels to customers.'],
  'too-late': [
    {
      snapshot: besides({ rateCardIds: ['slow'] }, { rateCards: [buildRateCard(), SLOW] }),
      policy: allowing({ maxLateDays: 1 }),
    },
    'south would deliver later than the policy allows.',
  ],
  'not-asked': [
    {
      snapshot: besides({ type: 'store' }),
      policy: buildPolicy({
        strategy: 'cascade',
        cascade: {
          strategies: [
            { name: 'DCs', nodes: { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] } },
            { name: 'anything' },
          ],
        },
      }),
    },
    'south is not asked by the strategy "DCs".',
    {
      rule: 'DCs',
      evidence: [{ fact: 'node.type', operator: 'equal', expected: 'dc', actual: 'store', holds: false }],
    },
  ],
  'ranked-lower': [
    {
      snapshot: besides({}),
      policy: buildPolicy({
        strategy: 'cascade',
        cascade: { strategies: [{ name: 'by list', rank: [{ by: 'list', nodes: ['north', 'south'] }] }] },
      }),
    },
    'south comes later for the strategy "by list": place 2 of the list against place 1 of the list.',
  ],
  'rule-excluded': [
    {
      snapshot: besides({ type: 'store' }),
      policy: buildPolicy({
        rules: [
          {
            name: 'no stores',
            conditions: {
              all: [
                { fact: 'node.type', operator: 'equal', value: 'store' },
                { fact: 'line.quantity', operator: 'lessThan', value: 3 },
              ],
            },
            event: { type: 'exclude', params: { because: 'Stores are busy.' } },
          },
        ],
      }),
    },
    'south is excluded by the rule "no stores": Stores are busy.',
    {
      rule: 'no stores',
      because: 'Stores are busy.',
      evidence: [
        { fact: 'node.type', operator: 'equal', expected: 'store', actual: 'store', holds: true },
        { fact: 'line.quantity', operator: 'lessThan', expected: 3, actual: 1, holds: true },
      ],
    },
  ],
  'no-stock-left': [
    {
      snapshot: besides(
        {},
        {
          stock: [
            { sku: 'cup', nodeId: 'north', onHand: 10 },
            { sku: 'cup', nodeId: 'south', onHand: 2, reserved: 2 },
          ],
        },
      ),
    },
    'south has nothing left to give: 2 on hand, 2 allocated or reserved.',
    {
      wanted: 1,
      available: 0,
      stock: { onHand: 2, dueUnits: 0, committedUnits: 2, bufferUnits: 0, takenUnits: 0 },
    },
  ],
  'not-enough-stock': [
    {
      snapshot: besides(
        {},
        {
          stock: stockOf([
            ['cup', 'north', 10],
            ['cup', 'south', 2],
          ]),
        },
      ),
      orders: [buildOrder('o1', [buildLine('1', 'cup', 5)])],
    },
    'south has 2 of the 5 units wanted.',
    { wanted: 5, available: 2 },
  ],
  'no-capacity-left': [
    { snapshot: besides({ capacity: { shipmentsPerDay: 0 } }) },
    'south has the stock but can take no more work on the days on which it would have to leave.',
    { wanted: 1, available: 0 },
  ],
  'ship-together': [
    {
      snapshot: besides({}, CUPS_AND_JUGS),
      orders: [
        buildOrder('o1', [
          buildLine('1', 'cup', 1, { shipTogether: 'set' }),
          buildLine('2', 'jug', 1, { shipTogether: 'set' }),
        ]),
      ],
    },
    'south has it, but not all that ships together with it.',
  ],
  'min-part-value': [
    {
      snapshot: besides({}, CUPS_AND_JUGS),
      policy: allowing({ minPartValueMicros: 8_000_000 }),
      orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug', 1, { unitPriceMicros: 5_000_000 })])],
    },
    'would be worth less than a part of an order must be',
  ],
  'order-limits': [
    {
      snapshot: besides({}, CUPS_AND_JUGS),
      orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')], { maxShipments: 1 })],
    },
    'it may have no further shipment',
  ],
  'costs-more': [{ snapshot: besides({}) }, 'south would make the order 2.00 dearer.', { marginMicros: 2_000_000 }],
};

describe('why a node did not supply a line', () => {
  it.each(REJECTION_CODES)('%s', async (code) => {
    const [scenario, sentence, details = {}] = REJECTED[code];
    const rejection = southOf(await explained(scenario));
    expect(rejection).toMatchObject({ nodeId: 'south', code, ...details });
    expect(rejection.sentence).toContain(sentence);
  });

  it('tells stock that earlier orders took from capacity that they took', async () => {
    const orders = ['o1', 'o2'].map((id) =>
      buildOrder(id, [buildLine('1', 'cup', 10)], { placedAt: `2011-11-14T0${id[1]}:00:00Z` }),
    );
    const later = { orders, policy: allowing({ maxShipDelayDays: 0 }) };
    const spent = await explained({ ...later, snapshot: besides({}) }, 'o2');
    expect(spent.lines[0]!.rejections).toMatchObject([{ nodeId: 'north', code: 'no-stock-left' }]);
    const full = await explained(
      {
        ...later,
        snapshot: besides(
          {},
          {
            nodes: [buildNode('north', { capacity: { shipmentsPerDay: 1 } }), dear('south')],
            stock: stockOf([
              ['cup', 'north', 99],
              ['cup', 'south', 99],
            ]),
          },
        ),
      },
      'o2',
    );
    expect(full.lines[0]!.rejections).toMatchObject([{ nodeId: 'north', code: 'no-capacity-left' }]);
  });

  it('names the buffer and what other orders took, of what there is and of what is due', async () => {
    const snapshot = besides(
      {},
      {
        stock: [
          { sku: 'cup', nodeId: 'north', onHand: 99 },
          { sku: 'cup', nodeId: 'south', onHand: 6, sourcingBuffer: 2 },
        ],
        receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'south', quantity: 1, dueOn: '2011-11-14' }],
      },
    );
    const few = await explained({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 9)])] });
    expect(southOf(few)).toMatchObject({ code: 'not-enough-stock', available: 5 });
    expect(southOf(few).sentence).toBe(
      'south has 5 of the 9 units wanted: 6 on hand, 1 due in time, 2 held as a buffer.',
    );
    const late = { receiptId: 'r', sku: 'cup', nodeId: 'south', quantity: 9, dueOn: '2011-12-24' };
    const none = await explained({
      snapshot: { ...snapshot, stock: snapshot.stock.slice(0, 1), receipts: [late] },
    });
    expect(southOf(none).sentence).toBe(
      'south has nothing left to give: none on hand, what it expects comes too late.',
    );
  });

  it('says what a node does not do, where no rate card will', async () => {
    const cards = { rateCards: [buildRateCard(), buildRateCard({ rateCardId: 'slow', service: 'slow' })] };
    const asked = await explained({
      snapshot: besides({ rateCardIds: ['slow'] }, cards),
      orders: [buildOrder('o1', [buildLine('1', 'cup')], { services: ['standard', 'express'] })],
    });
    expect(southOf(asked)).toMatchObject({ code: 'no-rate' });
    expect(southOf(asked).sentence).toBe('south does not offer standard or express, which the customer asks for.');
    const toStore = await explained({ snapshot: besides({}), orders: [collected('ship-to-store', 'north')] });
    expect(southOf(toStore).sentence).toBe('south does not send goods to stores.');
    const zones = [{ ...buildRateCard().zones[0]!, regions: ['XX'] }];
    const far = await explained({
      snapshot: besides(
        { rateCardIds: ['far'] },
        { rateCards: [buildRateCard(), buildRateCard({ rateCardId: 'far', zones })] },
      ),
    });
    expect(southOf(far).sentence).toBe('south has no rate that reaches the destination with goods of this weight.');
  });

  it('prices what a line that stays unsourced would have cost beyond its penalty', async () => {
    // Penalty 20.00; shipping 3.50 and handling 30.00: 13.50 more.
    const { lines } = await explained({ snapshot: buildSnapshot({ nodes: [dear('north', 30_000_000)] }) });
    expect(lines[0]).toMatchObject({
      chosen: [],
      runnerUp: null,
      unsourced: { quantity: 1, reason: 'costs-more-than-penalty' },
      rejections: [{ nodeId: 'north', code: 'costs-more', marginMicros: 13_500_000 }],
    });
    expect(lines[0]!.sentence).toBe(
      '1 unit not sourced: north could send it for 33.50, and the policy charges no more than 20.00 for leaving it out.',
    );
  });

  it('blames the order where a whole order is held back for another line', async () => {
    const snapshot = buildSnapshot({ items: [buildItem('cup'), buildItem('jug')] });
    const orders = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')], { shipComplete: true })];
    const { lines } = await explained({ snapshot, orders });
    expect(lines.map(({ unsourced, rejections }) => [unsourced?.reason, rejections.map(({ code }) => code)])).toEqual([
      ['ship-complete', ['order-limits']],
      ['not-stocked', []],
    ]);
  });

  it('calls a tie a tie', async () => {
    const rejection = southOf(await explained({ snapshot: besides({ handling: {} }) }));
    expect(rejection).toMatchObject({ code: 'costs-more', marginMicros: 0 });
    expect(rejection.sentence).toBe('south would cost the same; of equals, the node listed first is taken.');
  });

  it('does not reject the node on a day when it supplies on another', async () => {
    const { lines } = await explained({});
    expect(lines[0]!.rejections).toEqual([]);
  });
});
