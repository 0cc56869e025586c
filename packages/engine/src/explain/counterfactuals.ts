// Decides the smallest single changes that flip who supplies a line: guessed from margins, found by bisection, each put to the test by
// sourcing the order again on what the others left it. Just less than each leaves the choice as it is.
import type { Change, Counterfactual } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import { counterfactualSentence } from './counterfactual-sentence.ts';
import { type LineContext, type Probe, type ProbeContext, probesFor } from './probes.ts';
import type { Outcome, ReSourcer } from './resource-order.ts';
import { statementId } from './text.ts';

interface Flip {
  readonly change: Change;
  readonly justLess: Counterfactual['justLess'];
  readonly outcome: Outcome;
  readonly share: number;
}

/**
 * For the lines given, most contested first, as far as the work goes; of each kind of change the smallest.
 * None where the order, sourced again with nothing changed, would go otherwise: then its plan is not its own choice.
 */
export async function counterfactualsFor(
  of: ProbeContext,
  lines: readonly LineContext[],
  resource: ReSourcer,
  mostWork: number,
): Promise<Counterfactual[]> {
  const base = await resource();
  if (!base || !isAsPlanned(of, base)) return [];
  const found: { readonly counterfactual: Counterfactual; readonly share: number }[] = [];
  for (const line of [...lines].sort((a, b) => contest(a) - contest(b))) {
    const { sku, lines: orderLines } = of.view.candidates.demands[line.demand]!;
    const smallest = new Map<string, Flip>();
    for (const probe of probesFor(of, line)) {
      if (resource.spent() >= mostWork) break;
      const flip = await firstFlip(probe, resource, sku, base);
      if (!flip) continue;
      const key = flip.change.kind === 'rule' ? `rule ${flip.change.rule}` : flip.change.kind;
      if (flip.share < (smallest.get(key)?.share ?? Infinity)) smallest.set(key, flip);
    }
    for (const flip of smallest.values()) {
      const counterfactual = describe(flip, orderLines[0]!.lineId, sku, of.network);
      // What leaves a line open is of less use to a planner.
      found.push({ counterfactual, share: flip.share + (counterfactual.becomes.nodeIds.length === 0 ? 1000 : 0) });
    }
    if (resource.spent() >= mostWork) break;
  }
  return found.sort((a, b) => a.share - b.share).map(({ counterfactual }) => counterfactual);
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

/** A step that flips the line and whose step before does not; undefined where even the last does not. */
async function firstFlip(probe: Probe, resource: ReSourcer, sku: string, base: Outcome): Promise<Flip | undefined> {
  const flipAt = async (step: number): Promise<Outcome | undefined> => {
    const outcome = await resource(probe.at(step));
    return outcome && isFlipped(sku, base, outcome) ? outcome : undefined;
  };
  let stays = 0;
  let flips = probe.most;
  let outcome: Outcome | undefined;
  if (probe.guess !== undefined && probe.guess < probe.most) {
    [stays, flips, outcome] = await bracket(probe.guess, probe.most, flipAt);
  } else outcome = await flipAt(flips);
  if (!outcome) return undefined;
  while (flips - stays > 1) {
    const middle = Math.floor((stays + flips) / 2);
    const there = await flipAt(middle);
    if (there) [flips, outcome] = [middle, there];
    else stays = middle;
  }
  const change = probe.at(flips);
  const justLess = (stays === 0 ? change.from : probe.at(stays).to) ?? null;
  return { change, justLess, outcome, share: flips * probe.stepShare };
}

/** Steps between which it flips, near the guess where that was good. */
async function bracket(
  guess: number,
  most: number,
  flipAt: (step: number) => Promise<Outcome | undefined>,
): Promise<[stays: number, flips: number, outcome: Outcome | undefined]> {
  const first = await flipAt(guess);
  if (first) {
    const before = guess > 1 ? await flipAt(guess - 1) : undefined;
    return before ? [0, guess - 1, before] : [guess - 1, guess, first];
  }
  const next = await flipAt(guess + 1);
  return next ? [guess, guess + 1, next] : [guess + 1, most, guess + 1 < most ? await flipAt(most) : undefined];
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
