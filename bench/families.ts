// Decides the published random waves of the wave benches, each from a seed as a complete scenario.
// Family A: scattered single units on a plane of 4000 × 2500 miles, 5 % DCs with 55 % of the stock.
import {
  createPrng,
  type Node,
  type Order,
  type Policy,
  type Prng,
  type RateCard,
  type Scenario,
} from '@sourcewright/engine';

export interface FamilyASize {
  readonly orders: number;
  readonly nodes: number;
  readonly skus: number;
  /** Stock of the network ÷ units the wave asks for. */
  readonly cover: number;
}

const MILES_PER_KM = 0.621371;
const WIDTH = 4000;
const HEIGHT = 2500;
/** Destinations lie on a grid of this many miles, so that lanes can be listed. */
const GRID = 50;
const LINE_SHARES = [0.55, 0.2, 0.12, 0.06, 0.04, 0.03];
const MICROS = 1_000_000;

/** The same size and seed give the same scenario. */
export function familyA({ orders, nodes, skus, cover }: FamilyASize, seed: number): Scenario {
  const prng = createPrng(seed);
  const places = Array.from({ length: nodes }, () => ({ x: prng.next() * WIDTH, y: prng.next() * HEIGHT }));
  const dcs = Math.max(1, Math.round(nodes * 0.05));
  const popularity = cumulative(Array.from({ length: skus }, (_, rank) => (rank + 1 + 10) ** -0.9));
  const drawn = Array.from({ length: orders }, (_, index) => drawOrder(index, prng, popularity));
  const units = drawn.reduce((sum, order) => sum + order.lines.reduce((inner, line) => inner + line.quantity, 0), 0);
  const stock = drawStock(prng, nodes, dcs, skus, popularity, Math.round(units * cover));
  const regions = new Set(drawn.map((order) => order.destination.region!));
  return {
    scenarioId: `family-a-${orders}-${nodes}-${seed}`,
    title: `Family A, ${orders} orders`,
    snapshot: {
      currency: 'USD',
      timeZone: 'UTC',
      asOf: '2026-01-05T00:00:00Z',
      nodes: places.map(
        (_, index): Node => ({
          nodeId: `n${index}`,
          name: `Node ${index}`,
          type: index < dcs ? 'dc' : 'store',
          calendarId: 'daily',
          rateCardIds: ['parcel'],
          handling:
            index < dcs
              ? { perShipmentMicros: 0.8 * MICROS, perUnitMicros: 0.3 * MICROS }
              : { perShipmentMicros: 1.8 * MICROS, perUnitMicros: 0.7 * MICROS },
        }),
      ),
      items: Array.from({ length: skus }, (_, index) => ({
        sku: `s${index}`,
        weightGrams: 200 + Math.floor(prng.next() * 3000),
      })),
      stock,
      calendars: [{ calendarId: 'daily', timeZone: 'UTC', workingWeekdays: [1, 2, 3, 4, 5, 6, 7], cutoff: '23:59' }],
      rateCards: [parcelCard()],
      lanes: places.flatMap((place, index) =>
        [...regions].map((region) => ({
          nodeId: `n${index}`,
          region,
          distanceKm: milesTo(place, region) / MILES_PER_KM,
        })),
      ),
    },
    orders: drawn,
    policy: POLICY,
  };
}

/** Zone = min(8, 2 + ⌊miles ÷ 400⌋); 4.5 + 0.45 a zone for the parcel, 0.35 + 0.12 a zone for the kilogram. */
function parcelCard(): RateCard {
  return {
    rateCardId: 'parcel',
    name: 'Parcel',
    service: 'standard',
    deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
    zones: Array.from({ length: 7 }, (_, index) => {
      const zone = index + 2;
      const bands = [
        {
          fixedMicros: Math.round((4.5 + 0.45 * zone) * MICROS),
          perKgMicros: Math.round((0.35 + 0.12 * zone) * MICROS),
        },
      ];
      return {
        zone: `z${zone}`,
        ...(zone < 8 ? { maxDistanceKm: Math.round(((zone - 1) * 400 * 1000) / MILES_PER_KM) / 1000 } : {}),
        transitDays: 2,
        bands,
      };
    }),
  };
}

const POLICY: Policy = {
  policyId: 'family-a',
  version: 1,
  name: 'Family A',
  strategy: 'fcfs-exact',
  goals: { splitMicros: 0, latenessPerDayMicros: 0, unsourced: { perUnitMicros: 60 * MICROS, valuePercent: 0 } },
  promise: { defaultDays: 10 },
  allow: { partial: true, splitQuantity: 'never', maxShipDelayDays: 0 },
};

function drawOrder(index: number, prng: Prng, popularity: readonly number[]): Order {
  const wanted = drawIndex(prng, cumulative(LINE_SHARES)) + 1;
  const skus = new Set<number>();
  while (skus.size < wanted) skus.add(drawIndex(prng, popularity));
  const x = Math.floor((prng.next() * WIDTH) / GRID);
  const y = Math.floor((prng.next() * HEIGHT) / GRID);
  return {
    orderId: `o${String(index).padStart(7, '0')}`,
    placedAt: '2026-01-05T08:00:00Z',
    destination: { country: 'US', region: `${x} ${y}` },
    lines: [...skus].map((sku, line) => ({
      lineId: String(line + 1),
      sku: `s${sku}`,
      quantity: prng.next() < 0.85 ? 1 : 2,
    })),
  };
}

/** Units fall one by one: 55 % on DCs, each sku as often as it is wanted. */
function drawStock(prng: Prng, nodes: number, dcs: number, skus: number, popularity: readonly number[], units: number) {
  const counts = new Map<string, number>();
  for (let unit = 0; unit < units; unit++) {
    const sku = Math.min(skus - 1, drawIndex(prng, popularity));
    const node = prng.next() < 0.55 ? prng.integer(0, dcs - 1) : prng.integer(dcs, nodes - 1);
    const key = `${sku} ${node}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, onHand]) => {
    const [sku, node] = key.split(' ') as [string, string];
    return { sku: `s${sku}`, nodeId: `n${node}`, onHand };
  });
}

function milesTo(place: { x: number; y: number }, region: string): number {
  const [x, y] = region.split(' ').map((cell) => (Number(cell) + 0.5) * GRID) as [number, number];
  return Math.hypot(place.x - x, place.y - y);
}

function cumulative(weights: readonly number[]): number[] {
  let sum = 0;
  const total = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => (sum += weight / total));
}

function drawIndex(prng: Prng, cumulated: readonly number[]): number {
  const at = prng.next();
  let low = 0;
  let high = cumulated.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulated[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
