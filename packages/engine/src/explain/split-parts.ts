// Decides what each shipment of a split order is there for: what would become of its goods without it, and at what cost.
// With the other shipments as they are: what they could take along goes with them, the rest stays unsourced.
import { decimal } from '../base/money.ts';
import { dateOf } from '../base/time.ts';
import type { SplitPart } from '../model/explanation.ts';
import type { Network } from '../model/network.ts';
import { type DraftOrder, draftMicros, isAllowed } from './draft-order.ts';
import { say, SPLIT_PARTS } from './reasons.ts';
import { units as unitsText } from './text.ts';

/** More than this nobody reads. */
const MOST_PARTS = 6;

/** Shipments in the order of the plan; none where goods travel in groups or parts must be worth something: there one is not without the others. */
export function splitParts(draft: DraftOrder, network: Network): SplitPart[] {
  const { problem } = draft.view;
  if (draft.taken.size < 2 || draft.taken.size > MOST_PARTS || problem.together || problem.minPartMicros) return [];
  const now = draftMicros(draft);
  const sources = [...draft.taken.keys()].sort((a, b) => a - b);
  return sources.map((source) => {
    const { rest, left } = without(draft, source);
    const unsourcedMicros = [...left].reduce(
      (micros, [demand, units]) => micros + problem.demands[demand]!.unsourcedUnitMicros * units,
      0,
    );
    const unsourcedUnits = [...left.values()].reduce((sum, units) => sum + units, 0);
    const isPossible = isAllowed(rest) && (unsourcedUnits === 0 || (problem.partial && !problem.shipComplete));
    const { candidate, shipDay } = draft.view.refs[source]!;
    const { nodeId, name } = network.nodes[candidate.node]!;
    const part = {
      nodeId,
      shipOn: dateOf(shipDay.day),
      unsourcedUnits,
      savedMicros: now - draftMicros(rest),
      unsourcedMicros,
      isPossible,
    };
    return { ...part, sentence: partSentence(part, name) };
  });
}

/** The draft without one source: its units go to others that ship, the cheapest first, as far as they have them. */
function without(draft: DraftOrder, gone: number): { rest: DraftOrder; left: ReadonlyMap<number, number> } {
  const { problem } = draft.view;
  const taken = new Map(
    [...draft.taken].filter(([source]) => source !== gone).map(([source, by]) => [source, new Map(by)]),
  );
  const load = new Map([...taken].map(([source, by]) => [source, [...by.values()].reduce((sum, n) => sum + n, 0)]));
  const left = new Map<number, number>();
  for (const [demand, units] of draft.taken.get(gone)!) {
    let wanted = units;
    // A line that some node holds goes whole or not at all.
    const goesInParts =
      problem.splitQuantity &&
      problem.sources.every(({ available }) => available[demand]! < problem.demands[demand]!.quantity);
    const microsAt = (source: number): number => problem.sources[source]!.unitMicros[demand]!;
    for (const source of [...taken.keys()].sort((a, b) => microsAt(a) - microsAt(b) || a - b)) {
      const { available, unitsLeft } = problem.sources[source]!;
      const own = taken.get(source)!;
      const room = Math.min(available[demand]! - (own.get(demand) ?? 0), unitsLeft - load.get(source)!);
      const more = room >= wanted ? wanted : goesInParts ? Math.max(0, room) : 0;
      if (more === 0) continue;
      own.set(demand, (own.get(demand) ?? 0) + more);
      load.set(source, load.get(source)! + more);
      wanted -= more;
      if (wanted === 0) break;
    }
    if (wanted > 0) left.set(demand, wanted);
  }
  return { rest: { view: draft.view, taken }, left };
}

function partSentence(part: Omit<SplitPart, 'sentence'>, node: string): string {
  const { unsourcedUnits, savedMicros, unsourcedMicros, isPossible } = part;
  if (!isPossible) return say(SPLIT_PARTS.needed, { node });
  if (unsourcedUnits === 0) {
    const money = decimal(Math.abs(savedMicros));
    return say(savedMicros <= 0 ? SPLIT_PARTS['dearer-apart'] : SPLIT_PARTS['cheaper-apart'], { node, money });
  }
  const units = unitsText(unsourcedUnits);
  if (savedMicros <= 0) return say(SPLIT_PARTS['else-unsourced-for-nothing'], { node, units });
  const amounts = { saved: decimal(savedMicros), charge: decimal(unsourcedMicros) };
  return say(SPLIT_PARTS['else-unsourced'], { node, units, ...amounts });
}
