// Decides whether costs that rise with use are what they should be: each shipment's at its turn, and all of them in the end.
// Works from the wave and the plan alone, like the rest of the verification.
import type { Node } from '../model/node.ts';
import type { Plan, Shipment } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { StockLevel } from '../model/stock-level.ts';
import type { Wave } from '../model/wave.ts';
import { createBalanceTotal } from './verify-balance.ts';
import { labourOf } from './verify-labour.ts';

type Report = (sentence: string) => void;

/** Total micros of the first `units`. */
type Total = (units: number) => number;

export function checkRisingCosts(plan: Plan, wave: Wave, policy: Policy, report: Report): void {
  const { snapshot } = wave;
  const balance = createBalanceTotal(wave, policy);
  const nodes = new Map(snapshot.nodes.map((node) => [node.nodeId, node]));
  const levels = new Map(snapshot.stock.map((level) => [`${level.sku}\n${level.nodeId}`, level]));
  const stock = new Count((key) => {
    const level = levels.get(key);
    const [sku, nodeId] = key.split('\n') as [string, string];
    return level?.stockOutSteps ? stockOutTotal(level) : (units) => balance(sku, nodeId, units);
  });
  const shipments = new Count((key) => shipmentTotal(nodes.get(key.split('\n')[0]!)));
  const units = new Count((key) => unitTotal(nodes.get(key.split('\n')[0]!)));
  for (const order of plan.orders) {
    for (const shipment of order.shipments) {
      const day = `${shipment.nodeId}\n${shipment.shipOn}`;
      const sent = shipment.lines.reduce((sum, line) => sum + line.quantity, 0);
      const capacityMicros = shipments.add(day, 1) + units.add(day, sent);
      let stockOutMicros = 0;
      for (const { sku, quantity } of shipment.lines)
        stockOutMicros += stock.add(`${sku}\n${shipment.nodeId}`, quantity);
      compare(shipment, { capacityMicros, stockOutMicros }, report);
    }
  }
  const capacityMicros = shipments.totalMicros() + units.totalMicros();
  if (plan.cost.capacityMicros !== capacityMicros)
    report(`The plan: capacity is ${plan.cost.capacityMicros}, all shipments together cost ${capacityMicros}.`);
  if (plan.cost.stockOutMicros !== stock.totalMicros())
    report(`The plan: stockOut is ${plan.cost.stockOutMicros}, all units together cost ${stock.totalMicros()}.`);
}

function compare({ shipmentId, cost }: Shipment, expected: Record<string, number>, report: Report): void {
  for (const [term, micros] of Object.entries(expected)) {
    const stated = cost[term as 'capacityMicros' | 'stockOutMicros'];
    if (stated !== micros) report(`${shipmentId}: ${term} is ${stated}, should be ${micros}.`);
  }
}

/** Units so far by key, each key with its own steps. */
class Count {
  readonly #units = new Map<string, number>();
  readonly #totalOf: (key: string) => Total;

  constructor(totalOf: (key: string) => Total) {
    this.#totalOf = totalOf;
  }

  /** What the next units cost. */
  add(key: string, units: number): number {
    const before = this.#units.get(key) ?? 0;
    this.#units.set(key, before + units);
    const total = this.#totalOf(key);
    return total(before + units) - total(before);
  }

  totalMicros(): number {
    let micros = 0;
    for (const [key, units] of this.#units) micros += this.#totalOf(key)(units);
    return micros;
  }
}

function stockOutTotal(level: StockLevel | undefined): Total {
  const steps = level?.stockOutSteps ?? [];
  return (units) => {
    let micros = 0;
    let from = 0;
    for (const [index, step] of steps.entries()) {
      const to = index === steps.length - 1 ? Infinity : from + step.units;
      micros += Math.max(0, Math.min(units, to) - from) * step.perUnitMicros;
      from = to;
    }
    return micros;
  };
}

/** Every step charges what it adds to the one before it for all above its threshold. */
function thresholdTotal(steps: readonly { readonly above: number; readonly micros: number }[]): Total {
  return (count) =>
    steps.reduce(
      (sum, { above, micros }, index) =>
        sum + Math.max(0, count - above) * (micros - (index > 0 ? steps[index - 1]!.micros : 0)),
      0,
    );
}

function shipmentTotal(node: Node | undefined): Total {
  const steps = node?.capacity?.soft?.shipmentsPerDay ?? [];
  return thresholdTotal(steps.map(({ above, perShipmentMicros }) => ({ above, micros: perShipmentMicros })));
}

function unitTotal(node: Node | undefined): Total {
  const steps = node?.capacity?.soft?.unitsPerDay ?? [];
  const soft = thresholdTotal(steps.map(({ above, perUnitMicros }) => ({ above, micros: perUnitMicros })));
  if (!node?.labour) return soft;
  const { extraMicros } = labourOf(node);
  return (units) => soft(units) + extraMicros(units);
}
