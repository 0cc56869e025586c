// Decides the smallest single changes that flip who supplies a line: narrowed down step by step, each put to the test by
// sourcing the order again on what the others left it. Just less than each leaves the choice as it is.
import { invariant } from '../base/invariant.ts';
import type { Change, ChangeKind, Counterfactual } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import { type Bracket, nextStep, noteFlip, noteStay } from './bracket.ts';
import { counterfactualSentence } from './counterfactual-sentence.ts';
import { draftMicros } from './draft-order.ts';
import type { LineContext, Probe, ProbeContext } from './probe.ts';
import { probesFor } from './probes.ts';
import type { Outcome, ReSourcer } from './resource-order.ts';
import { statementId } from './text.ts';

interface Flip {
  readonly change: Change;
  readonly justLess: Counterfactual['justLess'];
  readonly outcome: Outcome;
  readonly share: number;
}

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
  invariant(base, 'An order of a plan can be sourced with nothing changed.');
  if (!isAsPlanned(of, base)) {
    const plannedMicros = draftMicros(of.draft) + of.orderPlan.cost.unsourcedMicros;
    return { ...none, unfinished: unseen, otherwiseMicros: base.costMicros - plannedMicros };
  }
  const found: { readonly counterfactual: Counterfactual; readonly share: number }[] = [];
  const otherPlans: Outcome[] = [];
  const unfinished: number[] = [];
  for (const line of all) {
    const { sku, lines: orderLines } = of.view.candidates.demands[line.demand]!;
    const { smallest, finished } = await smallestFlips(probesFor(of, line), resource, mostWork, sku, base);
    if (!finished) unfinished.push(line.demand);
    for (const flip of smallest) {
      if (CHARGES.has(flip.change.kind)) otherPlans.push(flip.outcome);
      const counterfactual = describe(flip, orderLines[0]!.lineId, sku, of.network);
      // What leaves a line open is of less use to a planner.
      found.push({ counterfactual, share: flip.share + (counterfactual.becomes.nodeIds.length === 0 ? 1000 : 0) });
    }
  }
  const counterfactuals = found.sort((a, b) => a.share - b.share).map(({ counterfactual }) => counterfactual);
  return { counterfactuals, unfinished, nothingTried: false, otherPlans };
}

/** Of each kind of change the smallest that flips the sku; not finished where there was no work left for a probe. */
async function smallestFlips(
  probes: readonly Probe[],
  resource: ReSourcer,
  mostWork: number,
  sku: string,
  base: Outcome,
): Promise<{ readonly smallest: readonly Flip[]; readonly finished: boolean }> {
  const smallest = new Map<string, Flip>();
  for (const probe of probes) {
    const { kind, rule } = probe.at(probe.most);
    const key = kind === 'rule' ? `rule ${rule}` : kind;
    const share = smallest.get(key)?.share ?? Infinity;
    // A step as large as the smallest known need not be tried.
    const most = Math.min(probe.most, Math.ceil(share / probe.stepShare - 1e-6) - 1);
    if (most < 1) continue;
    if (!resource.affords(LEAST_TIMES, mostWork)) return { smallest: [...smallest.values()], finished: false };
    const flip = await firstFlip(probe, most, resource, sku, base, OVERRUN * mostWork);
    if (flip === 'unfinished') return { smallest: [...smallest.values()], finished: false };
    if (flip) smallest.set(key, flip);
  }
  return { smallest: [...smallest.values()], finished: true };
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
  if (!(await isFlippedAt(first)) && (first === most || !(await isFlippedAt(most)))) return undefined;
  while (bracket.flips - bracket.stays > 1) {
    if (!resource.affords(1, mostWork)) return 'unfinished';
    await isFlippedAt(nextStep(probe, bracket));
  }
  const { stays, flips } = bracket;
  const change = probe.at(flips);
  const before = stayed.get(stays);
  if (!(await resource.confirms(change, outcome!))) return undefined;
  if (before && !(await resource.confirms(probe.at(stays), before))) return undefined;
  const justLess = (stays === 0 ? change.from : probe.at(stays).to) ?? null;
  return { change, justLess, outcome: outcome!, share: flips * probe.stepShare };
}

function describe({ change, justLess, outcome }: Flip, lineId: string, sku: string, network: Network): Counterfactual {
  const becomes = outcome.bySku.get(sku)!;
  return {
    id: statementId('lines', lineId, 'counterfactuals', change.kind, change.rule ?? change.nodeId ?? ''),
    lineId,
    change,
    justLess,
    becomes,
    costMicros: outcome.costMicros,
    sentence: counterfactualSentence(change, justLess, becomes, lineId, network),
  };
}
