import { describe, expect, it } from 'vitest';
import { canonicalJson, parseScenario, type Scenario } from '@sourcewright/engine';
import { familyA, familyB, type FamilyBSize } from '../../bench/families.ts';
import { readMetros } from '../../bench/metros.ts';

const SIZE: FamilyBSize = { orders: 4000, nodes: 100, skus: 500, rho: 2, lot: 3 };
const wave = familyB(SIZE, 1);

describe('family B', () => {
  it.each([
    ['A', () => familyA({ orders: 20, nodes: 20, skus: 30, cover: 2 }, 3)],
    ['B', () => familyB({ ...SIZE, orders: 20 }, 3)],
  ])('gives the same scenario for the same size and seed: family %s', (_, make) => {
    const scenario = make();
    expect(canonicalJson(scenario)).toBe(canonicalJson(make()));
    const parsed = parseScenario(scenario);
    expect(parsed.ok ? [] : parsed.error).toEqual([]);
  });

  it('differs by seed', () => {
    expect(canonicalJson(familyB(SIZE, 2).orders)).not.toBe(canonicalJson(wave.orders));
  });

  it('draws lines and quantities in the stated shares', () => {
    const lines = wave.orders.map((order) => order.lines.length);
    const shares = [1, 2, 3, 4, 5, 6].map((count) => lines.filter((own) => own === count).length / lines.length);
    for (const [index, share] of [0.58, 0.21, 0.1, 0.06, 0.03, 0.02].entries()) {
      expect(Math.abs(shares[index]! - share)).toBeLessThan(0.02);
    }
    const quantities = wave.orders.flatMap((order) => order.lines.map((line) => line.quantity));
    expect(Math.abs(quantities.filter((quantity) => quantity === 2).length / quantities.length - 0.08)).toBeLessThan(
      0.015,
    );
  });

  it('sends orders to metros by population', () => {
    const metros = readMetros();
    const people = metros.reduce((sum, { population }) => sum + population, 0);
    for (const { zip3, population } of metros.slice(0, 5)) {
      const own = wave.orders.filter((order) => order.destination.postcode === zip3).length / wave.orders.length;
      expect(Math.abs(own - population / people)).toBeLessThan(0.01);
    }
  });

  it('has 3 % DCs, four at least, with 55 % of the stock, and lots of at most three in a drawing on stores', () => {
    const dcs = new Set(wave.snapshot.nodes.filter((node) => node.type === 'dc').map((node) => node.nodeId));
    expect(dcs.size).toBe(4);
    expect(familyB({ ...SIZE, orders: 1, nodes: 2000 }, 1).snapshot.nodes.filter(isDc).length).toBe(60);
    const central = wave.snapshot.stock.filter((level) => dcs.has(level.nodeId));
    expect(Math.abs(units(central) / units(wave.snapshot.stock) - 0.55)).toBeLessThan(0.02);
    const thin = familyB({ ...SIZE, nodes: 2000, skus: 2000 }, 1).snapshot;
    const stores = thin.stock.filter((level) => Number(level.nodeId.slice(1)) >= 60);
    expect(stores.filter((level) => level.onHand <= 3).length / stores.length).toBeGreaterThan(0.9);
  });

  it.each([1.3, 2.5])('stocks rho %s times what is asked, half up or down for a sku', (rho) => {
    const { orders, snapshot } = familyB({ ...SIZE, rho }, 4);
    const asked = new Map<string, number>();
    for (const { lines } of orders)
      for (const { sku, quantity } of lines) asked.set(sku, (asked.get(sku) ?? 0) + quantity);
    const there = new Map<string, number>();
    for (const { sku, onHand } of snapshot.stock) there.set(sku, (there.get(sku) ?? 0) + onHand);
    for (const [sku, demand] of asked) {
      expect(there.get(sku) ?? 0).toBeGreaterThanOrEqual(Math.floor(demand * rho * 0.5));
      expect(there.get(sku) ?? 0).toBeLessThanOrEqual(Math.ceil(demand * rho * 1.5));
    }
    const ratio = units(snapshot.stock) / [...asked.values()].reduce((sum, own) => sum + own, 0);
    expect(Math.abs(ratio / rho - 1)).toBeLessThan(0.1);
  });

  it('charges by zone and mile', () => {
    const zones = wave.snapshot.rateCards[0]!.zones;
    expect(zones[0]!.bands[0]).toEqual({ fixedMicros: 7_902_500, perKgMicros: 551_250 });
    const zone8 = zones.find((zone) => zone.maxDistanceKm! > 1801 * 1.609344)!;
    expect(zone8.bands[0]).toEqual({ fixedMicros: 11_962_500, perKgMicros: 1_881_250 });
    for (const [index, zone] of zones.slice(1).entries()) {
      expect(zone.bands[0]!.fixedMicros).toBeGreaterThan(zones[index]!.bands[0]!.fixedMicros);
    }
  });

  it('limits shipments a day in the capacity variant only', () => {
    expect(wave.snapshot.nodes.some((node) => node.capacity)).toBe(false);
    const limited = familyB({ ...SIZE, capacity: true }, 1).snapshot.nodes;
    expect(limited[0]!.capacity).toEqual({ shipmentsPerDay: 500 });
    expect(limited.at(-1)!.capacity).toEqual({ shipmentsPerDay: 45 });
  });
});

function isDc(node: Scenario['snapshot']['nodes'][number]): boolean {
  return node.type === 'dc';
}

function units(stock: Scenario['snapshot']['stock']): number {
  return stock.reduce((sum, level) => sum + level.onHand, 0);
}
