// Decides how the units that an order leaves out stand: nowhere left, left where nobody can handle them, or open to be sent and at what cost.
// Looks at single sources that would send more with all else left as it is; runs no solver.
import { planIsWorthEnough } from '../solve/order/part-values.ts';
import type { OrderProblem, Source } from '../solve/order/order-problem.ts';
import { joiningMicros, roomAt, type Sent, type Units, unitsAtNode, unitsSent } from './shipment-change.ts';

/** Of the units of a demand that are not sent: each is in one of the three. */
export interface LeftUnits {
  /** No node that may send them has them. */
  readonly nowhere: number;
  /** Nodes have them and can take no more work in time. */
  readonly noRoom: number;
  /** Nodes have them and the room. */
  readonly sendable: number;
}

/** One source sends more of a demand: of others too where they go with it or the order goes out whole. */
export interface Way {
  readonly source: number;
  /** Of the demand. */
  readonly units: number;
  /** What the order would cost more for sending. */
  readonly addedMicros: number;
  /** What would no longer be charged for leaving out. */
  readonly savedMicros: number;
  /** The order would have one shipment more. */
  readonly isNewShipment: boolean;
  /** Each part of the order would be worth what it must be. */
  readonly isWorthEnough: boolean;
}

/** Whether nothing of the order goes out without the rest of it. */
export function goesWhole({ shipComplete, partial }: OrderProblem): boolean {
  return shipComplete || !partial;
}

/** The demands that come whole and with this one, itself too; undefined where it may come in part and alone. */
export function companyOf(problem: OrderProblem, demand: number): readonly number[] | undefined {
  if (goesWhole(problem)) return problem.demands.map((_, index) => index);
  return problem.together?.find((group) => group.includes(demand));
}

export function leftUnits(sent: Sent, demand: number): LeftUnits {
  const { problem, heldByCapacity } = sent.view;
  const { quantity } = problem.demands[demand]!;
  const byNode = new Map<number, { stock: number; room: number }>();
  for (const [index, source] of problem.sources.entries()) {
    const of = byNode.get(source.node) ?? { stock: 0, room: 0 };
    const room = of.room + roomAt(sent, index) + (sent.taken.get(index)?.get(demand) ?? 0);
    byNode.set(source.node, { stock: Math.max(of.stock, source.available[demand]!), room });
  }
  const inReach = [...byNode.values()].map(({ stock, room }) => Math.min(stock, room));
  for (const [node, held] of heldByCapacity[demand]!) {
    const of = byNode.get(node) ?? { stock: 0, room: 0 };
    byNode.set(node, { ...of, stock: Math.max(of.stock, held) });
  }
  const inStock = [...byNode.values()].map(({ stock }) => stock);
  const isWhole = !problem.splitQuantity || companyOf(problem, demand) !== undefined;
  const total = (units: readonly number[]): number => {
    const sum = problem.splitQuantity ? units.reduce((all, of) => all + of, 0) : Math.max(0, ...units);
    return isWhole && sum < quantity ? 0 : sum;
  };
  const left = quantity - unitsSent(sent, demand);
  const sendable = Math.max(0, Math.min(left, total(inReach) - (quantity - left)));
  const noRoom = Math.max(0, Math.min(left - sendable, total(inStock) - total(inReach)));
  return { nowhere: left - sendable - noRoom, noRoom, sendable };
}

/** Numbers of units above this are tried at doubling distances only. */
const ALL_TRIED = 16;

/**
 * By source that could send more of the demand: all that it could, or as many as save most where that is less dear than leaving them out.
 * What costs least beyond what it saves comes first; ties by source.
 */
export function waysToSend(sent: Sent, demand: number): readonly Way[] {
  let known = WAYS.get(sent.taken);
  if (!known) WAYS.set(sent.taken, (known = new Map()));
  let ways = known.get(demand);
  if (!ways) known.set(demand, (ways = findWays(sent, demand)));
  return ways;
}

/** By what an order sends, by demand: reasons, rejections and sentences ask for the same. */
const WAYS = new WeakMap<Sent['taken'], Map<number, readonly Way[]>>();

function findWays(sent: Sent, demand: number): Way[] {
  const { problem } = sent.view;
  const company = companyOf(problem, demand);
  const left = problem.demands[demand]!.quantity - unitsSent(sent, demand);
  const isWhole =
    !problem.splitQuantity || (left === problem.demands[demand]!.quantity && isFilledByOne(problem, demand));
  const ways: Way[] = [];
  for (const [at, source] of problem.sources.entries()) {
    if (company) {
      if (!holdsAll(problem, source, company)) continue;
      const joining = company.map((of): Units => [of, problem.demands[of]!.quantity]);
      ways.push(wayOf(sent, demand, at, joining));
      continue;
    }
    const most = Math.min(left, source.available[demand]! - unitsAtNode(sent, source.node, demand), roomAt(sent, at));
    if (most < 1 || (isWhole && most < problem.demands[demand]!.quantity)) continue;
    const numbers = isWhole ? [most] : [most, ...fewer(most)];
    ways.push(...bestOf(numbers.map((units) => wayOf(sent, demand, at, [[demand, units]]))));
  }
  return ways.sort((a, b) => netMicros(a) - netMicros(b) || a.source - b.source);
}

/** The first, or what saves most where that is something; one whose parts are worth enough, and one whose are not, where there is. */
function bestOf(ways: readonly Way[]): Way[] {
  return [true, false].flatMap((isWorthEnough) => {
    const alike = ways.filter((way) => way.isWorthEnough === isWorthEnough);
    if (alike.length === 0) return [];
    return alike.reduce((best, way) => (netMicros(way) < Math.min(0, netMicros(best)) ? way : best));
  });
}

/** Below 0 where sending is cheaper than leaving out. */
export function netMicros({ addedMicros, savedMicros }: Way): number {
  return addedMicros - savedMicros;
}

export function holdsAll(
  { demands }: OrderProblem,
  { available, unitsLeft }: Source,
  group: readonly number[],
): boolean {
  const units = group.reduce((sum, demand) => sum + demands[demand]!.quantity, 0);
  return units <= unitsLeft && group.every((demand) => available[demand]! >= demands[demand]!.quantity);
}

/** Then it comes whole from one source or not at all. */
function isFilledByOne({ demands, sources }: OrderProblem, demand: number): boolean {
  const { quantity } = demands[demand]!;
  return sources.some(({ available, unitsLeft }) => available[demand]! >= quantity && unitsLeft >= quantity);
}

function fewer(most: number): number[] {
  const counts: number[] = [];
  for (let units = 1; units < most; units += units < ALL_TRIED ? 1 : units) counts.push(units);
  return counts;
}

function wayOf(sent: Sent, demand: number, at: number, joining: readonly Units[]): Way {
  const { problem } = sent.view;
  return {
    source: at,
    units: joining.find(([of]) => of === demand)![1],
    addedMicros: joiningMicros(sent, at, joining),
    savedMicros: joining.reduce((sum, [of, units]) => sum + problem.demands[of]!.unsourcedUnitMicros * units, 0),
    isNewShipment: !sent.taken.has(at),
    isWorthEnough:
      !problem.minPartMicros || planIsWorthEnough(problem, { shipments: shipmentsWith(sent, at, joining) }),
  };
}

function shipmentsWith({ taken }: Sent, at: number, joining: readonly Units[]) {
  const after = new Map(taken);
  const own = new Map(taken.get(at));
  for (const [of, units] of joining) own.set(of, (own.get(of) ?? 0) + units);
  after.set(at, own);
  return [...after.values()].map((byDemand) => ({
    taken: [...byDemand].map(([demand, quantity]) => ({ demand, quantity })),
  }));
}
