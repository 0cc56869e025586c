// Decides which charges of one order can be turned, how far, and what turning one means: a change to what it meets, or to the goals.
import type { Change, OrderPlan, Policy } from '@sourcewright/engine';
import { isKept } from '../orders/collection.ts';

type Goals = Policy['goals'];

export interface Dial {
  /** Stands in the address. */
  readonly id: string;
  readonly label: string;
  readonly unit: 'money' | 'percent';
  /** What is, and how far it may go: micros, or percent. */
  readonly from: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly turn: Turn;
}

/** What a dial does where it stands at `to`. */
type Turn =
  | { readonly kind: 'change'; readonly changeTo: (to: number) => Change }
  | { readonly kind: 'goals'; readonly goalsAt: (goals: Goals, to: number) => Goals };

/** What the dials come to: changes, and a policy where goals were turned. */
export interface Turned {
  readonly changes: readonly Change[];
  readonly policy?: Policy;
}

export interface NamesOfNodes {
  readonly name: (nodeId: string) => string;
}

const TENTH_MICROS = 100_000;
const CENT_MICROS = 10_000;

/** Carriage of each shipment, what the policy charges, and handling last, as it is known last. */
export function dialsOf(
  plan: OrderPlan,
  goals: Goals,
  handling: ReadonlyMap<string, number>,
  nodes: NamesOfNodes,
): readonly Dial[] {
  return [...rateDials(plan, nodes), ...goalDials(goals), ...handlingDials(handling, nodes)];
}

function rateDials({ shipments }: OrderPlan, nodes: NamesOfNodes): readonly Dial[] {
  // What is handed over where it lies goes by no carrier.
  const sent = shipments.filter((one) => !isKept(one));
  const groups = Map.groupBy(sent, ({ rateCardId, zone }) => `rate.${rateCardId}.${zone}`);
  return [...groups].map(([id, group]) => {
    const { rateCardId, zone, service, collectAt } = group[0]!;
    const parcels = group.reduce((sum, one) => sum + Math.max(1, one.parcels), 0);
    const from = cents(group.reduce((sum, one) => sum + one.cost.shippingMicros, 0) / parcels);
    const senders = [...new Set(group.map(({ nodeId }) => nodes.name(nodeId)))].join(' and ');
    const where = collectAt === undefined ? `, ${service}, zone ${zone}` : ` to ${nodes.name(collectAt)}`;
    return {
      ...money(id, `A parcel from ${senders}${where}${parcels > 1 ? ' (on average)' : ''}`, from),
      most: Math.max(TENTH_MICROS, 3 * from),
      step: CENT_MICROS,
      turn: {
        kind: 'change' as const,
        changeTo: (to: number) => ({ kind: 'rate' as const, rateCardId, zone, from: 0, to: to - from }),
      },
    };
  });
}

function handlingDials(handling: ReadonlyMap<string, number>, nodes: NamesOfNodes): readonly Dial[] {
  return [...handling].map(([nodeId, from]) => ({
    ...money(`handling.${nodeId}`, `Handling a shipment at ${nodes.name(nodeId)}`, from),
    step: CENT_MICROS,
    turn: { kind: 'change' as const, changeTo: (to: number) => ({ kind: 'handling' as const, nodeId, from, to }) },
  }));
}

function goalDials(goals: Goals): readonly Dial[] {
  const { unsourced, rejectRisk, stockBalance } = goals;
  const goal = (dial: Omit<Dial, 'turn'>, goalsAt: (goals: Goals, to: number) => Goals): Dial => ({
    ...dial,
    turn: { kind: 'goals', goalsAt },
  });
  return [
    goal(money('split', 'Each further shipment', goals.splitMicros), (of, to) => ({ ...of, splitMicros: to })),
    goal(money('late', 'Each day late', goals.latenessPerDayMicros), (of, to) => ({ ...of, latenessPerDayMicros: to })),
    goal({ ...money('speed', 'Each day of waiting', goals.speedPerDayMicros ?? 0), step: CENT_MICROS }, (of, to) => ({
      ...of,
      speedPerDayMicros: to,
    })),
    goal(money('unsourced', 'Each unit that nobody ships', unsourced.perUnitMicros), (of, to) => ({
      ...of,
      unsourced: { ...of.unsourced, perUnitMicros: to },
    })),
    goal(
      percent('unsourced-share', 'Share of the price of a unit that nobody ships', unsourced.valuePercent, 200),
      (of, to) => ({
        ...of,
        unsourced: { ...of.unsourced, valuePercent: to },
      }),
    ),
    ...(rejectRisk
      ? [
          goal(money('reject', 'A line that a node turns down', rejectRisk.perRejectMicros), (of, to) => ({
            ...of,
            rejectRisk: { ...rejectRisk, perRejectMicros: to },
          })),
        ]
      : []),
    ...(stockBalance
      ? [
          goal(
            percent('margin', 'Share of the price lost when a shop runs out', stockBalance.marginPercent, 100),
            (of, to) => ({
              ...of,
              stockBalance: { ...stockBalance, marginPercent: to },
            }),
          ),
        ]
      : []),
  ];
}

function money(id: string, label: string, from: number): Omit<Dial, 'turn'> {
  return {
    id,
    label,
    unit: 'money',
    from,
    least: 0,
    most: Math.max(10_000_000, 4 * roundUp(from)),
    step: TENTH_MICROS,
  };
}

function percent(id: string, label: string, from: number, most: number): Omit<Dial, 'turn'> {
  return { id, label, unit: 'percent', from, least: 0, most: Math.max(most, from), step: 1 };
}

function cents(micros: number): number {
  return Math.round(micros / CENT_MICROS) * CENT_MICROS;
}

function roundUp(micros: number): number {
  return Math.max(TENTH_MICROS, Math.ceil(micros / TENTH_MICROS) * TENTH_MICROS);
}

export type Settings = Readonly<Record<string, number>>;

/** What is turned; dials that stand as they are change nothing. */
export function turnedBy(dials: readonly Dial[], at: Settings, policy: Policy): Turned {
  const changes: Change[] = [];
  let goals = policy.goals;
  for (const { id, from, turn } of dials) {
    const to = at[id];
    if (to === undefined || to === from) continue;
    if (turn.kind === 'change') changes.push(turn.changeTo(to));
    else goals = turn.goalsAt(goals, to);
  }
  return { changes, ...(goals !== policy.goals && { policy: { ...policy, goals } }) };
}

/** For the address: `split_2500000,late_0`. */
export function writeSettings(at: Settings): string {
  return Object.entries(at)
    .map(([id, value]) => `${id}_${value}`)
    .join(',');
}

/** What cannot be read is left out. */
export function readSettings(text: string | undefined): Settings {
  const pairs = (text ?? '').split(',').flatMap((part): [string, number][] => {
    const end = part.lastIndexOf('_');
    const [id, value] = [part.slice(0, end), part.slice(end + 1)];
    return end > 0 && /^\d{1,12}(\.\d{1,6})?$/.test(value) ? [[id, Number(value)]] : [];
  });
  return Object.fromEntries(pairs);
}

/**
 * What each node charges for a shipment, found by sourcing the order once more with that charge at nothing: by so much
 * is the same shipment cheaper then. Nodes that send something else then are left out.
 */
export function handlingOf(plan: OrderPlan, freed: OrderPlan): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const shipment of plan.shipments) {
    const same = freed.shipments.find((other) => isSame(other, shipment));
    if (same) found.set(shipment.nodeId, shipment.cost.handlingMicros - same.cost.handlingMicros);
  }
  return found;
}

type Shipment = OrderPlan['shipments'][number];

function isSame(a: Shipment, b: Shipment): boolean {
  const lines = ({ lines: all }: Shipment): string => JSON.stringify(all.map(({ sku, quantity }) => [sku, quantity]));
  return a.nodeId === b.nodeId && a.shipOn === b.shipOn && a.rateCardId === b.rateCardId && lines(a) === lines(b);
}
