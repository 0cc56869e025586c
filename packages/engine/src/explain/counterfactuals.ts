// Decides the smallest single changes that flip who supplies a line: narrowed down step by step, each put to the test by
// sourcing the order again on what the others left it. Just less than each leaves the choice as it is.
import type { Change, ChangeKind, Counterfactual } from '../model/explanation.ts';
import { type Bracket, nextStep, noteFlip, noteStay } from './bracket.ts';
import { counterfactualSentence } from './counterfactual-sentence.ts';
import { draftMicros } from './draft-order.ts';
import type { LineContext, Probe, ProbeContext } from './probe.ts';
import { probesFor } from './probes.ts';
import type { Outcome, ReSourcer } from './resource-order.ts';
import { numbered, statementId } from './text.ts';

interface Flip {
  readonly change: Change;
  readonly justLess: Counterfactual['justLess'];
  readonly outcome: Outcome;
  /** A step before; undefined where the order could not be sourced then. */
  readonly before: Outcome | undefined;
  readonly share: number;
}

/** Of each kind of change the share of the smallest that is known to flip a sku. */
type Known = Map<string, number>;

export interface FlipsFound {
  readonly counterfactuals: readonly Counterfactual[];
  /** Demands that were not looked at, or not to the end, for the work it would have taken. */
  readonly unfinished: readonly number[];
  readonly nothingTried: boolean;
  /** How the order came out where only a charge was changed: plans that stand as things are, at other cost. */
  readonly otherPlans: readonly Outcome[];
  /** What the order, sourced again with nothing changed, cost more; only where it then went otherwise. */
  readonly otherwiseMicros?: number;
}

const CHARGES: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['handling', 'rate', 'split-charge', 'late-charge']);

/** Times that the order is sourced again at least for a change that flips it: the last step that does not, the first that does, one before. */
const LEAST_TIMES = 3;

/** A change that is known to flip the choice is followed up to so many times the work. */
const OVERRUN = 1.5;

/**
 * For the lines given, most contested first, as far as the work goes; of each kind of change the smallest.
 * None where the order, sourced again with nothing changed, would go otherwise: then its plan is not its own choice.
 */
export async function counterfactualsFor(
  of: ProbeContext,
  lines: readonly LineContext[],
  resource: ReSourcer,
  mostWork: number,
): Promise<FlipsFound> {
  const all = [...lines].sort((a, b) => contest(a) - contest(b));
  const none = { counterfactuals: [], nothingTried: true, otherPlans: [] };
  const unseen = all.map(({ demand }) => demand);
  if (!resource.affords(1, mostWork)) return { ...none, unfinished: unseen };
  const base = await resource();
  if (!base) return { ...none, unfinished: unseen };
  if (!isAsPlanned(of, base)) {
    const plannedMicros = draftMicros(of.draft) + of.orderPlan.cost.unsourcedMicros;
    return { ...none, unfinished: unseen, otherwiseMicros: base.costMicros - plannedMicros };
  }
  const found: { readonly counterfactual: Counterfactual; readonly share: number }[] = [];
  const otherPlans: Outcome[] = [];
  const unfinished: number[] = [];
  const known = new Map(of.view.candidates.demands.map(({ sku }): [string, Known] => [sku, new Map()]));
  const sourced = remembering(resource);
  for (const line of all) {
    const { sku } = of.view.candidates.demands[line.demand]!;
    const { smallest, finished } = await smallestFlips(
      probesFor(of, line),
      sourced,
      mostWork,
      sku,
      base,
      known.get(sku)!,
    );
    if (!finished) unfinished.push(line.demand);
    for (const [kind, flip] of smallest) {
      if (CHARGES.has(flip.change.kind)) otherPlans.push(flip.outcome);
      const alike = alikeIn(flip, sku, base);
      // A change that does the same to other lines is told once.
      for (const other of alike)
        known.get(other)!.set(kind, Math.min(flip.share, known.get(other)!.get(kind) ?? Infinity));
      const counterfactual = describe(flip, sku, alike, of);
      // What leaves a line open is of less use to a planner.
      found.push({ counterfactual, share: flip.share + (counterfactual.becomes.nodeIds.length === 0 ? 1000 : 0) });
    }
  }
  // What one change does to some lines and to others stands together.
  const changes = found.map(({ counterfactual: { change } }) => JSON.stringify(change));
  const first = new Map(changes.map((change) => [change, changes.indexOf(change)]));
  const place = ({ counterfactual: { change } }: (typeof found)[number]): number => first.get(JSON.stringify(change))!;
  const counterfactuals = found
    .sort((a, b) => a.share - b.share || place(a) - place(b))
    .map(({ counterfactual }) => counterfactual);
  return { counterfactuals, unfinished, nothingTried: false, otherPlans };
}

/** What a change did to the order is asked for line by line, and worked out once. */
function remembering(resource: ReSourcer): ReSourcer {
  const outcomes = new Map<string, Promise<Outcome | undefined>>();
  const again = (change?: Change): Promise<Outcome | undefined> => {
    const key = JSON.stringify(change);
    let outcome = change === undefined ? resource() : outcomes.get(key);
    if (!outcome) outcomes.set(key, (outcome = resource(change)));
    return outcome;
  };
  const { of, spent, affords, confirms, gaveUp } = resource;
  return Object.assign(again, { of, spent, affords, confirms, gaveUp });
}

/** Skus that the same step flips in the same way, the flip's own among them. */
function alikeIn({ outcome, before }: Flip, sku: string, base: Outcome): ReadonlySet<string> {
  const own = outcome.bySku.get(sku)!;
  const alike = new Set([sku]);
  if (!before || (own.unsourced > 0 && own.nodeIds.length > 0)) return alike;
  for (const [other, { nodeIds, unsourced }] of outcome.bySku) {
    if (!isFlipped(other, base, outcome) || isFlipped(other, base, before)) continue;
    const isAllOrNothing = unsourced === 0 || nodeIds.length === 0;
    if (isAllOrNothing && nodeIds.join(' ') === own.nodeIds.join(' ')) alike.add(other);
  }
  return alike;
}

/** Of each kind of change the smallest that flips the sku and is not known; not finished where there was no work left for a probe. */
async function smallestFlips(
  probes: readonly Probe[],
  resource: ReSourcer,
  mostWork: number,
  sku: string,
  base: Outcome,
  known: Known,
): Promise<{ readonly smallest: ReadonlyMap<string, Flip>; readonly finished: boolean }> {
  const smallest = new Map<string, Flip>();
  for (const probe of probes) {
    const { kind, rule } = probe.at(probe.most);
    const key = kind === 'rule' ? `rule ${rule}` : kind;
    const share = Math.min(smallest.get(key)?.share ?? Infinity, known.get(key) ?? Infinity);
    // A step as large as the smallest known need not be tried.
    const most = Math.min(probe.most, Math.ceil(share / probe.stepShare - 1e-6) - 1);
    if (most < 1) continue;
    if (!resource.affords(LEAST_TIMES, mostWork)) return { smallest, finished: false };
    const flip = await firstFlip(probe, most, resource, sku, base, OVERRUN * mostWork);
    if (flip === 'unfinished') return { smallest, finished: false };
    if (flip) smallest.set(key, flip);
  }
  return { smallest, finished: true };
}

/** Lines that nobody supplies first, then by what the next best would cost more. */
function contest({ chosen, alternatives }: LineContext): number {
  return chosen.size === 0 ? -Infinity : (alternatives[0]?.marginMicros ?? Number.MAX_SAFE_INTEGER);
}

function isAsPlanned({ orderPlan, view }: ProbeContext, base: Outcome): boolean {
  return view.candidates.demands.every(({ sku }) => {
    const nodes = new Set(
      orderPlan.shipments.filter(({ lines }) => lines.some((line) => line.sku === sku)).map(({ nodeId }) => nodeId),
    );
    const unsourced = orderPlan.unsourced.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0);
    const again = base.bySku.get(sku)!;
    return (
      again.unsourced === unsourced && again.nodeIds.length === nodes.size && again.nodeIds.every((id) => nodes.has(id))
    );
  });
}

/** Whether the sku is supplied by other nodes, or stays open where it did not, or the other way round. */
export function isFlipped(sku: string, before: Outcome, after: Outcome): boolean {
  const [a, b] = [before.bySku.get(sku)!, after.bySku.get(sku)!];
  return a.nodeIds.join(' ') !== b.nodeIds.join(' ') || a.unsourced > 0 !== b.unsourced > 0;
}

/** A step that flips the line and whose step before does not; undefined where even the last does not. Unfinished beyond `mostWork`. */
async function firstFlip(
  probe: Probe,
  most: number,
  resource: ReSourcer,
  sku: string,
  base: Outcome,
  mostWork: number,
): Promise<Flip | 'unfinished' | undefined> {
  const stayed = new Map<number, Outcome>();
  const bracket: Bracket = { stays: 0, flips: most + 1, baseMicros: base.costMicros };
  let outcome: Outcome | undefined;
  const isFlippedAt = async (step: number): Promise<boolean> => {
    const there = await resource(probe.at(step));
    const flips = there !== undefined && isFlipped(sku, base, there);
    if (flips) {
      outcome = there;
      noteFlip(bracket, step, there.costMicros);
    } else {
      if (there) stayed.set(step, there);
      noteStay(bracket, step, there?.costMicros);
    }
    return flips;
  };
  const first = probe.guess === undefined ? most : Math.min(most, probe.guess);
  const flips = (await isFlippedAt(first)) || (first !== most && (await isFlippedAt(most)));
  if (resource.gaveUp()) return 'unfinished';
  if (!flips) return undefined;
  while (bracket.flips - bracket.stays > 1) {
    if (!resource.affords(1, mostWork)) return 'unfinished';
    await isFlippedAt(nextStep(probe, bracket));
  }
  if (resource.gaveUp()) return 'unfinished';
  const { stays } = bracket;
  const change = probe.at(bracket.flips);
  const before = stays === 0 ? base : stayed.get(stays);
  if (!(await resource.confirms(change, outcome!))) return undefined;
  if (before && stays > 0 && !(await resource.confirms(probe.at(stays), before))) return undefined;
  const justLess = (stays === 0 ? change.from : probe.at(stays).to) ?? null;
  return { change, justLess, outcome: outcome!, before, share: bracket.flips * probe.stepShare };
}

function describe(
  { change, justLess, outcome }: Flip,
  sku: string,
  alike: ReadonlySet<string>,
  { view, network }: ProbeContext,
): Counterfactual {
  const becomes = outcome.bySku.get(sku)!;
  const { demands, order } = view.candidates;
  const { lineId } = demands.find((demand) => demand.sku === sku)!.lines[0]!;
  const lineIds = order.lines.filter((line) => alike.has(line.sku)).map((line) => line.lineId);
  return {
    id: statementId('lines', lineId, 'counterfactuals', change.kind, change.rule ?? change.nodeId ?? ''),
    lineId,
    lineIds,
    change,
    justLess,
    becomes,
    costMicros: outcome.costMicros,
    sentence: counterfactualSentence(change, justLess, becomes, numbered(lineIds, order.lines.length), network),
  };
}
