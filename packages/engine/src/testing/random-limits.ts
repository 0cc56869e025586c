// Decides how limits and rising costs are laid over a random scenario: groups, part values, soft capacity, stock-outs, each in some.
// Leaves everything else of the scenario as it was drawn.
import { createPrng, type Prng } from '../base/prng.ts';
import type { Node } from '../model/node.ts';
import type { Order } from '../model/order.ts';
import type { Scenario } from '../model/scenario.ts';
import type { StockLevel } from '../model/stock-level.ts';

const MICROS = 1_000_000;

/** The same scenario and seed give the same limits; each kind is left out of some scenarios. */
export function withRandomLimits(scenario: Scenario, seed: number): Scenario {
  const prng = createPrng(seed * 31 + 7);
  const [grouped, valued, soft, short] = [0, 0, 0, 0].map(() => prng.next() < 0.6) as [
    boolean,
    boolean,
    boolean,
    boolean,
  ];
  const { snapshot, policy } = scenario;
  return {
    ...scenario,
    snapshot: {
      ...snapshot,
      nodes: soft ? snapshot.nodes.map((node) => withSoftCapacity(node, prng)) : snapshot.nodes,
      stock: short ? snapshot.stock.map((level) => withStockOutSteps(level, prng)) : snapshot.stock,
    },
    orders: scenario.orders.map((order) => {
      const together = grouped && prng.next() < 0.6 ? withGroups(order, prng) : order;
      return valued && prng.next() < 0.3 ? { ...together, minPartValueMicros: randomMinimum(prng) } : together;
    }),
    policy: valued ? { ...policy, allow: { ...policy.allow, minPartValueMicros: randomMinimum(prng) } } : policy,
  };
}

function randomMinimum(prng: Prng): number {
  return prng.integer(0, 150) * MICROS;
}

function withGroups(order: Order, prng: Prng): Order {
  return {
    ...order,
    lines: order.lines.map((line) => (prng.next() < 0.5 ? { ...line, shipTogether: prng.pick(['a', 'b']) } : line)),
  };
}

function withSoftCapacity(node: Node, prng: Prng): Node {
  if (prng.next() < 0.3) return node;
  const above = prng.integer(0, 2);
  const units = prng.integer(0, 8);
  return {
    ...node,
    capacity: {
      ...node.capacity,
      soft: {
        ...(prng.next() < 0.7 && {
          shipmentsPerDay: [
            { above, perShipmentMicros: prng.integer(1, 2 * MICROS) },
            { above: above + prng.integer(1, 2), perShipmentMicros: prng.integer(2 * MICROS + 1, 5 * MICROS) },
          ],
        }),
        ...(prng.next() < 0.7 && {
          unitsPerDay: [
            { above: units, perUnitMicros: prng.integer(1, 300_000) },
            { above: units + prng.integer(1, 8), perUnitMicros: prng.integer(300_001, MICROS) },
          ],
        }),
      },
    },
  };
}

function withStockOutSteps(level: StockLevel, prng: Prng): StockLevel {
  if (prng.next() < 0.3) return level;
  let perUnitMicros = 0;
  const stockOutSteps = Array.from({ length: prng.integer(1, 3) }, () => ({
    units: prng.integer(1, 4),
    perUnitMicros: (perUnitMicros += prng.integer(0, 900_000)),
  }));
  return { ...level, stockOutSteps };
}
