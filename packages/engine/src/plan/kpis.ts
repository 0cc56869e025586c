// Decides the figures by which plans are compared, each from the plan's own shipments and with its denominator beside it.
import { coverByNode } from '../inventory/cover.ts';
import type { Network } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { Kpis, NodeKpis, OrderPlan } from '../model/plan.ts';

export function computeKpis(plans: readonly OrderPlan[], orders: readonly Order[], network: Network): Kpis {
  const shipments = plans.flatMap((plan) => plan.shipments);
  const shipped = plans.filter((plan) => plan.shipments.length > 0);
  const units = sum(orders, (order) => sum(order.lines, (line) => line.quantity));
  const unsourcedUnits = sum(plans, (plan) => sum(plan.unsourced, (line) => line.quantity));
  const totalMicros = sum(plans, (plan) => plan.cost.totalMicros);
  const late = (plan: OrderPlan): boolean => plan.shipments.some((shipment) => shipment.lateDays > 0);
  const onTimeInFull = plans.filter((plan) => plan.unsourced.length === 0 && plan.shipments.length > 0 && !late(plan));
  const days = shipped.map((plan) => Math.max(...plan.shipments.map((shipment) => shipment.deliveryDays)));
  return {
    orders: plans.length,
    lines: sum(orders, (order) => order.lines.length),
    units,
    shipments: shipments.length,
    parcels: sum(shipments, (shipment) => shipment.parcels),
    ordersShipped: shipped.length,
    splitOrders: plans.filter((plan) => plan.shipments.length > 1).length,
    lateOrders: plans.filter(late).length,
    lateShipments: shipments.filter((shipment) => shipment.lateDays > 0).length,
    unsourcedUnits,
    unsourcedLines: sum(plans, (plan) => plan.unsourced.length),
    ordersWithUnsourced: plans.filter((plan) => plan.unsourced.length > 0).length,
    costPerOrderMicros: plans.length === 0 ? 0 : Math.round(totalMicros / plans.length),
    shipmentsPerOrder: ratio(shipments.length, shipped.length),
    splitRate: ratio(plans.filter((plan) => plan.shipments.length > 1).length, shipped.length),
    unitFillRate: ratio(units - unsourcedUnits, units),
    onTimeInFullRate: ratio(onTimeInFull.length, plans.length),
    daysToDeliver: {
      mean: ratio(
        sum(days, (value) => value),
        days.length,
      ),
      p50: quantile(days, 0.5),
      p90: quantile(days, 0.9),
    },
    ordersProven: plans.filter((plan) => plan.proof.proven).length,
    nodes: nodeKpis(plans, network),
  };
}

function nodeKpis(plans: readonly OrderPlan[], network: Network): NodeKpis[] {
  const byNode = new Map(network.nodes.map((node) => [node.nodeId, new NodeTally()]));
  for (const plan of plans) {
    for (const shipment of plan.shipments) {
      const units = sum(shipment.lines, (line) => line.quantity);
      byNode
        .get(shipment.nodeId)!
        .add(shipment.shipOn, shipment.lines.length, units, shipment.lateDays > 0, shipment.cost.totalMicros);
    }
  }
  const covers = coverByNode(plans, network.snapshot);
  return network.nodes.map(({ nodeId, capacity }) => {
    const { weeksBefore = null, weeksAfter = null } = covers.get(nodeId) ?? {};
    const cover = { coverWeeksBefore: weeksBefore, coverWeeksAfter: weeksAfter };
    return { ...byNode.get(nodeId)!.figures(nodeId, capacity), ...cover };
  });
}

class NodeTally {
  #lines = 0;
  #late = 0;
  #costMicros = 0;
  readonly #days = new Map<string, { shipments: number; units: number }>();

  add(day: string, lines: number, units: number, late: boolean, costMicros: number): void {
    const load = this.#days.get(day) ?? { shipments: 0, units: 0 };
    this.#days.set(day, { shipments: load.shipments + 1, units: load.units + units });
    this.#lines += lines;
    this.#late += late ? 1 : 0;
    this.#costMicros += costMicros;
  }

  figures(nodeId: string, capacity: Network['nodes'][number]['capacity']) {
    const days = [...this.#days.values()];
    const used = (of: (load: { shipments: number; units: number }) => number, limit: number | undefined): number[] =>
      limit === undefined ? [] : [limit === 0 ? 1 : Math.max(0, ...days.map(of)) / limit];
    const shares = [
      ...used((load) => load.shipments, capacity?.shipmentsPerDay),
      ...used((load) => load.units, capacity?.unitsPerDay),
    ];
    return {
      nodeId,
      shipments: sum(days, (load) => load.shipments),
      lines: this.#lines,
      units: sum(days, (load) => load.units),
      lateShipments: this.#late,
      costMicros: this.#costMicros,
      peakUtilisation: shares.length === 0 ? null : Math.max(...shares),
    };
  }
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank). */
function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
