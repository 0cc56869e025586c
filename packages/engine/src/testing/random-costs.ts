// Decides what is laid over a random scenario where costs and times are under test: sizes, surcharges, postcodes, demand.
// Leaves the plain scenario to random-scenario.ts.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Item } from '../model/item.ts';
import type { Node } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import type { Box } from '../model/parcel-rules.ts';
import type { PickHistory } from '../model/pick-history.ts';
import type { Policy } from '../model/policy.ts';
import type { RateCard } from '../model/rate-card.ts';
import type { Scenario } from '../model/scenario.ts';
import type { StockLevel } from '../model/stock-level.ts';

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
      stock: snapshot.stock.map((level) => demanded(level, prng)),
      nodes: snapshot.nodes.map((node) => worked(node, prng)),
      pickHistory: snapshot.stock.filter(() => prng.next() < 0.5).map((level) => history(level, prng)),
      rateCards: snapshot.rateCards.map((card) => spread(surcharged(card, prng), prng)),
      ...(prng.next() < 0.7
        ? { parcels: { dimensionalDivisor: prng.integer(3000, 6000), oversizeMinimumGrams: prng.integer(0, 9000) } }
        : {}),
    },
    orders: scenario.orders.map((order) => addressed(order, prng)),
    policy: {
      ...scenario.policy,
      goals: {
        ...scenario.policy.goals,
        ...(prng.next() < 0.6 ? { stockBalance: balance(prng) } : {}),
        ...(prng.next() < 0.6 ? { rejectRisk: rejectRisk(prng) } : {}),
        ...(prng.next() < 0.6 ? { speedPerDayMicros: prng.integer(0, 2_000_000) } : {}),
      },
      promise: { ...scenario.policy.promise, backlog: prng.pick(['ignore', 'wait']) },
    },
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

function demanded(level: StockLevel, prng: Prng): StockLevel {
  return {
    ...level,
    ...(prng.next() < 0.8 ? { demandPerDay: prng.integer(0, 30) / 10 } : {}),
    ...(prng.next() < 0.4 ? { demandSdPerDay: prng.integer(0, 40) / 10 } : {}),
    ...(prng.next() < 0.3 ? { targetUnits: prng.integer(0, 8) } : {}),
  };
}

function balance(prng: Prng): Policy['goals']['stockBalance'] {
  const markdown = {
    chancePercent: prng.integer(0, 100),
    lossPercent: prng.integer(0, 100),
    ...(prng.next() < 0.5 ? { targetCoverDays: prng.integer(0, 10) } : {}),
  };
  return {
    marginPercent: prng.integer(0, 100),
    horizonDays: prng.integer(1, 20),
    ...(prng.next() < 0.6 ? { markdown } : {}),
  };
}

function worked(node: Node, prng: Prng): Node {
  return {
    ...node,
    backlogDays: prng.pick([0, 0.5, 1, 2]),
    ...(prng.next() < 0.4 ? { rejectPercent: prng.integer(0, 30) } : {}),
    ...(prng.next() < 0.3 ? { boxes: [box('small', prng), box('large', prng)] } : {}),
    handling: { ...node.handling, ...(prng.next() < 0.3 ? { valuePercent: prng.integer(0, 60) / 4 } : {}) },
  };
}

function box(boxId: string, prng: Prng): Box {
  const [lengthMm, widthMm, heightMm] = [prng.integer(100, 900), prng.integer(100, 700), prng.integer(50, 600)];
  const limit = prng.next() < 0.5 ? { maxGrams: prng.integer(1000, 40_000) } : {};
  return {
    boxId,
    lengthMm: lengthMm!,
    widthMm: widthMm!,
    heightMm: heightMm!,
    fillPercent: prng.integer(50, 100),
    ...limit,
  };
}

function history({ sku, nodeId }: StockLevel, prng: Prng): PickHistory {
  const picks = prng.integer(0, 200);
  return { sku, nodeId, picks, rejects: prng.integer(0, picks) };
}

function rejectRisk(prng: Prng): Policy['goals']['rejectRisk'] {
  return {
    perRejectMicros: prng.integer(0, 9_000_000),
    usualPercent: prng.integer(0, 20),
    priorPicks: prng.integer(1, 99),
  };
}

function addressed(order: Order, prng: Prng): Order {
  const postcode = prng.next() < 0.8 ? { postcode: prng.pick(POSTCODES) } : {};
  return { ...order, destination: { ...order.destination, ...postcode, residential: prng.next() < 0.5 } };
}
