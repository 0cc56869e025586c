import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Plan } from '../model/plan.ts';
import { source } from '../source.ts';
import { randomScenario } from '../testing/random-scenario.ts';
import { verify } from './verify.ts';

type Draft = { -readonly [K in keyof Plan]: any }; // oxlint-disable-line typescript/no-explicit-any

const scenario = randomScenario(7, { orders: 15, nodes: 5, skus: 6, linesPerOrder: 4 });

async function goodPlan(): Promise<Draft> {
  const result = await source(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!result.ok) throw new Error('The scenario must be sourceable.');
  return structuredClone(result.value);
}

/** A plan that was changed in one way; each must be found out. */
const FORGERIES: Record<string, (plan: Draft) => void> = {
  'a unit that is shipped twice': (plan) => (plan.orders.find(shipped).shipments[0].lines[0].quantity += 1),
  'a line that vanished': (plan) => plan.orders.find(shipped).shipments[0].lines.pop(),
  'an order that vanished': (plan) => plan.orders.pop(),
  'an order that is there twice': (plan) => plan.orders.push(plan.orders[0]),
  'a shipment from another node': (plan) => (plan.orders.find(shipped).shipments[0].nodeId = otherNode(plan)),
  'a ship day before the cutoff allows': (plan) => (plan.orders.find(shipped).shipments[0].shipOn = '2011-11-13'),
  'a delivery that is too early': (plan) => (plan.orders.find(shipped).shipments[0].deliverOn = '2011-11-14'),
  'lateness that is denied': (plan) => (plan.orders.find(late).shipments.find(isLate).lateDays = 0),
  'a promise that was moved': (plan) => (plan.orders.find(shipped).promiseBy = '2012-01-01'),
  'a cheaper parcel': (plan) => (plan.orders.find(shipped).shipments[0].cost.shippingMicros -= 1),
  'a term that was moved to another': (plan) => {
    const { cost } = plan.orders.find(shipped).shipments[0];
    cost.shippingMicros -= 5;
    cost.handlingMicros += 5;
  },
  'a lighter shipment': (plan) => (plan.orders.find(shipped).shipments[0].weightGrams -= 1),
  'a parcel less': (plan) => (plan.orders.find(shipped).shipments[0].parcels -= 1),
  'a service nobody offers': (plan) => (plan.orders.find(shipped).shipments[0].service = 'by-owl'),
  'a total that does not add up': (plan) => (plan.cost.totalMicros -= 1),
  'an unsourced unit that costs nothing': (plan) => (plan.orders.find(unsourced).unsourced[0].costMicros = 0),
  'a bound above the cost': (plan) => (plan.proof.lowerBoundMicros = plan.cost.totalMicros + 1),
  'a goal that is made to look better': (plan) => (plan.tiers[0].objectiveMicros -= 2),
  'a goal that nobody asked for': (plan) => (plan.tiers[0].name = 'speed'),
  'a gap that is denied': (plan) => (plan.tiers[0].gap += 0.01),
  'kpis of another plan': (plan) => (plan.kpis.shipments += 1),
};

const shipped = (order: Draft['orders'][number]): boolean => order.shipments.length > 0;
const unsourced = (order: Draft['orders'][number]): boolean => order.unsourced.length > 0;
const isLate = (shipment: { lateDays: number }): boolean => shipment.lateDays > 0;
const late = (order: Draft['orders'][number]): boolean => order.shipments.some(isLate);

function otherNode(plan: Draft): string {
  const { nodeId } = plan.orders.find(shipped).shipments[0];
  return scenario.snapshot.nodes.find((node) => node.nodeId !== nodeId)!.nodeId;
}

describe('verify', () => {
  it('finds nothing wrong with a good plan', async () => {
    expect(await verify(await goodPlan(), scenario, scenario.policy)).toEqual([]);
  });

  it.each(Object.keys(FORGERIES))('finds %s', async (name) => {
    const plan = await goodPlan();
    FORGERIES[name]!(plan);
    expect(await verify(plan, scenario, scenario.policy)).not.toEqual([]);
  });

  it('finds stock and capacity that were not there', async () => {
    const plan = await goodPlan();
    const empty = { ...scenario.snapshot, stock: [], receipts: [] };
    expect(
      (await verify(plan, { orders: scenario.orders, snapshot: empty }, scenario.policy)).some((line) =>
        line.includes('taken'),
      ),
    ).toBe(true);
    const closed = {
      ...scenario.snapshot,
      nodes: scenario.snapshot.nodes.map((node) => ({ ...node, capacity: { shipmentsPerDay: 0 } })),
    };
    expect(
      (await verify(plan, { orders: scenario.orders, snapshot: closed }, scenario.policy)).some((line) =>
        line.includes('shipments on day'),
      ),
    ).toBe(true);
  });

  it('finds a shipment that a rule excludes', async () => {
    const plan = await goodPlan();
    const rules = [
      {
        name: 'nothing',
        conditions: { all: [{ fact: 'line.quantity', operator: 'greaterThan', value: 0 }] },
        event: { type: 'exclude' as const, params: { because: 'Never.' } },
      },
    ];
    const found = await verify(plan, scenario, { ...scenario.policy, rules });
    expect(found.some((line) => line.includes('"nothing" refuses'))).toBe(true);
  });
});
