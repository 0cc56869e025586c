import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Scenario } from '../model/scenario.ts';
import {
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { mpsPieces } from './export-mps.ts';
import { MipDraft, type MipModel } from './mip-model.ts';
import { waveMip } from './wave-mip.ts';

const ROOMY = { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 } as const;

async function programOf(scenario: Scenario): Promise<MipModel> {
  const mip = await waveMip(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!mip.ok) throw new Error(JSON.stringify(mip.error));
  return mip.value;
}

function textOf(model: MipModel): string {
  return [...mpsPieces(model)].join('');
}

/** Rows by name: sense, bound and coefficients by column name. */
function rowsOf({ rows, columns, rowStart, columnOf, value }: MipModel) {
  return Object.fromEntries(
    rows.map(({ name, sense, bound }, row) => {
      const terms = [];
      for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
        terms.push(`${value[at]} ${columns[columnOf[at]!]!.name}`);
      }
      return [name, `${terms.join(' + ')} ${sense} ${bound}`];
    }),
  );
}

describe('the MPS text', () => {
  it('says one order of two lines at one node as it stands here', async () => {
    const scenario = buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { handling: { perShipmentMicros: 500_000, perUnitMicros: 100_000 } })],
        items: [buildItem('cup'), buildItem('jug')],
        stock: [
          { sku: 'cup', nodeId: 'north', onHand: 10 },
          { sku: 'jug', nodeId: 'north', onHand: 2 },
        ],
      }),
      orders: [buildOrder('o 1', [buildLine('1', 'cup', 2), buildLine('2', 'jug')])],
      policy: buildPolicy({ allow: ROOMY }),
    });
    expect(textOf(await programOf(scenario))).toBe(`NAME sourcewright
ROWS
 N cost
 L open|o%201|1|north|2011-11-14|parcel
 E line|o%201|1
 L open|o%201|2|north|2011-11-14|parcel
 E line|o%201|2
 L first|o%201
COLUMNS
 M0 'MARKER' 'INTORG'
 y|o%201|north|2011-11-14|parcel cost 4.5
 y|o%201|north|2011-11-14|parcel open|o%201|1|north|2011-11-14|parcel -1
 y|o%201|north|2011-11-14|parcel open|o%201|2|north|2011-11-14|parcel -1
 y|o%201|north|2011-11-14|parcel first|o%201 -1
 M1 'MARKER' 'INTEND'
 u|o%201|1 cost 40
 u|o%201|1 line|o%201|1 1
 M2 'MARKER' 'INTORG'
 x|o%201|1|north|2011-11-14|parcel cost 1.2
 x|o%201|1|north|2011-11-14|parcel open|o%201|1|north|2011-11-14|parcel 1
 x|o%201|1|north|2011-11-14|parcel line|o%201|1 1
 M3 'MARKER' 'INTEND'
 u|o%201|2 cost 20
 u|o%201|2 line|o%201|2 1
 M4 'MARKER' 'INTORG'
 x|o%201|2|north|2011-11-14|parcel cost 0.6
 x|o%201|2|north|2011-11-14|parcel open|o%201|2|north|2011-11-14|parcel 1
 x|o%201|2|north|2011-11-14|parcel line|o%201|2 1
 M5 'MARKER' 'INTEND'
 z|o%201 cost -1
 z|o%201 first|o%201 1
RHS
 RHS line|o%201|1 1
 RHS line|o%201|2 1
BOUNDS
 BV BOUND y|o%201|north|2011-11-14|parcel
 UP BOUND u|o%201|1 1
 BV BOUND x|o%201|1|north|2011-11-14|parcel
 UP BOUND u|o%201|2 1
 BV BOUND x|o%201|2|north|2011-11-14|parcel
 UP BOUND z|o%201 1
ENDATA
`);
  });

  it('shortens names that solvers would cut', () => {
    const draft = new MipDraft();
    draft.column(['x', 'a'.repeat(200)], 1, 1, true);
    draft.column(['x', 'a'.repeat(200), 'b'.repeat(80)], 1, 1, true);
    expect(draft.finish().columns.map(({ name }) => name.length)).toEqual([202, 4]);
  });

  it('comes in pieces that make up the whole', () => {
    const draft = new MipDraft();
    for (let index = 0; index < 5000; index++) {
      const column = draft.column(['x', String(index)], index, 1, true);
      draft.row(['r', String(index)], '<=', 1, [{ column, value: 1 }]);
    }
    const pieces = [...mpsPieces(draft.finish())];
    expect(pieces.length).toBeGreaterThan(3);
    const lines = pieces.join('').split('\n');
    expect(lines.filter((line) => line.startsWith(' BV')).length).toBe(5000);
    expect(lines.slice(-2)).toEqual(['ENDATA', '']);
  });
});

describe('the program', () => {
  it('limits stock in all and by the day before a receipt, and capacity by the day', async () => {
    const scenario = buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { capacity: { shipmentsPerDay: 1, unitsPerDay: 4 } })],
        stock: [{ sku: 'cup', nodeId: 'north', onHand: 3 }],
        receipts: [{ receiptId: 'r', sku: 'cup', nodeId: 'north', quantity: 1, dueOn: '2011-11-15' }],
      }),
      orders: ['a', 'b'].map((id) => buildOrder(id, [buildLine('1', 'cup', 3)])),
      policy: buildPolicy({ allow: { ...ROOMY, maxShipDelayDays: 1 } }),
    });
    const rows = rowsOf(await programOf(scenario));
    const [first, second] = ['2011-11-14', '2011-11-15'];
    const x = (order: string, day: string) => `x|${order}|1|north|${day}|parcel`;
    expect(rows['stock|cup|north|2011-11-14']).toBe(`3 ${x('a', first!)} + 3 ${x('b', first!)} <= 3`);
    expect(rows['stock|cup|north']).toBe(
      `3 ${x('a', first!)} + 3 ${x('a', second!)} + 3 ${x('b', first!)} + 3 ${x('b', second!)} <= 4`,
    );
    expect(rows['shipments|north|2011-11-14']).toBe(
      '1 y|a|north|2011-11-14|parcel + 1 y|b|north|2011-11-14|parcel <= 1',
    );
    expect(rows['units|north|2011-11-15']).toBe(`3 ${x('a', second!)} + 3 ${x('b', second!)} <= 4`);
  });

  it('counts parcels where the weight decides their number, and lets a shipment go by one service', async () => {
    const card = (rateCardId: string, fixedMicros: number, perKgMicros: number) =>
      buildRateCard({
        rateCardId,
        service: rateCardId,
        maxParcelGrams: 8000,
        zones: [{ zone: 'all', transitDays: 1, bands: [{ fixedMicros, perKgMicros }] }],
      });
    const scenario = buildScenario({
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { rateCardIds: ['flat', 'light', 'dear'] })],
        items: [buildItem('anvil', { weightGrams: 8000 }), buildItem('pin', { weightGrams: 100 })],
        stock: ['anvil', 'pin'].map((sku) => ({ sku, nodeId: 'north', onHand: 1 })),
        rateCards: [card('flat', 6_000_000, 0), card('light', 0, 3_000_000), card('dear', 6_000_000, 1)],
      }),
      orders: [
        buildOrder('a', [buildLine('1', 'anvil'), buildLine('2', 'pin')], { maxShipments: 1, shipComplete: true }),
      ],
      policy: buildPolicy({ allow: ROOMY }),
    });
    const model = await programOf(scenario);
    const rows = rowsOf(model);
    const at = 'a|north|2011-11-14';
    expect(rows[`service|${at}`]).toBe(`1 y|${at}|flat + 1 y|${at}|light <= 1`);
    expect(rows['most|a']).toBe(`1 y|${at}|flat + 1 y|${at}|light <= 1`);
    const of = (line: number) => `x|a|${line}|north|2011-11-14|flat`;
    expect(rows[`weight|${at}|flat`]).toBe(`8 ${of(1)} + 0.1 ${of(2)} + -8 n|${at}|flat <= 0`);
    expect(rows[`parcel|${at}|flat`]).toBe(`1 y|${at}|flat + -1 n|${at}|flat <= 0`);
    expect(rows['together|a|2']).toBe('1 u|a|2 + -1 u|a|1 = 0');
    expect(model.columns.find(({ name }) => name === `n|${at}|flat`)).toMatchObject({ micros: 6_000_000, upper: 2 });
    expect(Object.keys(rows).filter((name) => name.includes('dear'))).toEqual([]);
  });

  it('names every kind of thing it cannot say, with the first order of each', async () => {
    const bands = [
      { uptoGrams: 700, fixedMicros: 1_000_000, perKgMicros: 0 },
      { fixedMicros: 2_000_000, perKgMicros: 0 },
    ];
    const zones = [{ zone: 'all', transitDays: 2, bands }];
    const scenario = buildScenario({
      snapshot: buildSnapshot({
        items: [buildItem('cup'), buildItem('jug')],
        stock: ['cup', 'jug'].map((sku) => ({ sku, nodeId: 'north', onHand: 10 })),
        rateCards: [buildRateCard({ zones })],
      }),
      orders: [
        buildOrder('plain', [buildLine('1', 'cup')]),
        buildOrder('two', [buildLine('1', 'cup'), buildLine('2', 'jug')]),
        buildOrder('three', [buildLine('1', 'cup'), buildLine('2', 'jug', 2)]),
      ],
      policy: buildPolicy({ allow: { ...ROOMY, splitQuantity: 'when-needed' } }),
    });
    const mip = await waveMip(scenario, scenario.policy, DEFAULT_LIMITS);
    expect(mip.ok ? [] : mip.error).toEqual([
      {
        code: 'unsupported',
        path: '/snapshot/rateCards',
        message:
          'Order "two" and 1 more can go in shipments that fall into several weight bands, which the compact program cannot say. Use a rate card with one band and no minimum.',
      },
      {
        code: 'unsupported',
        path: '/policy/allow/splitQuantity',
        message:
          'Order "three" may get a line from several nodes, which the compact program cannot say. Set splitQuantity to "never".',
      },
    ]);
  });
});
