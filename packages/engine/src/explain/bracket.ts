// Decides which step of a change is tried next, between one that leaves a choice as it is and one that flips it.
// Aims where the costs of both plans meet, or where something is known to change; halves what is between where neither helps.
import type { Probe } from './probe.ts';

/** What is known while the first step that flips is looked for. */
export interface Bracket {
  /** The last step known to leave the choice, and the first known to flip it. */
  stays: number;
  flips: number;
  /** What the order costs as it is, and at those steps where it is known. */
  readonly baseMicros: number;
  staysMicros?: number;
  flipsMicros?: number;
  /** The step that flipped before `flips`, farther off. */
  farther?: { readonly step: number; readonly micros: number };
  /** Steps that were aimed at. */
  aims?: number;
}

/** Aims that may miss before what is between is halved. */
const MOST_AIMS = 4;

export function noteFlip(bracket: Bracket, step: number, costMicros: number): void {
  if (bracket.flipsMicros !== undefined) bracket.farther = { step: bracket.flips, micros: bracket.flipsMicros };
  bracket.flips = step;
  bracket.flipsMicros = costMicros;
}

export function noteStay(bracket: Bracket, step: number, costMicros: number | undefined): void {
  if (step < bracket.stays || step >= bracket.flips) return;
  bracket.stays = step;
  if (costMicros === undefined) delete bracket.staysMicros;
  else bracket.staysMicros = costMicros;
}

/** A step between those of the bracket, which are not neighbours. */
export function nextStep(probe: Probe, bracket: Bracket): number {
  const { stays, flips } = bracket;
  const at = probe.turns?.find((turn) => turn > stays && turn <= flips);
  if (at !== undefined) return at < flips ? at : flips - 1;
  const aimed = bracket.aims ?? 0;
  const middle = Math.floor((stays + flips) / 2);
  if (!probe.perStep || aimed >= MOST_AIMS) return middle;
  bracket.aims = aimed + 1;
  const aim = meetingStep(probe.perStep, bracket);
  // What points elsewhere than between them is not as it was taken to be.
  if (aim === undefined || aim <= stays || aim > flips) return middle;
  return Math.min(flips - 1, aim);
}

/** The first step beyond the one at which the plan that stays and the one that flips cost the same, if their costs go on as they did. */
function meetingStep(
  perStep: NonNullable<Probe['perStep']>,
  { stays, flips, baseMicros, staysMicros, flipsMicros, farther }: Bracket,
): number | undefined {
  const isKnown = staysMicros !== undefined && stays > 0;
  const staying = isKnown ? (staysMicros - baseMicros) / stays : perStep.staysMicros;
  const flipping = farther ? (farther.micros - flipsMicros!) / (farther.step - flips) : perStep.flipsMicros;
  if (staying <= flipping) return undefined;
  const gapMicros = baseMicros + staying * flips - flipsMicros!;
  return Math.floor(flips - gapMicros / (staying - flipping)) + 1;
}
