// Decides how groups that ship together are solved: each as one demand that a source has whole or not at all.
// Leaves everything else of the problem as it is: sources keep their positions.
import { stepsMicros } from '../../base/cost-steps.ts';
import type { Demand, OrderProblem, Source, Taken } from './order-problem.ts';

export interface Merged {
  /** Without groups. */
  readonly problem: OrderProblem;
  /** What a shipment of the merged problem holds in the problem itself, by demand ascending. */
  split(taken: readonly Taken[]): Taken[];
}

/** Undefined where nothing has to ship together. */
export function mergeTogether(problem: OrderProblem): Merged | undefined {
  const { together, ...rest } = problem;
  if (!together || together.length === 0) return undefined;
  const groupOf = new Map(together.flatMap((group) => group.map((demand) => [demand, group] as const)));
  const kept = [...problem.demands.keys()].filter((demand) => (groupOf.get(demand)?.[0] ?? demand) === demand);
  const members = kept.map((demand) => groupOf.get(demand) ?? [demand]);
  const isGroup = kept.map((demand) => groupOf.has(demand));
  return {
    problem: {
      ...rest,
      demands: members.map((own, index) => (isGroup[index] ? mergedDemand(problem, own) : problem.demands[own[0]!]!)),
      sources: problem.sources.map((source) => mergedSource(problem, source, members, isGroup)),
    },
    split: (taken) =>
      taken
        .flatMap(({ demand, quantity }) =>
          isGroup[demand]
            ? members[demand]!.map((member) => ({ demand: member, quantity: problem.demands[member]!.quantity }))
            : [{ demand: members[demand]![0]!, quantity }],
        )
        .sort((a, b) => a.demand - b.demand),
  };
}

/** Units of a group that a source can give: all or none. */
function hasGroup({ demands }: OrderProblem, source: Source, group: readonly number[]): boolean {
  let units = 0;
  for (const demand of group) {
    if (source.available[demand]! < demands[demand]!.quantity) return false;
    units += demands[demand]!.quantity;
  }
  return units <= source.unitsLeft;
}

function mergedDemand({ demands }: OrderProblem, group: readonly number[]): Demand {
  const sum = (of: (demand: Demand) => number): number =>
    group.reduce((total, demand) => total + of(demands[demand]!), 0);
  const quantity = sum((demand) => demand.quantity);
  return {
    quantity,
    weightMilligrams: sum((demand) => demand.weightMilligrams),
    unsourcedUnitMicros: sum((demand) => demand.unsourcedUnitMicros * demand.quantity) / quantity,
    valueMicros: sum((demand) => demand.valueMicros ?? 0),
  };
}

/** What a group costs at a source besides its shipment is one amount, as all of it comes or nothing. */
function mergedSource(
  problem: OrderProblem,
  source: Source,
  members: readonly (readonly number[])[],
  isGroup: readonly boolean[],
): Source {
  const { stockOutSteps, ...rest } = source;
  const single = (own: readonly number[], index: number): number | undefined => (isGroup[index] ? undefined : own[0]!);
  const lineMicros = members.map((own, index) => {
    const alone = single(own, index);
    if (alone !== undefined) return source.lineMicros[alone]!;
    return own.reduce((sum, demand) => sum + wholeMicros(problem, source, demand), 0);
  });
  return {
    ...rest,
    available: Int32Array.from(members, (own, index) => {
      const alone = single(own, index);
      if (alone !== undefined) return source.available[alone]!;
      return hasGroup(problem, source, own)
        ? own.reduce((sum, demand) => sum + problem.demands[demand]!.quantity, 0)
        : 0;
    }),
    lineMicros: Float64Array.from(lineMicros),
    unitMicros: Float64Array.from(members, (own, index) => (isGroup[index] ? 0 : source.unitMicros[own[0]!]!)),
    ...(stockOutSteps && {
      stockOutSteps: members.map((own, index) => (isGroup[index] ? [] : stockOutSteps[own[0]!]!)),
    }),
  };
}

function wholeMicros({ demands }: OrderProblem, source: Source, demand: number): number {
  const { quantity } = demands[demand]!;
  const steps = source.stockOutSteps?.[demand] ?? [];
  return source.lineMicros[demand]! + source.unitMicros[demand]! * quantity + stepsMicros(steps, quantity);
}
