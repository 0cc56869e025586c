// Decides what is laid over a random scenario where goods are collected and people work by the hour.
// Leaves the plain scenario to random-scenario.ts.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Node } from '../model/node.ts';
import { FULFILMENTS, type Order } from '../model/order.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';
import { buildRateCard } from './build-scenario.ts';

/** The same seed gives the same scenario. */
export function withRandomCollection(scenario: Scenario, seed: number): Scenario {
  const prng = createPrng(seed + 104_729);
  const { snapshot } = scenario;
  const nodes = snapshot.nodes.map((node) => collecting(worked(node, prng), prng));
  return {
    ...scenario,
    snapshot: { ...snapshot, nodes, rateCards: [...snapshot.rateCards, COUNTER, ...transferCards(prng)] },
    orders: scenario.orders.map((order) => collected(order, nodes, prng)),
  };
}

const COUNTER: RateCard = buildRateCard({
  rateCardId: 'counter',
  service: 'collect',
  kind: 'pickup',
  deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
  zones: [{ zone: 'counter', transitDays: 0, bands: [{ fixedMicros: 0, perKgMicros: 0 }] }],
});

function transferCards(prng: Prng): RateCard[] {
  const band = (uptoGrams?: number) => ({
    ...(uptoGrams === undefined ? {} : { uptoGrams }),
    fixedMicros: prng.integer(0, 900_000),
    perKgMicros: prng.integer(0, 300_000),
  });
  const van = buildRateCard({
    rateCardId: 'van',
    service: 'collect',
    kind: 'transfer',
    deliveryWeekdays: [2, 5],
    surcharges: { residentialMicros: 5_000_000, fuelPercent: prng.integer(0, 20) },
    zones: [
      { zone: 'near', maxDistanceKm: 300, transitDays: 1, bands: [band(8000), band()] },
      { zone: 'region', regions: ['LS'], transitDays: 1, transitDaysP90: 2, bands: [band()] },
    ],
  });
  return prng.next() < 0.8 ? [van] : [van, { ...van, rateCardId: 'night-van', service: 'express' }];
}

function collecting(node: Node, prng: Prng): Node {
  const own = [...(prng.next() < 0.8 ? ['counter'] : []), ...(prng.next() < 0.8 ? ['van'] : [])];
  const receiving = { workingDays: prng.integer(0, 2), perShipmentMicros: prng.integer(0, 500_000) };
  return {
    ...node,
    rateCardIds: [...node.rateCardIds, ...own],
    ...(prng.next() < 0.6 ? { receiving } : {}),
    ...(prng.next() < 0.5 ? { region: prng.pick(['LS', 'EH', 'PL']) } : {}),
  };
}

function worked(node: Node, prng: Prng): Node {
  if (prng.next() < 0.2) {
    const { backlogDays: _stated, ...rest } = node;
    return { ...rest, backlog: { shipments: prng.integer(0, 4), units: prng.integer(0, 20) } };
  }
  if (prng.next() < 0.6) return node;
  const bands = ['day', 'evening', 'night'].slice(0, prng.integer(1, 3)).map((name) => ({
    name,
    hours: prng.integer(0, 6) / 2,
    perHourMicros: prng.integer(0, 9_000_000),
  }));
  return { ...node, labour: { unitsPerHour: prng.integer(1, 12) / 2, bands } };
}

function collected(order: Order, nodes: readonly Node[], prng: Prng): Order {
  const fulfilment = prng.pick(FULFILMENTS);
  if (fulfilment === 'ship') return prng.next() < 0.5 ? order : { ...order, fulfilment };
  const { services: _any, ...rest } = order;
  return { ...rest, fulfilment, collectAt: prng.pick(nodes).nodeId };
}
