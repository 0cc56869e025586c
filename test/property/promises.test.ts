// What is promised is what sourcing can do: no more, no less, no earlier.
import { createPromiser, DEFAULT_LIMITS, type Order, type Policy, type Snapshot, source } from '@sourcewright/engine';
import { randomScenario, withRandomCollection, withRandomCosts } from '@sourcewright/engine/testing';
import { describe, expect, it } from 'vitest';

const SIZE = { orders: 4, nodes: 4, skus: 5, linesPerOrder: 3, limits: true };

function scenarioOf(seed: number) {
  const plain = randomScenario(seed, SIZE);
  const { snapshot, orders, policy } = seed % 2 === 0 ? withRandomCosts(plain, seed) : plain;
  return { snapshot, orders, policy: { ...policy, strategy: 'fcfs-exact' as const } };
}

function promiserOf(snapshot: Snapshot, policy: Policy) {
  const promiser = createPromiser(snapshot, policy, DEFAULT_LIMITS);
  if (!promiser.ok) throw new Error(JSON.stringify(promiser.error));
  const sent = async (order: Order, maxOptions?: number) => {
    const promise = await promiser.value.promise(order, { maxNodes: 0, ...(maxOptions && { maxOptions }) });
    return { ...promise, delivery: promise.delivery! };
  };
  return { ...promiser.value, sent };
}

async function planOf(order: Order, snapshot: Snapshot, policy: Policy) {
  const plan = await source({ orders: [order], snapshot }, policy, DEFAULT_LIMITS);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value.orders[0]!;
}

const latest = (days: readonly { readonly deliverOn: string }[]): string =>
  days
    .map((day) => day.deliverOn)
    .sort()
    .at(-1)!;

/** Leaving a unit is dearer than anything; nothing may come after the promise. */
function strict(policy: Policy): Policy {
  return {
    ...policy,
    goals: { ...policy.goals, unsourced: { perUnitMicros: 1_000_000_000_000, valuePercent: 0 } },
    allow: { ...policy.allow, maxLateDays: 0 },
  };
}

describe('promises and plans', () => {
  it('a plan for one order alone ships what was among the options, and never whole before the promised day', async () => {
    let shipments = 0;
    let whole = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const { snapshot, orders, policy } = scenarioOf(seed);
      const promiser = promiserOf(snapshot, policy);
      for (const order of orders) {
        const plan = await planOf(order, snapshot, policy);
        const { delivery, promiseBy } = await promiser.sent(order, 10_000);
        expect(plan.promiseBy).toBe(promiseBy);
        for (const { nodeId, rateCardId, shipOn, deliverOn, lines } of plan.shipments) {
          for (const { lineId, sku } of lines) {
            const { options, optionsTotal } = delivery.lines.find((line) => line.lineId === lineId)!;
            expect(optionsTotal).toBe(options.length);
            const units = lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.quantity, 0);
            const option = options.find(
              (one) => one.nodeId === nodeId && one.rateCardId === rateCardId && one.shipOn === shipOn,
            );
            expect(option, `seed ${seed}, ${order.orderId}`).toMatchObject({ deliverOn });
            expect(option!.units).toBeGreaterThanOrEqual(units);
          }
          shipments += 1;
        }
        if (plan.unsourced.length > 0) continue;
        expect(delivery.whole, `seed ${seed}, ${order.orderId}`).not.toBeNull();
        expect(delivery.whole!.deliverOn <= latest(plan.shipments)).toBe(true);
        whole += 1;
      }
    }
    expect(shipments).toBeGreaterThan(200);
    expect(whole).toBeGreaterThan(100);
  });

  it('what is promised whole can be sourced whole by that day, and the services stand for what a customer would choose', async () => {
    let kept = 0;
    for (let seed = 1; seed <= 80; seed++) {
      const { snapshot, orders, policy } = scenarioOf(seed);
      const promiser = promiserOf(snapshot, policy);
      for (const order of orders) {
        const { delivery } = await promiser.sent(order);
        const offers = [
          { ...delivery, services: order.services },
          ...delivery.services.map((own) => ({ ...own, services: [own.service] })),
        ];
        for (const { whole, missing, services } of offers) {
          expect(missing.length === 0).toBe(whole !== null);
          if (!whole) continue;
          const asked = { ...order, ...(services && { services }), promiseBy: whole.deliverOn };
          const plan = await planOf(asked, snapshot, strict(policy));
          expect(plan.unsourced, `seed ${seed}, ${order.orderId}, ${services?.join() ?? 'any'}`).toEqual([]);
          expect(latest(plan.shipments)).toBe(whole.deliverOn);
          expect(latest(whole.shipments)).toBe(whole.deliverOn);
          expect(whole.deliverOnP90 >= whole.deliverOn).toBe(true);
          kept += 1;
        }
        for (const { service, ...own } of delivery.services) {
          const chosen = await promiser.sent({ ...order, services: [service] });
          expect({ whole: chosen.delivery.whole, missing: chosen.delivery.missing }).toEqual(own);
        }
        // Where lines may be split, fewer services can mean that no node has all of a line, so that it is split and comes sooner.
        if (policy.allow.splitQuantity === 'when-needed') continue;
        const soonest = delivery.services.flatMap(({ whole }) => (whole ? [whole.deliverOn] : [])).sort()[0];
        if (soonest !== undefined) expect(delivery.whole!.deliverOn <= soonest).toBe(true);
      }
    }
    expect(kept).toBeGreaterThan(200);
  });

  it('the last moment to order keeps the day, and a line that cannot come says why', async () => {
    let moments = 0;
    let reasons = 0;
    for (let seed = 1; seed <= 80; seed++) {
      const { snapshot, orders, policy: full } = scenarioOf(seed);
      const policy: Policy = { ...full, rules: [], allow: { ...full.allow, splitQuantity: 'never' } };
      const promiser = promiserOf(snapshot, policy);
      for (const asked of orders) {
        const first = await promiser.sent(asked);
        const order = { ...asked, promiseBy: first.promiseBy };
        for (const { deliverOn, reason, options } of first.delivery.lines) {
          expect(reason === null).toBe(deliverOn !== null);
          if (reason === 'not-stocked') expect(options).toEqual([]);
          if (reason !== null) reasons += 1;
        }
        const { whole } = first.delivery;
        if (!whole) continue;
        const lastMs = Date.parse(whole.orderBefore);
        expect(lastMs).toBeGreaterThan(Date.parse(first.takenUpAt));
        const late = await promiser.sent({ ...order, placedAt: new Date(lastMs - 60_000).toISOString() });
        expect(late.delivery.whole, `seed ${seed}, ${order.orderId}`).not.toBeNull();
        expect(late.delivery.whole!.deliverOn <= whole.deliverOn).toBe(true);
        moments += 1;
      }
    }
    expect(moments).toBeGreaterThan(100);
    expect(reasons).toBeGreaterThan(50);
  });

  it('what is collected can be sourced by the day it is promised, and no plan has it ready before', async () => {
    const kept = { pickup: 0, 'ship-to-store': 0 };
    for (let seed = 1; seed <= 60; seed++) {
      const plain = scenarioOf(seed);
      const scenario = withRandomCollection({ scenarioId: 's', title: 's', ...plain }, seed);
      const { snapshot, policy } = scenario;
      const promiser = promiserOf(snapshot, policy);
      for (const { fulfilment: _fulfilment, collectAt: _node, services: _services, ...cart } of scenario.orders) {
        const { collection } = await promiser.promise(cart, { maxNodes: 3 });
        const distances = collection.map(({ distanceKm }) => distanceKm ?? Infinity);
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
        for (const { nodeId, pickup, shipToStore } of collection) {
          for (const [fulfilment, { whole, missing }] of [
            ['pickup', pickup!],
            ['ship-to-store', shipToStore!],
          ] as const) {
            const order = { ...cart, fulfilment, collectAt: nodeId };
            const plan = await planOf(order, snapshot, policy);
            expect(missing.length === 0).toBe(whole !== null);
            if (plan.unsourced.length === 0) expect(whole!.deliverOn <= latest(plan.shipments)).toBe(true);
            if (!whole) continue;
            const asked = { ...order, promiseBy: whole.deliverOn };
            const inTime = await planOf(asked, snapshot, strict(policy));
            expect(inTime.unsourced, `seed ${seed}, ${cart.orderId}, ${fulfilment} at ${nodeId}`).toEqual([]);
            expect(latest(inTime.shipments)).toBe(whole.deliverOn);
            kept[fulfilment] += 1;
            const own = await promiser.promise(order);
            expect(own.delivery).toBeNull();
            expect(
              own.collection.map((one) => (fulfilment === 'pickup' ? one.pickup : one.shipToStore)?.whole),
            ).toEqual([whole]);
          }
        }
      }
    }
    expect(kept.pickup).toBeGreaterThan(20);
    expect(kept['ship-to-store']).toBeGreaterThan(60);
  });
});
