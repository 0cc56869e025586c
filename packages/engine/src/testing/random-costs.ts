// Decides what is laid over a random scenario where costs and times are under test: sizes, surcharges, postcodes.
// Leaves the plain scenario to random-scenario.ts.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Item } from '../model/item.ts';
import type { Order } from '../model/order.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';

const POSTCODES = ['LS1 4AP', 'EH12 9DN', 'EH1 1YZ', 'PL30 5BX', 'iv1 1aa'];

/** The same seed gives the same scenario. */
export function withRandomCosts(scenario: Scenario, seed: number): Scenario {
  const prng = createPrng(seed + 7919);
  const { snapshot } = scenario;
  return {
    ...scenario,
    snapshot: {
      ...snapshot,
      items: snapshot.items.map((item) => sized(item, prng)),
      nodes: snapshot.nodes.map((node) => ({ ...node, backlogDays: prng.pick([0, 0.5, 1, 2]) })),
      rateCards: snapshot.rateCards.map((card) => spread(surcharged(card, prng), prng)),
      ...(prng.next() < 0.7
        ? { parcels: { dimensionalDivisor: prng.integer(3000, 6000), oversizeMinimumGrams: prng.integer(0, 9000) } }
        : {}),
    },
    orders: scenario.orders.map((order) => addressed(order, prng)),
    policy: { ...scenario.policy, promise: { ...scenario.policy.promise, backlog: prng.pick(['ignore', 'wait']) } },
  };
}

function sized(item: Item, prng: Prng): Item {
  const side = (): number => prng.integer(20, 500);
  return {
    ...item,
    ...(prng.next() < 0.7 ? { lengthMm: side(), widthMm: side(), heightMm: side() } : {}),
    oversize: prng.next() < 0.2,
  };
}

function surcharged(card: RateCard, prng: Prng): RateCard {
  if (prng.next() < 0.2) return card;
  const [near, ...rest] = card.zones;
  return {
    ...card,
    surcharges: {
      residentialMicros: prng.integer(0, 2_000_000),
      remote: { perParcelMicros: prng.integer(0, 9_000_000), postcodePrefixes: ['IV', 'EH1 '] },
      fuelPercent: prng.integer(0, 40) / 2,
    },
    zones: prng.next() < 0.5 ? card.zones : [{ ...near!, zone: 'named', postcodePrefixes: ['EH', 'PL3'] }, ...rest],
  };
}

function spread(card: RateCard, prng: Prng): RateCard {
  if (prng.next() < 0.3) return card;
  const zones = card.zones.map((zone) => ({ ...zone, transitDaysP90: zone.transitDays + prng.integer(0, 3) }));
  return { ...card, zones };
}

function addressed(order: Order, prng: Prng): Order {
  const postcode = prng.next() < 0.8 ? { postcode: prng.pick(POSTCODES) } : {};
  return { ...order, destination: { ...order.destination, ...postcode, residential: prng.next() < 0.5 } };
}
