import { describe, expect, it } from 'vitest';
import type { Scenario } from '../model/scenario.ts';
import { STRATEGIES } from '../model/strategy.ts';
import { buildItem, buildLine, buildNode, buildOrder, buildPolicy, buildSnapshot } from '../testing/build-scenario.ts';
import { allowing, besides, dear, explained, planOf, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createExplainer } from './explain.ts';

const leftOf = async (over: Partial<Scenario>, line = 0) => (await explained(over)).lines[line]!.unsourced!;
const cups = (north: number, south: number) =>
  stockOf([
    ['cup', 'north', north],
    ['cup', 'south', south],
  ]);
const ordering = (count: number) => [buildOrder('o1', [buildLine('1', 'cup', count)])];

describe('units that stay unsourced', () => {
  it('are nowhere left, or at a node where sending costs more than leaving out', async () => {
    // North sends 3. South could send 4 for 3.50 carriage, 1.00 split and 90.00 handling; 20.00 is charged for each.
    const unsourced = await leftOf({
      orders: ordering(9),
      snapshot: buildSnapshot({ nodes: [buildNode('north'), dear('south', 90_000_000)], stock: cups(3, 4) }),
      policy: buildPolicy({ goals: { ...buildPolicy().goals, splitMicros: 1_000_000 } }),
    });
    expect(unsourced).toMatchObject({ quantity: 6, reason: 'costs-more-than-penalty' });
    expect(unsourced.left).toMatchObject({ nowhereUnits: 2, noRoomUnits: 0, sendableUnits: 4 });
    expect(unsourced.left!.way).toMatchObject({ nodeId: 'south', units: 4, chargedMicros: 80_000_000 });
    expect(unsourced.sentence).toMatch(
      /^6 units not sourced: 2 are nowhere left at a node that may send them; south could send the other 4 for 9\d\.\d\d, and the policy charges no more than 80\.00 for leaving them out\.$/,
    );
  });

  it('say what the most of them lack where each lacks something else', async () => {
    const unsourced = await leftOf({
      orders: ordering(9),
      snapshot: buildSnapshot({ nodes: [buildNode('north'), dear('south', 90_000_000)], stock: cups(3, 1) }),
    });
    expect(unsourced.reason).toBe('no-stock-left');
    expect(unsourced.sentence).toMatch(
      /^6 units not sourced: 5 are nowhere left .*; south could send the other 1 for /,
    );
  });

  it('name work that nobody can take', async () => {
    const { reason, sentence } = await leftOf({
      orders: ordering(9),
      snapshot: buildSnapshot({
        nodes: [buildNode('north', { capacity: { unitsPerDay: 2 } }), buildNode('south')],
        stock: cups(7, 1),
      }),
      policy: allowing({ maxShipDelayDays: 0 }),
    });
    expect(reason).toBe('no-capacity-left');
    expect(sentence).toBe(
      '6 units not sourced: 1 is nowhere left at a node that may send them; 5 are at nodes that can take no more work on the days on which they would have to leave.',
    );
  });

  it('say that nobody looked for a cheaper way', async () => {
    const dcs = { name: 'DCs', nodes: { all: [{ fact: 'node.type', operator: 'equal', value: 'dc' }] } };
    const { reason, sentence } = await leftOf({
      orders: ordering(5),
      snapshot: besides({ type: 'store' }, { stock: cups(0, 9) }),
      policy: buildPolicy({ strategy: 'cascade', cascade: { strategies: [dcs] } }),
    });
    // 5.50 carriage and 2.00 handling; 20.00 is charged for each.
    expect([reason, sentence]).toEqual([
      'not-looked-for',
      '5 units not sourced: south could send them for 7.50, less than the 100.00 charged for leaving them out: this strategy does not look for it.',
    ]);
  });

  it('name the one node that has it, and why it may not send it', async () => {
    const { reason, sentence } = await leftOf({
      orders: [buildOrder('o1', [buildLine('1', 'jug', 2)])],
      snapshot: besides(
        { rateCardIds: [] },
        { items: [buildItem('cup'), buildItem('jug')], stock: stockOf([['jug', 'south', 9]]) },
      ),
    });
    expect(reason).toBe('no-eligible-node');
    expect(sentence).toBe(
      '2 units not sourced: the one node that has it may not send it. south does not send parcels to customers.',
    );
  });

  it('name why none of the nodes that have it may send it, alike ones once', async () => {
    const { sentence } = await leftOf({
      orders: [buildOrder('o1', [buildLine('1', 'cup', 2)])],
      snapshot: besides(
        {},
        {
          nodes: ['north', 'south', 'east'].map((id) => buildNode(id, { status: 'closed' })),
          stock: cups(1, 1).concat(stockOf([['cup', 'east', 1]])),
        },
      ),
    });
    expect(sentence).toBe(
      '2 units not sourced: 3 nodes have it, and none of them may send it. north is closed. The same holds for 2 others.',
    );
  });

  it('tells lines that share an item of each other', async () => {
    const orders = [buildOrder('o1', [buildLine('1', 'cup', 5), buildLine('2', 'cup', 9)])];
    const snapshot = buildSnapshot({ nodes: [buildNode('north'), dear('south', 900_000_000)], stock: cups(3, 4) });
    const { sentence } = await leftOf({ orders, snapshot });
    expect(sentence).toMatch(
      /^2 units not sourced, 11 with line 2: 7 are nowhere left .*; south could send the other 4 for/,
    );
  });

  it('add up, and cost what the reason says, on random scenarios of every strategy', async () => {
    const seen = { ways: 0, lines: 0 };
    for (let seed = 1; seed <= 48; seed++) {
      const random = randomScenario(seed, { orders: 8, nodes: 4, skus: 3, linesPerOrder: 3, limits: seed % 2 === 0 });
      const strategy = STRATEGIES[seed % 5]!;
      const goals = { ...random.policy.goals, unsourced: { perUnitMicros: 2_000_000, valuePercent: 0 } };
      const scenario = { ...random, policy: { ...random.policy, strategy, goals } };
      const plan = await planOf(scenario);
      const explainer = createExplainer(scenario, scenario.policy, plan);
      for (const { orderId, unsourced: left } of plan.orders.filter(({ unsourced }) => unsourced.length > 0)) {
        const { lines } = (await explainer.explain(orderId))!;
        for (const { unsourced, sku, lineId } of lines) {
          if (!unsourced) continue;
          const what = `seed ${seed} ${strategy} ${orderId}/${lineId}: ${unsourced.sentence}`;
          seen.lines += 1;
          expect(unsourced.sentence, what).toMatch(/^\d+ units? not sourced[:,].*\.$/);
          expect(unsourced.sentence, what).not.toMatch(/undefined|NaN|null| -\d/);
          if (!unsourced.left) continue;
          const { nowhereUnits, noRoomUnits, sendableUnits, way } = unsourced.left;
          const total = left.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);
          expect(nowhereUnits + noRoomUnits + sendableUnits, what).toBe(total);
          const most = Math.max(nowhereUnits, noRoomUnits, sendableUnits);
          if (unsourced.reason === 'no-stock-left') expect(nowhereUnits, what).toBe(most);
          else if (unsourced.reason !== 'no-capacity-left' && strategy !== 'cascade')
            expect(sendableUnits, what).toBe(most);
          if (!way) continue;
          seen.ways += 1;
          expect(way.units, what).toBeLessThanOrEqual(sendableUnits);
          if (unsourced.reason === 'costs-more-than-penalty')
            expect(way.addedMicros, what).toBeGreaterThanOrEqual(way.chargedMicros);
          expect(unsourced.sentence.includes('the search did not come to it'), what).toBe(
            unsourced.reason !== 'max-shipments' &&
              unsourced.reason !== 'min-part-value' &&
              way.addedMicros < way.chargedMicros &&
              (strategy === 'optimal' || strategy === 'fcfs-exact'),
          );
        }
      }
    }
    expect(seen.lines).toBeGreaterThan(100);
    expect(seen.ways).toBeGreaterThan(40);
  });
});
