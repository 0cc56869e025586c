// Decides what hours of work mean to a node: units that cost alike until the cheapest hours are used up, then more, and a limit a day.
// Once laid into handling and capacity, nothing after it knows of hours.
import type { Node } from '../model/node.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The same snapshot where no node states its labour. */
export function labouredSnapshot(snapshot: Snapshot): Snapshot {
  if (!snapshot.nodes.some(({ labour }) => labour)) return snapshot;
  return { ...snapshot, nodes: snapshot.nodes.map(labouredNode) };
}

/**
 * With hours worked from the cheapest band on: each unit is charged its share of a cheapest hour as handling; units that fall in a dearer band
 * are charged the difference as capacity. The first hours × unitsPerHour units, rounded down, fall in the first bands.
 */
function labouredNode(node: Node): Node {
  const { labour, ...rest } = node;
  if (!labour) return node;
  const steps = bandSteps(labour);
  const base = steps[0]!.perUnitMicros;
  const soft = node.capacity?.soft?.unitsPerDay ?? [];
  const dearer = steps.slice(1).map(({ above, perUnitMicros }) => ({ above, perUnitMicros: perUnitMicros - base }));
  const mostUnits = Math.floor(sumHours(labour.bands) * labour.unitsPerHour);
  const unitsPerDay = addedSteps(soft, dearer);
  return {
    ...rest,
    handling: { ...node.handling, perUnitMicros: (node.handling?.perUnitMicros ?? 0) + base },
    capacity: {
      ...node.capacity,
      unitsPerDay: Math.min(mostUnits, node.capacity?.unitsPerDay ?? Infinity),
      ...(unitsPerDay.length > 0 ? { soft: { ...node.capacity?.soft, unitsPerDay } } : {}),
    },
  };
}

interface Step {
  readonly above: number;
  readonly perUnitMicros: number;
}

function sumHours(bands: readonly { readonly hours: number }[]): number {
  return bands.reduce((sum, { hours }) => sum + hours, 0);
}

/** What a unit costs by how many come before it; the first step begins at none. Bands that hold no unit have none. */
function bandSteps({ unitsPerHour, bands }: NonNullable<Node['labour']>): Step[] {
  const cheapestFirst = [...bands].sort((a, b) => a.perHourMicros - b.perHourMicros);
  const steps = cheapestFirst.map(({ perHourMicros }, index) => ({
    above: Math.floor(sumHours(cheapestFirst.slice(0, index)) * unitsPerHour),
    perUnitMicros: Math.round(perHourMicros / unitsPerHour),
  }));
  return steps.filter(({ above }, index) => above !== steps[index + 1]?.above);
}

/** Both charged: at each threshold the sum of what each charges from there on. */
function addedSteps(some: readonly Step[], others: readonly Step[]): Step[] {
  const at = (steps: readonly Step[], count: number): number =>
    steps.findLast(({ above }) => above <= count)?.perUnitMicros ?? 0;
  return [...new Set([...some, ...others].map(({ above }) => above))]
    .sort((a, b) => a - b)
    .map((above) => ({ above, perUnitMicros: at(some, above) + at(others, above) }));
}
