import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/fingerprint.ts';
import { InvariantError } from '../base/invariant.ts';
import { COST_TERMS } from '../model/plan.ts';
import { STRATEGIES } from '../model/policy.ts';
import {
  buildCalendar,
  buildItem,
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildRateCard,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { besides, dear, explained, planOf, stockOf } from '../testing/explain-scenario.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { createExplainer, explainOrder } from './explain.ts';

describe('what came second', () => {
  it('is priced term by term and named in the sentence', async () => {
    const { lines } = await explained({ snapshot: besides({}) });
    expect(lines[0]!.runnerUp).toEqual({
      nodeId: 'south',
      service: 'standard',
      shipOn: '2011-11-14',
      deliverOn: '2011-11-16',
      quantity: 1,
      marginMicros: 2_000_000,
      margin: {
        shippingMicros: 0,
        handlingMicros: 2_000_000,
        splitMicros: 0,
        latenessMicros: 0,
        capacityMicros: 0,
        stockOutMicros: 0,
        riskMicros: 0,
        speedMicros: 0,
        preferenceMicros: 0,
        unsourcedMicros: 0,
        totalMicros: 2_000_000,
      },
    });
    expect(lines[0]!.sentence).toBe('north supplies 1 unit. south, the next best, would make the order 2.00 dearer.');
  });

  it('is nobody where nobody else could', async () => {
    const { lines } = await explained({});
    expect(lines[0]!.runnerUp).toBeNull();
    expect(lines[0]!.sentence).toBe('north supplies 1 unit. No other node could have done so.');
  });

  it('counts the second shipment that a move would make', async () => {
    const snapshot = besides(
      {},
      {
        items: [buildItem('cup'), buildItem('jug')],
        stock: stockOf([
          ['cup', 'north', 9],
          ['cup', 'south', 9],
          ['jug', 'north', 9],
        ]),
      },
    );
    const { lines } = await explained({
      snapshot,
      orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])],
    });
    // South: 3.00 + 0.5 kg + handling 2.00 + split 1.00, and north's parcel is 0.5 kg lighter.
    expect(lines[0]!.runnerUp).toMatchObject({
      nodeId: 'south',
      marginMicros: 6_000_000,
      margin: { shippingMicros: 3_000_000, handlingMicros: 2_000_000, splitMicros: 1_000_000 },
    });
    expect(lines[0]!.sentence).toBe(
      'north supplies 1 unit. Moved by itself, it would cost least from south: 6.00 more.',
    );
    expect(lines[0]!.rejections[0]!.sentence).toBe('south would make the order 6.00 dearer, with all else as planned.');
    expect(lines[1]!.runnerUp).toBeNull();
    expect(lines[1]!.sentence).toBe(
      'north supplies 1 unit. No other node could have done so, with all else as planned.',
    );
  });

  it('is another day of the same node only where no other node could', async () => {
    // Both cups could leave north a day later; from south they would cost more than that, but they are what is asked about.
    const snapshot = besides(
      { handling: { perShipmentMicros: 9_000_000 } },
      {
        items: [buildItem('cup'), buildItem('jug')],
        receipts: [{ receiptId: 'r', sku: 'jug', nodeId: 'north', quantity: 1, dueOn: '2011-11-15' }],
        stock: stockOf([
          ['cup', 'north', 9],
          ['cup', 'south', 9],
        ]),
      },
    );
    const { lines, runnerUp } = await explained({
      snapshot,
      orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])],
    });
    expect(lines[0]!.chosen[0]).toMatchObject({ nodeId: 'north', shipOn: '2011-11-15' });
    expect(lines[0]!.runnerUp).toMatchObject({ nodeId: 'south' });
    expect(runnerUp!.sentence).toMatch(/^As planned, but line 1 from south instead of north: /);
  });

  it('is told of all lines of one item together', async () => {
    const snapshot = buildSnapshot({
      items: [buildItem('cup'), buildItem('jug')],
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 14],
        ['cup', 'south', 10],
        ['jug', 'north', 9],
      ]),
    });
    const orders = [buildOrder('o1', [buildLine('3', 'cup', 6), buildLine('4', 'jug', 1), buildLine('45', 'cup', 18)])];
    const { lines, summary } = await explained({ snapshot, orders });
    const shared =
      'north (14) and south (10) supply 24 units on lines 3 and 45 together: no single node could send all of it on one day.';
    expect(lines.map(({ sentence }) => sentence)).toEqual([
      `${shared} For this line: north (6).`,
      'north supplies 1 unit. No other node could have done so, with all else as planned.',
      `${shared} For this line: north (8) and south (10).`,
    ]);
    expect(summary.slice(0, 2)).toEqual([
      'north ships 8 of the 18 units of line 45, and lines 3 and 4 on 2011-11-14 by standard, delivered 2011-11-16, in time.',
      'south ships 10 of the 18 units of line 45 on 2011-11-14 by standard, delivered 2011-11-16, in time.',
    ]);
  });

  it('says so when a strategy passed over something cheaper', async () => {
    const snapshot = besides({ type: 'store', handling: {} }, {});
    const nodes = [dear('north'), snapshot.nodes[1]!];
    const { lines, summary } = await explained({
      snapshot: { ...snapshot, nodes },
      policy: buildPolicy({ strategy: 'priority' }),
    });
    expect(lines[0]!.runnerUp!.marginMicros).toBe(-5_000_000);
    expect(lines[0]!.sentence).toBe(
      'north supplies 1 unit. south would make the order 5.00 cheaper: this strategy does not look for it.',
    );
    expect(lines[0]!.rejections[0]!.sentence).toContain('5.00 cheaper');
    expect(summary.at(-1)).toBe(
      'A better plan for this order would save 5.00 at most, on the stock and capacity it found.',
    );
  });

  it('names the day where it is the same node on another day', async () => {
    // Up to a kilogram 3.00, above 30.00. The jug is due on Tuesday: two parcels and a split of 1.00 against one at 30.00.
    const bands = [
      { uptoGrams: 1000, fixedMicros: 3_000_000, perKgMicros: 0 },
      { fixedMicros: 30_000_000, perKgMicros: 0 },
    ];
    const snapshot = buildSnapshot({
      items: [buildItem('cup'), buildItem('jug', { weightGrams: 1000 })],
      receipts: [{ receiptId: 'r', sku: 'jug', nodeId: 'north', quantity: 1, dueOn: '2011-11-15' }],
      rateCards: [buildRateCard({ zones: [{ ...buildRateCard().zones[0]!, bands }] })],
    });
    const { lines } = await explained({
      snapshot,
      orders: [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])],
    });
    expect(lines[0]!.runnerUp).toMatchObject({ nodeId: 'north', shipOn: '2011-11-15', marginMicros: 23_000_000 });
    expect(lines[0]!.sentence).toBe(
      'north supplies 1 unit. Moved by itself, it would cost least from north on 2011-11-15: 23.00 more.',
    );
  });

  it('costs what re-sourcing costs with the chosen node closed, where only one other is left', async () => {
    let compared = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = randomScenario(seed, { orders: 1, nodes: 2, skus: 1, linesPerOrder: 1 });
      const scenario = {
        ...random,
        policy: {
          ...random.policy,
          strategy: 'fcfs-exact' as const,
          allow: { ...random.policy.allow, maxShipDelayDays: 0 },
        },
      };
      const plan = await planOf(scenario);
      const [orderPlan] = plan.orders;
      if (orderPlan!.shipments.length !== 1 || orderPlan!.unsourced.length > 0) continue;
      const { lines } = (await explainOrder(scenario, scenario.policy, plan, orderPlan!.orderId))!;
      const { runnerUp } = lines[0]!;
      if (!runnerUp) continue;
      const nodes = scenario.snapshot.nodes.map((node) =>
        node.nodeId === orderPlan!.shipments[0]!.nodeId ? { ...node, status: 'closed' as const } : node,
      );
      const other = await planOf({ ...scenario, snapshot: { ...scenario.snapshot, nodes } });
      // Without the chosen node the order may rather be left unsourced than go by the runner-up.
      const byRunnerUp = plan.cost.totalMicros + runnerUp.marginMicros;
      if (other.orders[0]!.unsourced.length > 0)
        expect(byRunnerUp, `seed ${seed}`).toBeGreaterThanOrEqual(other.cost.totalMicros);
      else {
        expect(byRunnerUp, `seed ${seed}`).toBe(other.cost.totalMicros);
        expect(runnerUp.nodeId, `seed ${seed}`).toBe(other.orders[0]!.shipments[0]!.nodeId);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});

describe('why an order is split', () => {
  const items = [buildItem('cup'), buildItem('jug')];
  const orders = [buildOrder('o1', [buildLine('1', 'cup'), buildLine('2', 'jug')])];

  it('could not be helped where no node has everything', async () => {
    const snapshot = buildSnapshot({
      items,
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 1],
        ['jug', 'south', 1],
      ]),
    });
    const { split, summary } = await explained({ snapshot, orders });
    expect(split).toMatchObject({
      cause: 'unavoidable',
      unavoidable: true,
      singleShipmentMarginMicros: null,
      margin: null,
      recoverableMicros: 0,
      sentence: '2 shipments: no single node could send all that was shipped on one day.',
    });
    expect(summary).toEqual([
      'north ships line 1 on 2011-11-14 by standard, delivered 2011-11-16, in time.',
      'south ships line 2 on 2011-11-14 by standard, delivered 2011-11-16, in time.',
      'Proven: no plan for this order costs less on the stock and capacity it found.',
    ]);
  });

  it('was chosen where one shipment would have been dearer', async () => {
    const snapshot = buildSnapshot({
      items,
      nodes: [buildNode('north'), buildNode('south'), dear('west', 9_000_000)],
      stock: stockOf([
        ['cup', 'north', 1],
        ['jug', 'south', 1],
        ['cup', 'west', 1],
        ['jug', 'west', 1],
      ]),
    });
    // Two parcels of 3.50 and a split of 1.00 against one of 4.00 with handling of 9.00.
    const { split } = await explained({ snapshot, orders });
    expect(split).toMatchObject({
      cause: 'cheaper',
      unavoidable: false,
      singleShipmentMarginMicros: 5_000_000,
      margin: { shippingMicros: -3_000_000, handlingMicros: 9_000_000, splitMicros: -1_000_000 },
      recoverableMicros: 0,
      sentence: '2 shipments: one shipment was possible and would have cost 5.00 more.',
    });
  });

  it('is not said of one shipment', async () => {
    expect((await explained({})).split).toBeNull();
  });

  it('is said of a quantity that no node has whole', async () => {
    const snapshot = buildSnapshot({
      nodes: [buildNode('north'), buildNode('south')],
      stock: stockOf([
        ['cup', 'north', 3],
        ['cup', 'south', 2],
      ]),
    });
    const { lines, summary } = await explained({ snapshot, orders: [buildOrder('o1', [buildLine('1', 'cup', 6)])] });
    expect(lines[0]!.sentence).toBe(
      'north (3) and south (2) supply 5 of 6 units: no single node could send all of it on one day. 1 unit not sourced: the nodes that may supply it have too little left, after reservations, buffers and other orders.',
    );
    expect(summary).toContain('1 unit on 1 line stays unsourced.');
  });
});

describe('an explanation', () => {
  it('says that delivery is late, and by how much', async () => {
    const late = async (promiseBy: string) =>
      (await explained({ orders: [buildOrder('o1', [buildLine('1', 'cup')], { promiseBy })] })).summary[0];
    expect(await late('2011-11-15')).toContain(', 1 day late.');
    expect(await late('2011-11-13')).toContain(', 3 days late.');
  });

  it('gives lines in the order of the order, those of one sku too', async () => {
    const snapshot = buildSnapshot({
      items: [buildItem('cup'), buildItem('jug')],
      stock: stockOf([
        ['cup', 'north', 9],
        ['jug', 'north', 9],
      ]),
    });
    const orders = [buildOrder('o1', [buildLine('a', 'cup', 1), buildLine('b', 'jug', 1), buildLine('c', 'cup', 2)])];
    const { lines, cost, proof } = await explained({ snapshot, orders });
    expect(lines.map(({ lineId, sku, quantity, chosen }) => [lineId, sku, quantity, chosen[0]!.quantity])).toEqual([
      ['a', 'cup', 1, 1],
      ['b', 'jug', 1, 1],
      ['c', 'cup', 2, 2],
    ]);
    expect([cost.totalMicros, proof.proven]).toEqual([5_000_000, true]);
  });

  it('reads the calendar of the node that was chosen', async () => {
    const snapshot = buildSnapshot({ calendars: [buildCalendar({ closedOn: ['2011-11-14'] })] });
    expect((await explained({ snapshot })).lines[0]!.chosen).toEqual([
      { nodeId: 'north', service: 'standard', shipOn: '2011-11-15', deliverOn: '2011-11-17', quantity: 1 },
    ]);
  });

  it('is undefined for an order that the plan does not have, and a bug for a plan of another wave', async () => {
    const scenario = buildScenario();
    const plan = await planOf(scenario);
    expect(await explainOrder(scenario, scenario.policy, plan, 'o2')).toBeUndefined();
    const closed = {
      ...scenario,
      snapshot: besides({}, { nodes: [buildNode('north', { status: 'closed' }), buildNode('south')] }),
    };
    await expect(explainOrder(closed, scenario.policy, plan, 'o1')).rejects.toThrow(InvariantError);
  });

  it('repeats byte for byte, holds together and has margins that prove the plan, on random scenarios', async () => {
    const seen = new Map<string, number>();
    let runnersUp = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomScenario(seed, { orders: 6, nodes: 4, skus: 4, linesPerOrder: 3 });
      const strategy = STRATEGIES[seed % 8 < 5 ? 0 : seed % 4]!;
      const scenario = { ...random, policy: { ...random.policy, strategy } };
      const plan = await planOf(scenario);
      const explainer = createExplainer(scenario, scenario.policy, plan);
      for (const [index, { orderId, shipments, unsourced, proof, cost }] of plan.orders.entries()) {
        const what = `seed ${seed} ${orderId}`;
        const explanation = (await explainer.explain(orderId))!;
        if (index % 3 === 0) {
          const again = await explainOrder(
            structuredClone(scenario),
            structuredClone(scenario.policy),
            structuredClone(plan),
            orderId,
          );
          expect(canonicalJson(again), what).toBe(canonicalJson(explanation));
        }
        expect(explanation.cost, what).toEqual(cost);
        expect(explanation.split === null, what).toBe(shipments.length < 2);
        const shippedUnits = shipments.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
        const chosen = explanation.lines.flatMap((line) => line.chosen);
        expect(
          chosen.reduce((sum, { quantity }) => sum + quantity, 0),
          what,
        ).toBe(shippedUnits);
        expect(explanation.lines.filter((line) => line.unsourced).length, what).toBe(unsourced.length);
        for (const { sku, runnerUp, rejections, sentence, chosen: own } of explanation.lines) {
          expect(`${sentence} ${rejections.map((rejection) => rejection.sentence).join(' ')}`, what).not.toMatch(
            /undefined|NaN|null| -\d/,
          );
          expect(new Set(rejections.map(({ nodeId }) => nodeId)).size, what).toBe(rejections.length);
          for (const { nodeId } of own)
            expect(
              rejections.some((rejection) => rejection.nodeId === nodeId),
              what,
            ).toBe(false);
          // What is called the next best of a line is that of the order; and nobody else could only where nobody else does.
          if (sentence.includes('the next best')) {
            expect(runnerUp!.marginMicros, `${what}: ${sentence}`).toBe(explanation.runnerUp!.margin.totalMicros);
            seen.set('next best', (seen.get('next best') ?? 0) + 1);
          }
          if (sentence.includes('No other node')) {
            const holders = shipments.filter(({ lines }) => lines.some((line) => line.sku === sku));
            expect(new Set(holders.map(({ nodeId }) => nodeId)).size, `${what}: ${sentence}`).toBe(1);
            if (!sentence.includes('with all else as planned')) expect(explanation.runnerUp, what).toBeNull();
          }
          for (const { code, marginMicros } of rejections) {
            seen.set(code, (seen.get(code) ?? 0) + 1);
            if (proof.proven && code === 'costs-more') expect(marginMicros, what).toBeGreaterThanOrEqual(0);
          }
          if (!runnerUp) continue;
          runnersUp += 1;
          expect(runnerUp.margin.totalMicros, what).toBe(runnerUp.marginMicros);
          expect(
            COST_TERMS.reduce((sum, term) => sum + runnerUp.margin[`${term}Micros`], 0),
            what,
          ).toBe(runnerUp.marginMicros);
          if (proof.proven) expect(runnerUp.marginMicros, what).toBeGreaterThanOrEqual(0);
        }
      }
    }
    expect(runnersUp).toBeGreaterThan(50);
    expect(seen.get('next best')).toBeGreaterThan(20);
    expect(seen.size).toBeGreaterThanOrEqual(8);
  });
});
