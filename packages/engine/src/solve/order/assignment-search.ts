// Decides which line goes to which of a few open sources, exactly: branch and bound on lines with the true price steps.
// Leaves which sources are open to open-set-search.ts, and quantities of short lines to quantity-search.ts.
import { bestPricing, type Pricing } from './assignment-bound.ts';
import type { Assignment } from './assignment.ts';
import { draftMicros, offer } from './draft-plan.ts';
import { tryNearest } from './nearest-plan.ts';
import { rangeIntercept } from './price-envelope.ts';
import { searchQuantities } from './quantity-search.ts';
import { sharePair } from './pair-assignment.ts';
import { cutoff, straightPieces, type Search } from './search-state.ts';
import { shipmentMicros } from './shipment-price.ts';
import { shortLines } from './short-line.ts';

/** Improves the best plan of `search` by plans over `open`. Returns a bound on all of them; `budget` limits the work. */
export function searchAssignments(search: Search, open: readonly number[], budget: number): number {
  const { model } = search;
  const workEnd = search.work + budget;
  search.work += 2 + ((model.lineCount * open.length) >> 3);
  const shorts = shortLines(model, search.penalty, open);
  const pricings: Pricing[] = [];
  for (const rebate of search.rebates) {
    const pricing = bestPricing(search, open, shorts, rebate);
    if (pricing.micros >= cutoff(search)) return pricing.micros;
    pricings.push(pricing);
  }
  pricings.sort((a, b) => b.micros - a.micros);
  const root = pricings[0]!.micros;
  const assignment: Assignment = {
    search,
    open,
    pricings: pricings.slice(0, 2),
    weight: new Float64Array(open.length),
    used: new Float64Array(open.length),
    count: new Int32Array(open.length),
    units: new Float64Array(model.sourceCount * model.lineCount),
    shorts,
    workEnd,
  };
  tryNearest(assignment);
  if (root >= cutoff(search) || search.work >= Math.min(workEnd, search.workLimit)) return root;
  return shorts.length === 0 ? branchOnLines(assignment, root) : searchQuantities(assignment, root, branchOnLines);
}

interface Choice {
  readonly line: number;
  /** Positions of open sources, the cheapest first; −1 leaves the line out. */
  readonly options: readonly number[];
}

/** Branch and bound on whole lines, short ones as they stand in the assignment. Returns the least bound of what was left open. */
function branchOnLines(assignment: Assignment, root: number): number {
  const { search, open, pricings } = assignment;
  const unordered = openChoices(assignment);
  if (unordered === undefined) return cutoff(search);
  const { choices, pair, pairDepth } = pairLast(assignment, unordered);
  const tails = pricings.map((pricing) => tailSums(assignment, choices, pricing));
  const reach = reachableWeights(assignment, choices);
  const linear = new Float64Array(pricings.length * (choices.length + 1));
  for (const [k, pricing] of pricings.entries()) linear[k] = takenShortMicros(assignment, pricing.slope);
  let pending = Infinity;

  const bound = (depth: number): number => {
    let best = -Infinity;
    for (let k = 0; k < pricings.length && best < cutoff(search); k++) {
      const { slope, rebate, constant } = pricings[k]!;
      let micros = constant + linear[depth * pricings.length + k]! + tails[k]![depth]!;
      for (let s = 0; s < open.length; s++) {
        const envelope = search.envelopes[open[s]!]!;
        const from = Math.max(envelope.low, assignment.weight[s]!);
        const to = assignment.weight[s]! + reach[depth * open.length + s]!;
        if (to < from) return Infinity;
        micros += rangeIntercept(envelope, from, to, slope[s]!, rebate);
      }
      if (micros > best) best = micros;
    }
    return best;
  };
  const visit = (depth: number, inherited: number): void => {
    if (search.work >= assignment.workEnd || search.work >= search.workLimit) {
      pending = Math.min(pending, inherited);
      return;
    }
    search.work++;
    const here = Math.max(inherited, bound(depth));
    if (here >= cutoff(search)) return;
    if (depth === choices.length) {
      offer(search.best, draftMicros(search.model, search.penalty, assignment.units, open), assignment.units);
      return;
    }
    if (depth === pairDepth && pair !== undefined) {
      const rest = choices.slice(depth).map((choice) => choice.line);
      const shared = shareLines(assignment, pair, rest, here);
      if (shared !== undefined) {
        pending = Math.min(pending, shared);
        return;
      }
    }
    const { line, options } = choices[depth]!;
    for (const option of options) {
      if (!place(assignment, line, option, 1)) continue;
      for (let k = 0; k < pricings.length; k++) {
        linear[(depth + 1) * pricings.length + k] =
          linear[depth * pricings.length + k]! + levelOf(pricings[k]!, line, option, open.length);
      }
      visit(depth + 1, here);
      place(assignment, line, option, -1);
    }
  };
  visit(0, root);
  return Math.min(pending, Math.max(search.best.micros, root));
}

/** Short lines as they stand: what is taken at the slopes, and what is missing. */
function takenShortMicros({ search, open, shorts, units }: Assignment, slope: Float64Array): number {
  const n = search.model.lineCount;
  let micros = 0;
  for (const short of shorts) {
    let left = short.quantity;
    for (const cell of short.cells) {
      const taken = units[open[cell.position]! * n + short.line]!;
      if (taken === 0) continue;
      left -= taken;
      micros += cell.lineMicros + cell.unitMicros * taken + slope[cell.position]! * cell.milligrams(taken);
    }
    micros += left * short.unitPenalty;
  }
  return micros;
}

/** Choices with those last that lie between the two sources that share the most lines, from `pairDepth` on. */
function pairLast(assignment: Assignment, choices: readonly Choice[]) {
  const { open, search } = assignment;
  const p = open.length;
  const shares = new Int32Array(p * p);
  const between = ({ options }: Choice): number =>
    options.length === 2 && options[0]! >= 0 && options[1]! >= 0
      ? Math.min(options[0]!, options[1]!) * p + Math.max(options[0]!, options[1]!)
      : -1;
  for (const choice of choices) if (between(choice) >= 0) shares[between(choice)]!++;
  const most = shares.reduce((best, count) => Math.max(best, count), 0);
  const key = shares.indexOf(most);
  const pair = [Math.floor(key / p), key % p] as const;
  // What the two would be charged must not bend, and every way to share must be allowed.
  const straight = !search.model.rising && search.model.minPartMicros === 0;
  const usable = straight && most > 1 && pair.every((s) => straightPieces(search, open[s]!) !== undefined);
  if (!usable) return { choices, pair: undefined, pairDepth: -1 };
  const others = choices.filter((choice) => between(choice) !== key);
  const last = choices.filter((choice) => between(choice) === key);
  return { choices: [...others, ...last], pair, pairDepth: others.length };
}

/** Shares lines between two sources in one step. Returns the bound of what it left open; undefined where units limits forbid it. */
function shareLines(
  assignment: Assignment,
  pair: readonly [number, number],
  lines: readonly number[],
  inherited: number,
): number | undefined {
  const { search, open, weight, used, count, units } = assignment;
  const { model, penalty } = search;
  const n = model.lineCount;
  const [first, second] = pair;
  let unitsToShare = 0;
  for (const i of lines) unitsToShare += model.quantity[i]!;
  for (const s of pair) if (used[s]! + unitsToShare > model.unitsLeft[open[s]!]!) return undefined;
  const isShared = new Uint8Array(n);
  for (const i of lines) isShared[i] = 1;
  const costAt = (s: number, i: number): number => model.cost[open[s]! * n + i]!;
  let base = pair.length * model.splitMicros + takenShortMicros(assignment, new Float64Array(open.length));
  for (let i = 0; i < n; i++) {
    if (model.short[i] === 1) continue;
    let micros = isShared[i] === 1 ? costAt(second, i) : penalty[i]!;
    for (let s = 0; s < open.length; s++) if (units[open[s]! * n + i]! > 0) micros = costAt(s, i);
    base += micros;
  }
  for (const [s, j] of open.entries()) {
    if (s === first || s === second || count[s] === 0) continue;
    base += model.splitMicros + shipmentMicros(model.problem.sources[model.sourceOf[j]!]!, weight[s]!);
  }
  const answer = sharePair(
    {
      weight: Float64Array.from(lines, (i) => model.weight[i]!),
      delta: Float64Array.from(lines, (i) => costAt(first, i) - costAt(second, i)),
      firstBase: weight[first]!,
      secondBase: weight[second]!,
      first: straightPieces(search, open[first]!)!,
      second: straightPieces(search, open[second]!)!,
    },
    cutoff(search) - base,
  );
  search.work += answer.work;
  if (answer.atFirst !== undefined) {
    const plan = units.slice();
    for (const [k, i] of lines.entries())
      plan[open[answer.atFirst[k] === 1 ? first : second]! * n + i] = model.quantity[i]!;
    offer(search.best, draftMicros(model, penalty, plan, open), plan);
  }
  return Math.max(inherited, answer.bound + base);
}

/** Puts a line to a source (−1: nowhere), or takes it back. False when the source cannot handle so many units. */
function place(assignment: Assignment, line: number, s: number, sign: 1 | -1): boolean {
  if (s < 0) return true;
  const { search, open, weight, used, count, units } = assignment;
  const { model } = search;
  if (sign > 0 && used[s]! + model.quantity[line]! > model.unitsLeft[open[s]!]!) return false;
  weight[s]! += sign * model.weight[line]!;
  used[s]! += sign * model.quantity[line]!;
  count[s]! += sign;
  units[open[s]! * model.lineCount + line] = sign > 0 ? model.quantity[line]! : 0;
  return true;
}

/** Options that the bound does not rule out, lines that move the most money or weight first; undefined where a line has none. */
function openChoices({ search, open, pricings }: Assignment): Choice[] | undefined {
  const { model } = search;
  const p = open.length;
  const spread: { choice: Choice; key: number }[] = [];
  for (let line = 0; line < model.lineCount; line++) {
    if (model.short[line] === 1) continue;
    const regret = (k: number, s: number): number => levelOf(pricings[k]!, line, s, p) - least(pricings[k]!, line, p);
    const options: number[] = [];
    for (let s = -1; s < p; s++) {
      if (levelOf(pricings[0]!, line, s, p) === Infinity) continue;
      if (pricings.every((pricing, k) => pricing.micros + regret(k, s) < cutoff(search))) options.push(s);
    }
    if (options.length === 0) return undefined;
    options.sort((a, b) => regret(0, a) - regret(0, b) || b - a);
    const key = options.length === 1 ? Infinity : model.weight[line]!;
    spread.push({ choice: { line, options }, key });
  }
  spread.sort((a, b) => (a.key === b.key ? a.choice.line - b.choice.line : b.key - a.key));
  return spread.map(({ choice }) => choice);
}

function levelOf(pricing: Pricing, line: number, s: number, p: number): number {
  return s < 0 ? pricing.penalty[line]! : pricing.level[line * p + s]!;
}

function least(pricing: Pricing, line: number, p: number): number {
  let best = pricing.penalty[line]!;
  for (let s = 0; s < p; s++) best = Math.min(best, pricing.level[line * p + s]!);
  return best;
}

/** By depth: the least that the lines not yet decided cost at the slopes. */
function tailSums({ open }: Assignment, choices: readonly Choice[], pricing: Pricing): Float64Array {
  const sums = new Float64Array(choices.length + 1);
  for (let depth = choices.length - 1; depth >= 0; depth--) {
    const { line, options } = choices[depth]!;
    let best = Infinity;
    for (const s of options) best = Math.min(best, levelOf(pricing, line, s, open.length));
    sums[depth] = sums[depth + 1]! + best;
  }
  return sums;
}

/** By depth and open source: milligrams that undecided lines could still add. */
function reachableWeights({ search, open }: Assignment, choices: readonly Choice[]): Float64Array {
  const p = open.length;
  const reach = new Float64Array((choices.length + 1) * p);
  for (let depth = choices.length - 1; depth >= 0; depth--) {
    const { line, options } = choices[depth]!;
    for (let s = 0; s < p; s++) {
      reach[depth * p + s] = reach[(depth + 1) * p + s]! + (options.includes(s) ? search.model.weight[line]! : 0);
    }
  }
  return reach;
}
