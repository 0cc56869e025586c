// Decides the sentences above charts: what the figures say, in one line.
import type { CostTerm } from '@sourcewright/engine';
import { moneyText } from './money.ts';
import { percentText } from './number.ts';
import { termLabel } from './words.ts';

export interface TermStep {
  readonly term: CostTerm;
  readonly deltaMicros: number;
}

/** "Exact costs £12,345 (8.1 %) less than Nearest, mostly in shipping". */
export function savingFinding(
  run: string,
  baseline: string,
  baselineMicros: number,
  deltaMicros: number,
  steps: readonly TermStep[],
  currency: string,
): string {
  if (deltaMicros === 0) return `${run} costs exactly as much as ${baseline}`;
  const share = baselineMicros > 0 ? ` (${percentText(Math.abs(deltaMicros) / baselineMicros)})` : '';
  const main = mainStep(deltaMicros, steps);
  const cause = main ? `, mostly in ${termLabel(main.term).toLowerCase()}` : '';
  const word = deltaMicros < 0 ? 'less' : 'more';
  return `${run} costs ${moneyText(Math.abs(deltaMicros), currency)}${share} ${word} than ${baseline}${cause}`;
}

/** The step that carries at least half of the difference, if one does. */
function mainStep(deltaMicros: number, steps: readonly TermStep[]): TermStep | undefined {
  return steps.find((step) => step.deltaMicros / deltaMicros >= 0.5);
}

/** "Daventry DC ships 41 % of all units". */
export function loadFinding(
  nodes: readonly { readonly name: string; readonly value: number }[],
  verb: string,
  noun: string,
): string {
  const total = nodes.reduce((sum, node) => sum + node.value, 0);
  if (total === 0) return `No ${noun}`;
  const top = nodes.reduce((best, node) => (node.value > best.value ? node : best));
  return `${top.name} ${verb} ${percentText(top.value / total)} of all ${noun}`;
}
