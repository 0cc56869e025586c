// Decides which changes of stock and capacity could flip a choice: more where a node lacks it, less where one supplies.
// Knows at which steps they make a difference; leaves those that never do out.
import { sourceableBy } from '../inventory/sourceable.ts';
import type { Network } from '../model/network.ts';
import type { OrderView } from '../solve/order-view.ts';
import { type Probe, type ProbeContext, reads } from './probe.ts';
import { unitsTaken } from './plan-uses.ts';
import { isExact } from './resource-order.ts';

const MOST_UNITS = 100;
const MOST_SHIPMENTS = 20;

/** Likeliest as soon as all that is asked for is there. */
export function moreStock(of: ProbeContext, demand: number, node: number): Probe[] {
  const { quantity } = of.view.candidates.demands[demand]!;
  return stockSteps(of, demand, node, 1, quantity + MOST_UNITS, quantity - supplied(of.view, node, demand));
}

/** Likeliest as soon as not all of it is there; where nothing else hangs on stock, not before. */
export function lessStock(of: ProbeContext, demand: number, node: number): Probe[] {
  const { rows, quantity } = of.view.candidates.demands[demand]!;
  const row = rows.find((own) => own.node === node);
  const most = Math.min(row?.level?.onHand ?? 0, supplied(of.view, node, demand));
  const turn = unitsThere(of, demand, node) - quantity + 1;
  const onlyThen =
    isExact(of.policy) &&
    of.policy.goals.stockBalance === undefined &&
    row?.level?.stockOutSteps === undefined &&
    !reads(of, ({ scopes }) => scopes.has('stock'));
  return onlyThen && turn > most ? [] : stockSteps(of, demand, node, -1, most, Math.max(1, turn));
}

/** What others of the plan left of it, on the first day on which the node could ship it. */
function unitsThere({ network, view, taken }: ProbeContext, demand: number, node: number): number {
  const { sku, rows } = view.candidates.demands[demand]!;
  const { nodeId } = network.nodes[node]!;
  const row = rows.find((own) => own.node === node);
  if (!row) return 0;
  const first = view.candidates.nodes.find((candidate) => candidate.node === node)?.shipDays[0]?.day ?? 0;
  return sourceableBy(row.level, row.receipts, first) - unitsTaken(taken, nodeId, sku);
}

function stockSteps(of: ProbeContext, demand: number, node: number, sign: 1 | -1, most: number, turn: number): Probe[] {
  if (most <= 0) return [];
  const { sku, rows, quantity } = of.view.candidates.demands[demand]!;
  const from = rows.find((row) => row.node === node)?.level?.onHand ?? 0;
  const { nodeId } = of.network.nodes[node]!;
  return [
    {
      at: (step) => ({ kind: 'stock', nodeId, sku, from, to: from + sign * step }),
      most,
      turns: [turn],
      stepShare: 1 / quantity,
    },
  ];
}

/** The most that the node could send of it on one of its days. */
export function supplied({ problem }: OrderView, node: number, demand: number): number {
  return Math.max(0, ...problem.sources.filter((source) => source.node === node).map((of) => of.available[demand]!));
}

export function capacityProbes({ network }: ProbeContext, node: number): Probe[] {
  const { nodeId, capacity } = network.nodes[node]!;
  return (['shipmentsPerDay', 'unitsPerDay'] as const).flatMap((limit): Probe[] => {
    const from = limitOf(network, nodeId, limit) ?? capacity?.[limit];
    if (from === undefined) return [];
    return [
      {
        at: (step) => ({ kind: 'capacity', nodeId, limit, from, to: from + step }),
        most: limit === 'unitsPerDay' ? MOST_UNITS : MOST_SHIPMENTS,
        stepShare: 1 / Math.max(1, from),
      },
    ];
  });
}

/** The node's own limit, before rules cap it. */
function limitOf({ snapshot }: Network, nodeId: string, limit: 'shipmentsPerDay' | 'unitsPerDay'): number | undefined {
  return snapshot.nodes.find((node) => node.nodeId === nodeId)?.capacity?.[limit];
}
