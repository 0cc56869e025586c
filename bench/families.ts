// Decides the published random waves of the wave benches, each from a seed as a complete scenario.
// Family A: scattered single units on a plane of 4000 × 2500 miles, 5 % DCs with 55 % of the stock.
// Family B: retail, scarce in stores; US metros, 3 % DCs, stores with stock in small lots, rates by zone and mile.
import {
  createPrng,
  distanceMetres,
  type Node,
  type Order,
  type Policy,
  type Prng,
  type RateCard,
  type Scenario,
} from '@sourcewright/engine';
import { type Metro, readMetros } from './metros.ts';

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
  const skus = drawSkus(prng, cumulative(LINE_SHARES), popularity);
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

export interface FamilyBSize {
  readonly orders: number;
  readonly nodes: number;
  readonly skus: number;
  /** Stock of a sku ÷ units the wave asks of it, before noise of a half up or down. */
  readonly rho: number;
  /** Most units of a sku that a store gets at once. */
  readonly lot: number;
  /** Limits shipments a day: 0.5 × orders over the DCs, 0.9 × 1.25 × orders over all nodes for each store. */
  readonly capacity?: boolean;
}

const B_LINE_SHARES = [0.58, 0.21, 0.1, 0.06, 0.03, 0.02];
/** Zones 2 to 8 end at these miles, the last is open. */
const ZONE_MILES = [150, 300, 600, 1000, 1400, 1800];
const ZONE_FIXED = [7.9, 8.2, 8.7, 9.4, 10.1, 10.8, 11.6];
const ZONE_PER_UNIT = [0.55, 0.65, 0.8, 1.0, 1.25, 1.45, 1.7];
const MILE_FIXED = 0.0002;
const MILE_PER_UNIT = 0.0001;
/** What grows with each mile is charged in steps of so many, at the middle of the step. */
const MILE_STEP = 25;
/** No two metros are further apart; steps end here. */
const FARTHEST_MILES = 5200;
const JITTER_DEGREES = 0.3;

/** The same size and seed give the same scenario. */
export function familyB(size: FamilyBSize, seed: number): Scenario {
  const prng = createPrng(seed);
  const metros = readMetros();
  const byPopulation = cumulative(metros.map(({ population }) => population));
  const dcs = Math.max(4, Math.round(size.nodes * 0.03));
  const places = [
    ...spread(metros.slice(0, Math.ceil(metros.length / 2)), dcs),
    ...Array.from({ length: size.nodes - dcs }, () => jittered(metros[drawIndex(prng, byPopulation)]!, prng)),
  ];
  const popularity = cumulative(Array.from({ length: size.skus }, (_, rank) => (rank + 1 + 3) ** -0.85));
  const lineShares = cumulative(B_LINE_SHARES);
  const orders = Array.from({ length: size.orders }, (_, index) =>
    drawMetroOrder(index, prng, lineShares, popularity, metros[drawIndex(prng, byPopulation)]!),
  );
  return {
    scenarioId: `family-b-${size.orders}-${size.nodes}-${seed}`,
    title: `Family B, ${size.orders} orders`,
    synthetic: ['Everything but the places and their population is drawn from a seed.'],
    attributions: ['US Census Bureau: ZIP code tabulation areas, American Community Survey 2012.'],
    snapshot: {
      currency: 'USD',
      timeZone: 'UTC',
      asOf: '2026-01-05T00:00:00Z',
      nodes: places.map(({ lat, lon }, index) => retailNode(index, { lat, lon }, dcs, size)),
      // A kilogram each, so that a rate by weight is a rate by unit.
      items: Array.from({ length: size.skus }, (_, index) => ({ sku: `s${index}`, weightGrams: 1000 })),
      stock: drawLots(prng, unitsBySku(orders, size.skus), dcs, size),
      calendars: [{ calendarId: 'daily', timeZone: 'UTC', workingWeekdays: [1, 2, 3, 4, 5, 6, 7], cutoff: '23:59' }],
      rateCards: [mileageCard()],
    },
    orders,
    policy: {
      ...POLICY,
      policyId: 'family-b',
      name: 'Family B',
      goals: { splitMicros: 0, latenessPerDayMicros: 0, unsourced: { perUnitMicros: 35 * MICROS, valuePercent: 0 } },
    },
  };
}

function retailNode(
  index: number,
  location: { lat: number; lon: number },
  dcs: number,
  { orders, nodes, capacity }: FamilyBSize,
): Node {
  const dc = index < dcs;
  const shipmentsPerDay = Math.max(1, Math.round(dc ? (0.5 * orders) / dcs : (0.9 * 1.25 * orders) / nodes));
  return {
    nodeId: `n${index}`,
    name: `${dc ? 'DC' : 'Store'} ${index}`,
    type: dc ? 'dc' : 'store',
    location,
    calendarId: 'daily',
    rateCardIds: ['mileage'],
    handling: dc
      ? { perShipmentMicros: 0.8 * MICROS, perUnitMicros: 0.35 * MICROS }
      : { perShipmentMicros: 2.2 * MICROS, perUnitMicros: 0.9 * MICROS },
    ...(capacity ? { capacity: { shipmentsPerDay } } : {}),
  };
}

function mileageCard(): RateCard {
  const steps = FARTHEST_MILES / MILE_STEP;
  return {
    rateCardId: 'mileage',
    name: 'Parcel by zone and mile',
    service: 'standard',
    deliveryWeekdays: [1, 2, 3, 4, 5, 6, 7],
    zones: Array.from({ length: steps }, (_, step) => {
      const end = (step + 1) * MILE_STEP;
      const middle = end - MILE_STEP / 2;
      const zone = zoneOfMiles(end);
      const fixed = ZONE_FIXED[zone]! + MILE_FIXED * middle;
      const perUnit = ZONE_PER_UNIT[zone]! + MILE_PER_UNIT * middle;
      return {
        zone: `z${zone + 2} to ${end} miles`,
        ...(step < steps - 1 ? { maxDistanceKm: Math.round((end * 1000) / MILES_PER_KM) / 1000 } : {}),
        transitDays: 2,
        bands: [{ fixedMicros: Math.round(fixed * MICROS), perKgMicros: Math.round(perUnit * MICROS) }],
      };
    }),
  };
}

function zoneOfMiles(miles: number): number {
  const zone = ZONE_MILES.findIndex((end) => miles <= end);
  return zone < 0 ? ZONE_MILES.length : zone;
}

/** The most populous metro, then always the one farthest from those taken; from the start again when none is left. */
function spread(metros: readonly Metro[], count: number): Metro[] {
  const chosen: Metro[] = [];
  while (chosen.length < count) {
    const round = chosen.slice(chosen.length - (chosen.length % metros.length));
    const apart = (metro: Metro): number =>
      round.length === 0 ? metro.population : Math.min(...round.map((other) => distanceMetres(metro, other)));
    const left = metros.filter((metro) => !round.includes(metro));
    chosen.push(left.reduce((best, metro) => (apart(metro) > apart(best) ? metro : best)));
  }
  return chosen;
}

function jittered({ lat, lon }: Metro, prng: Prng): { lat: number; lon: number } {
  const shift = (): number => (2 * prng.next() - 1) * JITTER_DEGREES;
  const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
  return { lat: rounded(lat + shift()), lon: rounded(lon + shift()) };
}

function drawMetroOrder(
  index: number,
  prng: Prng,
  lineShares: readonly number[],
  popularity: readonly number[],
  { zip3, lat, lon }: Metro,
): Order {
  return {
    orderId: `o${String(index).padStart(7, '0')}`,
    placedAt: '2026-01-05T08:00:00Z',
    destination: { country: 'US', postcode: zip3, lat, lon },
    lines: [...drawSkus(prng, lineShares, popularity)].map((sku, line) => ({
      lineId: String(line + 1),
      sku: `s${sku}`,
      quantity: prng.next() < 0.92 ? 1 : 2,
    })),
  };
}

function drawSkus(prng: Prng, lineShares: readonly number[], popularity: readonly number[]): Set<number> {
  const wanted = drawIndex(prng, lineShares) + 1;
  const skus = new Set<number>();
  while (skus.size < wanted) skus.add(drawIndex(prng, popularity));
  return skus;
}

function unitsBySku(orders: readonly Order[], skus: number): number[] {
  const units = Array.from({ length: skus }, () => 0);
  for (const { lines } of orders) for (const { sku, quantity } of lines) units[Number(sku.slice(1))]! += quantity;
  return units;
}

/** Of each sku 55 % falls unit by unit on the DCs that carry it (each does at 60 %, one at least); the rest in lots on stores. */
function drawLots(prng: Prng, wanted: readonly number[], dcs: number, { nodes, rho, lot }: FamilyBSize) {
  return wanted.flatMap((demand, sku) => {
    const total = Math.round(demand * rho * (0.5 + prng.next()));
    const carriers = Array.from({ length: dcs }, (_, dc) => dc).filter(() => prng.next() < 0.6);
    if (carriers.length === 0) carriers.push(prng.integer(0, dcs - 1));
    const units = new Map<number, number>();
    const add = (node: number, count: number): void => void units.set(node, (units.get(node) ?? 0) + count);
    const central = Math.round(0.55 * total);
    for (let unit = 0; unit < central; unit++) add(prng.pick(carriers), 1);
    for (let left = total - central; left > 0; ) {
      const taken = Math.min(left, prng.integer(1, lot));
      add(prng.integer(dcs, nodes - 1), taken);
      left -= taken;
    }
    return [...units].map(([node, onHand]) => ({ sku: `s${sku}`, nodeId: `n${node}`, onHand }));
  });
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
