// Decides in which order a strategy of a cascade asks the sources of an order.
// Leaves which of them it asks at all to its conditions.
import type { StrategyView } from '../../candidates/candidate.ts';
import type { CascadeStrategy, Rank } from '../../model/cascade.ts';
import type { Network } from '../../model/network.ts';
import type { OrderProblem } from '../order/order-problem.ts';
import { shipmentMicros, takenMilligrams } from '../order/shipment-price.ts';
import type { OrderView } from '../order-view.ts';

const BY_DISTANCE: Rank[] = [{ by: 'distance' }];

/** What each rank of a strategy says of a source, lowest first; `Infinity` where it says nothing. */
export interface RankedSource {
  readonly source: number;
  readonly keys: readonly number[];
}

/** All sources, first wanted first. */
export function rankSources(
  { rank = BY_DISTANCE }: CascadeStrategy,
  view: OrderView,
  said: StrategyView,
  network: Network,
): RankedSource[] {
  let fact = 0;
  const keyOf = rank.map((entry) => keyFor(entry, entry.by === 'fact' ? fact++ : -1, view, said, network));
  return view.problem.sources.map((_, source) => ({ source, keys: keyOf.map((key) => key(source)) })).sort(byKeys);
}

/** The first rank that tells two sources apart decides, then their order. */
export function byKeys(a: RankedSource, b: RankedSource): number {
  for (const [index, key] of a.keys.entries()) {
    const other = b.keys[index]!;
    if (key !== other) return key < other ? -1 : 1;
  }
  return a.source - b.source;
}

function keyFor(
  rank: Rank,
  fact: number,
  { refs, problem }: OrderView,
  said: StrategyView,
  network: Network,
): (source: number) => number {
  switch (rank.by) {
    case 'distance':
      return (source) => refs[source]!.candidate.distanceKm ?? Infinity;
    case 'list':
      return (source) => listPosition(rank.nodes, network, problem.sources[source]!.node);
    case 'stock':
      return (source) => -problem.sources[source]!.available.reduce((sum, units) => sum + units, 0);
    case 'cost':
      return (source) => unitMicros(problem, source);
    case 'fact':
      return (source) => {
        const value = said.valueOf(fact, problem.sources[source]!.node);
        if (value === null) return Infinity;
        const band = rank.bands ? rank.bands.filter((limit) => limit <= value).length : value;
        return rank.first === 'lowest' ? band : -band;
      };
  }
}

/** Of a node by its id, else by the first of its groups or its type that is named. */
function listPosition(list: readonly string[], network: Network, node: number): number {
  const { nodeId, groups = [], type } = network.nodes[node]!;
  const own = list.indexOf(nodeId);
  if (own >= 0) return own;
  const position = list.findIndex((name) => name === type || groups.includes(name));
  return position < 0 ? Infinity : position;
}

/** Micros a unit of all that a source has of the order. */
function unitMicros({ demands, sources }: OrderProblem, at: number): number {
  const source = sources[at]!;
  let units = 0;
  let weight = 0;
  let micros = 0;
  for (const [demand, { quantity, weightMilligrams }] of demands.entries()) {
    const taken = source.available[demand]!;
    if (taken === 0) continue;
    units += taken;
    weight += takenMilligrams(weightMilligrams, quantity, taken);
    micros += source.lineMicros[demand]! + source.unitMicros[demand]! * taken;
  }
  return (micros + shipmentMicros(source, weight)) / units;
}
