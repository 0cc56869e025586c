// Decides what a random wave looks like that the compact program says exactly: tariffs in straight lines, lines whole.
import { createPrng, type Scenario } from '@sourcewright/engine';
import { randomScenario } from '@sourcewright/engine/testing';

/** Random limits, days, services and rules; lines whole, one band without a minimum, several parcels; stock, capacity and time short. */
export function straightScenario(seed: number, size: { orders: number; linesPerOrder: number }): Scenario {
  const scenario = randomScenario(seed, { ...size, nodes: 3, skus: 3 });
  const { snapshot, policy } = scenario;
  const prng = createPrng(seed);
  const rateCards = snapshot.rateCards.map((card) => ({
    ...card,
    zones: card.zones.map((zone) => {
      const fast = card.service === 'express';
      const fixedMicros = fast ? prng.integer(0, 2_000_000) : prng.integer(2_000_000, 6_000_000);
      return { ...zone, bands: [{ fixedMicros, perKgMicros: prng.integer(0, fast ? 3_000_000 : 500_000) }] };
    }),
  }));
  const receipts = snapshot.stock
    .filter(() => prng.next() < 0.4)
    .map(({ sku, nodeId }, index) => ({
      receiptId: `r${index}`,
      sku,
      nodeId,
      quantity: prng.integer(3, 9),
      dueOn: `2011-11-1${prng.integer(5, 8)}`,
    }));
  return {
    ...scenario,
    snapshot: {
      ...snapshot,
      rateCards,
      receipts,
      stock: snapshot.stock.map((level) => ({ ...level, onHand: Math.ceil(level.onHand * 0.8) })),
      nodes: snapshot.nodes.map((node) => ({
        ...node,
        rateCardIds: ['parcel', 'fast'],
        ...(node.capacity ? { capacity: { ...node.capacity, shipmentsPerDay: prng.integer(1, 2) } } : {}),
      })),
    },
    orders: scenario.orders.map((order) => ({
      ...order,
      placedAt: '2011-11-14T08:00:00Z',
      ...(prng.next() < 0.5 ? { maxShipments: 1 } : {}),
    })),
    policy: {
      ...policy,
      goals: { ...policy.goals, unsourced: { perUnitMicros: prng.integer(1, 9) * 1_000_000, valuePercent: 100 } },
      allow: { ...policy.allow, splitQuantity: 'never', maxShipDelayDays: prng.integer(0, 2) },
      rules: (policy.rules ?? []).filter((rule) => rule.event.type === 'penalise'),
    },
  };
}
