// Waiting work by hand: ordered on Monday 14 November 2011 at nine, sent that day where nothing waits.
import { describe, expect, it } from 'vitest';
import type { Node } from '../model/node.ts';
import {
  buildLine,
  buildNode,
  buildOrder,
  buildPolicy,
  buildScenario,
  buildSnapshot,
} from '../testing/build-scenario.ts';
import { planOf } from '../testing/explain-scenario.ts';

async function shipOn(node: Partial<Node>, backlog: 'ignore' | 'wait' = 'wait'): Promise<string> {
  const policy = buildPolicy();
  const plan = await planOf(
    buildScenario({
      snapshot: buildSnapshot({ nodes: [buildNode('north', node)] }),
      orders: [buildOrder('o1', [buildLine('1', 'cup')])],
      policy: { ...policy, promise: { defaultDays: 5, backlog }, rules: [SLOW] },
    }),
  );
  const [shipment] = plan.orders[0]!.shipments;
  return `${shipment!.shipOn.slice(5)}${shipment!.cost.preferenceMicros > 0 ? ' slow' : ''}`;
}

/** Rules see the days, too. */
const SLOW = {
  name: 'slow nodes',
  conditions: { all: [{ fact: 'node.backlogDays', operator: 'greaterThan', value: 2 }] },
  event: { type: 'penalise', params: { because: 'They keep customers waiting.', perLineMicros: 1000 } },
} as const;

describe('work that waits', () => {
  it.each<[Partial<Node>, string, string]>([
    [{ capacity: { shipmentsPerDay: 10 } }, '11-14', 'nothing waits'],
    [{ capacity: { shipmentsPerDay: 10 }, backlog: { shipments: 10 } }, '11-15', 'a day of shipments'],
    [{ capacity: { shipmentsPerDay: 10 }, backlog: { shipments: 11 } }, '11-16', 'a little more takes another day'],
    [{ capacity: { unitsPerDay: 50 }, backlog: { units: 130 } }, '11-17 slow', '2.6 days of units'],
    [
      { capacity: { shipmentsPerDay: 10, unitsPerDay: 50 }, backlog: { shipments: 5, units: 100 } },
      '11-16',
      'the slower of the two: units',
    ],
    [{ backlog: { shipments: 500 } }, '11-14', 'without a limit it takes no time'],
    [{ capacity: { shipmentsPerDay: 10 }, backlog: { shipments: 30 }, backlogDays: 1 }, '11-15', 'stated days count'],
    [
      { labour: { unitsPerHour: 10, bands: [{ name: 'day', hours: 2, perHourMicros: 0 }] }, backlog: { units: 20 } },
      '11-15',
      'twenty units a day by its hours',
    ],
  ])('%j: %s, %s', async (node, expected) => {
    expect(await shipOn(node)).toBe(expected);
  });

  it('is no matter where the policy does not wait', async () => {
    expect(await shipOn({ capacity: { shipmentsPerDay: 10 }, backlog: { shipments: 11 } }, 'ignore')).toBe('11-14');
  });
});
