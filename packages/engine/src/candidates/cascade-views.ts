// Decides what the strategies of a cascade say of an order: whether they are for it, which nodes they ask, by which values.
// Leaves which strategy supplies what to solve/baselines.
import { localTime } from '../base/time.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { CompiledCascade, CompiledStrategy } from '../rules/compile-cascade.ts';
import { readerOf } from '../rules/fact-reader.ts';
import type { LaneView } from '../rules/facts/fact.ts';
import { fillBits } from '../rules/node-bits.ts';
import { RuleWave, type StockRows } from '../rules/rule-wave.ts';
import type { CandidateDemand, CandidateNode, StrategyView } from './candidate.ts';
import { nodeViews, orderViews, stockView, timeView } from './fact-views.ts';

/** The nodes that reach an order's destination, and the way from each. */
export interface ReachedLanes {
  readonly nodes: readonly number[];
  readonly lanes: readonly LaneView[];
}

/** For orders of a wave one after another; `order` as the customer placed it. */
export type ViewCascade = (
  order: Order,
  demands: readonly CandidateDemand[],
  candidates: readonly CandidateNode[],
  reached: ReachedLanes,
) => readonly StrategyView[];

export function createCascadeViews({ strategies, program }: CompiledCascade, network: Network): ViewCascade {
  const wave = new RuleWave(program, timeView(network.snapshot), nodeViews(network));
  const viewOf = orderViews(network);
  const stockOf = stockViews(network);
  const readValues = valueReader(network);
  const { words } = wave;
  return (order, demands, candidates, reached) => {
    wave.startOrder(viewOf(order));
    wave.setLanes(reached.nodes, reached.lanes);
    const isFor = strategies.map(({ ordersAt }) => ordersAt < 0 || wave.strikes(ordersAt, 0));
    const asked = strategies.map(({ nodesAt }, at) =>
      nodesAt < 0 || !isFor[at] ? null : new Uint32Array(demands.length * words),
    );
    for (const [demand, { lines, item, rows }] of asked.some((bits) => bits) ? demands.entries() : []) {
      const nodes = candidates.flatMap((candidate) => (candidate.rows[demand] ? [candidate.node] : []));
      for (const bits of asked) if (bits) fillBits(bits.subarray(demand * words, (demand + 1) * words), nodes);
      for (const line of lines) {
        wave.setLine({ line, item }, stockOf(rows), nodes);
        for (const [at, bits] of asked.entries()) {
          if (bits) keepAsked(bits, demand * words, wave, strategies[at]!.nodesAt);
        }
      }
    }
    return strategies.map((compiled, at): StrategyView => {
      const bits = asked[at];
      const values = isFor[at] ? readValues(compiled, candidates, reached) : null;
      return {
        isFor: isFor[at]!,
        asks: (demand, node) => !bits || (bits[demand * words + (node >>> 5)]! & (1 << (node & 31))) !== 0,
        valueOf: (rank, node) => values?.[rank]?.get(node) ?? null,
      };
    });
  };
}

/** Of the nodes still asked for a demand, those for which the conditions hold for the current line too. */
function keepAsked(bits: Uint32Array, from: number, wave: RuleWave, rule: number): void {
  for (let word = 0; word < wave.words; word++) bits[from + word] = wave.struck(rule, word, bits[from + word]!);
}

/** The stock rows of a sku as rules see them, each list once. */
function stockViews(network: Network): (rows: readonly StockRow[]) => StockRows {
  const asOfDay = asOfDayOf(network);
  const known = new Map<readonly StockRow[], StockRows>();
  return (rows) => {
    let stock = known.get(rows);
    if (!stock) {
      stock = { nodes: rows.map(({ node }) => node), views: () => rows.map((row) => stockView(row, asOfDay)) };
      known.set(rows, stock);
    }
    return stock;
  };
}

type ReadValues = (
  compiled: CompiledStrategy,
  candidates: readonly CandidateNode[],
  reached: ReachedLanes,
) => readonly ReadonlyMap<number, number>[];

/** By fact of the strategy's list: the value at each candidate node; of stock the mean over what the node may supply. */
function valueReader(network: Network): ReadValues {
  const nodes = nodeViews(network);
  const asOfDay = asOfDayOf(network);
  return ({ facts }, candidates, reached) =>
    facts.map((fact) => {
      const read = readerOf(fact);
      const scope = fact.slice(0, fact.indexOf('.'));
      const laneOf = new Map(scope === 'lane' ? reached.nodes.map((node, at) => [node, reached.lanes[at]!]) : []);
      const valueAt = ({ node, rows }: CandidateNode): number | null => {
        if (scope === 'node') return numberOf(read(nodes[node]!));
        if (scope === 'lane') return numberOf(read(laneOf.get(node)));
        const values = rows.flatMap((row) => {
          if (!row) return [];
          const value = numberOf(read(stockView(row, asOfDay)));
          return value === null ? [] : [value];
        });
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const found = new Map<number, number>();
      for (const candidate of candidates) {
        const value = valueAt(candidate);
        if (value !== null) found.set(candidate.node, value);
      }
      return found;
    });
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;
}

function asOfDayOf({ snapshot }: Network): number {
  return localTime(Date.parse(snapshot.asOf), snapshot.timeZone).day;
}
