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
  const main = mainSteps(deltaMicros, steps).map((step) => termLabel(step.term).toLowerCase());
  const cause = main.length > 0 ? `, mostly in ${main.join(' and ')}` : '';
  const word = deltaMicros < 0 ? 'less' : 'more';
  return `${run} costs ${moneyText(Math.abs(deltaMicros), currency)}${share} ${word} than ${baseline}${cause}`;
}

/** The one or two largest steps, if they carry more than half of the difference. */
function mainSteps(deltaMicros: number, steps: readonly TermStep[]): readonly TermStep[] {
  const share = (step: TermStep): number => step.deltaMicros / deltaMicros;
  const [first, second] = [...steps].sort((a, b) => share(b) - share(a));
  if (first && share(first) > 0.5) return [first];
  return first && second && share(first) + share(second) > 0.5 ? [first, second] : [];
}

/** "Daventry DC ships 41 % of all units": of the chosen node, else of the one with the most. */
export function loadFinding(
  nodes: readonly { readonly name: string; readonly value: number; readonly chosen?: boolean }[],
  verb: string,
  noun: string,
): string {
  const total = nodes.reduce((sum, node) => sum + node.value, 0);
  if (total === 0) return `No ${noun}`;
  const top =
    nodes.find((node) => node.chosen) ?? nodes.reduce((best, node) => (node.value > best.value ? node : best));
  return `${top.name} ${verb} ${percentText(top.value / total)} of all ${noun}`;
}
