// Decides why each node that could be thought of did not supply a line: one code by precedence, with its evidence.
import type { Ineligible, OrderCandidates } from '../candidates/candidate.ts';
import type { Enumerator } from '../candidates/enumerate.ts';
import { collectingNode } from '../candidates/way.ts';
import { dueBy } from '../inventory/sourceable.ts';
import type { Rejection, RejectionCode, StockClaims } from '../model/explanation.ts';
import type { Network, StockRow } from '../model/network.ts';
import type { Order } from '../model/order.ts';
import type { CardKind } from '../model/rate-card.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { Source } from '../solve/order/order-problem.ts';
import type { OrderView } from '../solve/order-view.ts';
import type { Alternative } from './runner-up.ts';
import { type CascadeContext, passedOver } from './cascade-steps.ts';
import { type DraftOrder, fits, groupOf, isAllShipped, isPartTooPoor, moveDemand } from './draft-order.ts';
import { cheapestParts } from './parts.ts';
import { type Taken, unitsTaken } from './plan-uses.ts';
import { listed, type Missed, rejectionSentence, statementId, units, type CostWords, type WayWords } from './text.ts';

export interface RejectionContext {
  readonly draft: DraftOrder;
  readonly view: OrderView;
  readonly network: Network;
  readonly enumerator: Enumerator;
  readonly book: RuleBook;
  readonly missed: Missed;
  /** What others have, which the order had to leave alone. */
  readonly taken: readonly Taken[];
  /** Where a cascade decided. */
  readonly cascade?: CascadeContext;
}

/** Every node with a stock row for the sku that ships none of the demand, in the snapshot's order of nodes. */
export function rejectionsFor(
  context: RejectionContext,
  demand: number,
  chosen: ReadonlySet<number>,
  alternatives: readonly Alternative[],
): Rejection[] {
  const { draft, missed } = context;
  const cost = { missed, isAll: isAllShipped(draft, demand) };
  const parts = cheapestParts(draft, demand);
  return context.view.candidates.demands[demand]!.rows.flatMap((row) =>
    chosen.has(row.node) ? [] : [rejectionOf(context, demand, row, { alternatives, cost, parts })],
  );
}

/** What all nodes that are turned down for a demand share. */
interface Shared {
  readonly alternatives: readonly Alternative[];
  readonly cost: CostWords;
  readonly parts: ReturnType<typeof cheapestParts>;
}

function rejectionOf(
  context: RejectionContext,
  demand: number,
  row: StockRow,
  { alternatives, cost, parts }: Shared,
): Rejection {
  const { view, network } = context;
  const node = network.nodes[row.node]!;
  const wanted = view.candidates.demands[demand]!.quantity;
  const make = (code: RejectionCode, details: Partial<Rejection> = {}): Rejection => {
    const draft = { nodeId: node.nodeId, code, ...details };
    const words = OF_THE_WAY.has(code) ? wayWords(network, row.node, view.candidates.order) : undefined;
    const { sku } = view.candidates.demands[demand]!;
    return {
      id: statementId('items', sku, 'nodes', node.nodeId),
      ...draft,
      sentence: rejectionSentence(draft, giverName(draft, network), words, cost),
    };
  };
  const refused = ineligibleIn(view.candidates).get(row.node * view.candidates.demands.length + demand);
  if (refused?.code === 'order-held') {
    return make('order-held', ruleEvidence(context, demand, row, refused.rule!));
  }
  if (refused?.code === 'node-closed') return make('node-closed');
  if ((row.level?.onHand ?? 0) === 0 && row.receipts.length === 0) return make('not-stocked');
  if (refused?.code === 'rule-excluded') {
    return make('rule-excluded', ruleEvidence(context, demand, row, refused.rule!));
  }
  if (refused) return make(refused.code);
  const passed = context.cascade && passedOver(context.cascade, demand, row);
  if (passed?.code === 'not-asked') return make('not-asked', passed);
  const sources = sourcesIn(view).get(row.node) ?? [];
  const available = Math.max(0, ...sources.map(({ source }) => source.available[demand]!));
  if (available < wanted) {
    const part = context.cascade ? undefined : parts(sources);
    if (part) {
      const { units, marginMicros, insteadOf } = part;
      const other = insteadOf === null ? undefined : network.nodes[insteadOf]!.nodeId;
      return make('costs-more', {
        marginMicros,
        wanted,
        available,
        units,
        ...(other !== undefined && { insteadOf: other }),
      });
    }
    if (view.heldByCapacity[demand]!.has(row.node)) return make('no-capacity-left', { wanted, available });
    const stock = claimsOf(context, row, view.candidates.demands[demand]!.sku);
    return make(available === 0 ? 'no-stock-left' : 'not-enough-stock', { wanted, available, stock });
  }
  if (passed) return make(passed.code, passed);
  const own = alternatives.find((entry) => view.problem.sources[entry.source]!.node === row.node);
  if (own) return make('costs-more', { marginMicros: own.marginMicros });
  // What ships together with it may be lacking there: then no room would help.
  const group = groupOf(context.draft, demand);
  const hasGroup = sources.some(({ source }) =>
    group.every((of) => source.available[of]! >= view.problem.demands[of]!.quantity),
  );
  if (group.length > 1 && !hasGroup) return make('ship-together', { wanted, available });
  const moved = sources.map(({ index }) => ({ index, draft: moveDemand(context.draft, demand, index) }));
  const roomy = moved.filter(({ index, draft }) => fits(draft, index));
  if (roomy.length === 0) return make('no-capacity-left', { wanted, available });
  return make(roomy.some(({ draft }) => isPartTooPoor(draft)) ? 'min-part-value' : 'order-limits', {
    wanted,
    available,
  });
}

function claimsOf(
  { view, network, taken }: RejectionContext,
  { node, level, receipts }: StockRow,
  sku: string,
): StockClaims {
  const lastDay = view.candidates.nodes.find((candidate) => candidate.node === node)?.shipDays.at(-1)?.day;
  const { onHand = 0, allocated = 0, reserved = 0, sourcingBuffer = 0 } = level ?? {};
  return {
    onHand,
    dueUnits: lastDay === undefined ? 0 : dueBy(receipts, lastDay),
    committedUnits: allocated + reserved,
    bufferUnits: sourcingBuffer,
    takenUnits: unitsTaken(taken, network.nodes[node]!.nodeId, sku),
  };
}

/** The node; where it would give a part, with which units. */
function giverName({ nodeId, units: count, insteadOf }: Omit<Rejection, 'sentence' | 'id'>, network: Network): string {
  const nameOf = (id: string): string => network.nodes[network.nodeAt.get(id)!]!.name;
  const name = nameOf(nodeId);
  if (count === undefined) return name;
  const goods =
    insteadOf === undefined
      ? `${units(count)} of what is left out`
      : `the same ${units(count).replace(/^1 /, '')} in place of ${nameOf(insteadOf)}`;
  return `${name}, with ${goods},`;
}

function wayWords(network: Network, node: number, order: Order): WayWords {
  const at = collectingNode(network, order);
  const place = at === null ? undefined : network.nodes[at]!.name;
  return { ...(place !== undefined && { place }), lacks: lackOf(network, node, order, place) };
}

/** Reasons that lie in how the goods would get where they have to go. */
const OF_THE_WAY: ReadonlySet<RejectionCode> = new Set(['no-rate', 'collected-elsewhere', 'collection-closed']);

const NO_CARDS: Readonly<Record<CardKind, string>> = {
  delivery: 'does not send parcels to customers',
  pickup: 'hands nothing to customers who collect',
  transfer: 'does not send goods to stores',
};

/** What stands in the way where no rate card of the node will do. */
function lackOf({ nodes, snapshot }: Network, node: number, order: Order, place: string | undefined): string {
  const { nodeId, rateCardIds } = nodes[node]!;
  const kind = order.collectAt === undefined ? 'delivery' : order.collectAt === nodeId ? 'pickup' : 'transfer';
  const cards = snapshot.rateCards.filter(
    (card) => rateCardIds.includes(card.rateCardId) && (card.kind ?? 'delivery') === kind,
  );
  if (cards.length === 0) return NO_CARDS[kind];
  const { services } = order;
  if (services && !cards.some(({ service }) => services.includes(service))) {
    return `does not offer ${listed(services, 'or')}, which the customer asks for`;
  }
  return `has no rate that reaches ${place ?? 'the destination'} with goods of this weight`;
}

const SOURCES = new WeakMap<OrderView, ReadonlyMap<number, readonly PlacedSource[]>>();

interface PlacedSource {
  readonly source: Source;
  readonly index: number;
}

/** By node: its ship days among the sources. */
function sourcesIn(view: OrderView): ReadonlyMap<number, readonly PlacedSource[]> {
  let found = SOURCES.get(view);
  if (!found) {
    const byNode = new Map<number, PlacedSource[]>();
    for (const [index, source] of view.problem.sources.entries()) {
      const own = byNode.get(source.node);
      if (own) own.push({ source, index });
      else byNode.set(source.node, [{ source, index }]);
    }
    SOURCES.set(view, (found = byNode));
  }
  return found;
}

const REFUSED = new WeakMap<OrderCandidates, ReadonlyMap<number, Ineligible>>();

/** By node × demands + demand. */
function ineligibleIn(candidates: OrderCandidates): ReadonlyMap<number, Ineligible> {
  let found = REFUSED.get(candidates);
  if (!found) {
    const { length } = candidates.demands;
    found = new Map(candidates.ineligible.map((entry) => [entry.node * length + entry.demand, entry]));
    REFUSED.set(candidates, found);
  }
  return found;
}

/** The refusing rule asked again for the line that it refused, with what it found. */
function ruleEvidence(
  { view, enumerator, book }: RejectionContext,
  demand: number,
  row: StockRow,
  rule: number,
): Partial<Rejection> {
  const { asked: order } = view.candidates.terms;
  const { name, effect } = book.rules[rule]!;
  for (const line of view.candidates.demands[demand]!.lines) {
    const outcome = book.explain(rule, enumerator.factsOf(order, line, row));
    if (outcome.holds) return { rule: name, because: effect.params.because, evidence: outcome.evidence };
  }
  return { rule: name, because: effect.params.because };
}
