// Decides small improvements of a plan: one whole line to another open source or out, exactly priced.
// Leaves opening sources to opening-heuristic.ts.
import { createPartGuard } from './part-guard.ts';
import type { Search } from './search-state.ts';
import { shipmentMicros, takenMilligrams } from './shipment-price.ts';

const MAX_PASSES = 6;

/** Changes `units` (by source of the model and line) as long as moving a single line helps. */
export function improveByMoves(search: Search, open: readonly number[], units: Float64Array): void {
  const { model, penalty } = search;
  const n = model.lineCount;
  const weight = new Float64Array(open.length);
  const used = new Float64Array(open.length);
  const count = new Int32Array(open.length);
  const at = new Int32Array(n).fill(-1);
  for (const [s, j] of open.entries()) {
    for (let i = 0; i < n; i++) {
      const taken = units[j * n + i]!;
      if (taken === 0) continue;
      weight[s]! += takenMilligrams(model.weight[i]!, model.quantity[i]!, taken);
      used[s]! += taken;
      count[s]!++;
      at[i] = s;
    }
  }
  const price = (s: number, milligrams: number, lines: number): number =>
    lines === 0 ? 0 : model.splitMicros + shipmentMicros(model.problem.sources[model.sourceOf[open[s]!]!]!, milligrams);
  const guard = createPartGuard(model, open, units);
  const now = open.map((_, s) => price(s, weight[s]!, count[s]!));
  let again = true;
  for (let pass = 0; again && pass < MAX_PASSES; pass++) {
    again = false;
    for (let i = 0; i < n; i++) {
      if (model.short[i] === 1) continue;
      const from = at[i]!;
      const own = model.weight[i]!;
      const less = from < 0 ? 0 : price(from, weight[from]! - own, count[from]! - 1);
      const saved = from < 0 ? penalty[i]! : now[from]! - less + model.cost[open[from]! * n + i]!;
      let to = from;
      let gain = 1e-6;
      if (from >= 0 && saved - penalty[i]! > gain && guard?.allows(i, from, -1) !== false)
        [to, gain] = [-1, saved - penalty[i]!];
      for (let s = 0; s < open.length; s++) {
        if (s === from || model.amount[open[s]! * n + i] === 0) continue;
        if (used[s]! + model.quantity[i]! > model.unitsLeft[open[s]!]!) continue;
        const more = price(s, weight[s]! + own, count[s]! + 1) - now[s]! + model.cost[open[s]! * n + i]!;
        if (saved - more > gain && guard?.allows(i, from, s) !== false) [to, gain] = [s, saved - more];
      }
      if (to === from) continue;
      again = true;
      guard?.moved(i, from, to);
      for (const [s, sign] of [[from, -1] as const, [to, 1] as const]) {
        if (s < 0) continue;
        weight[s]! += sign * own;
        used[s]! += sign * model.quantity[i]!;
        count[s]! += sign;
        units[open[s]! * n + i] = sign > 0 ? model.quantity[i]! : 0;
        now[s] = price(s, weight[s]!, count[s]!);
      }
      at[i] = to;
    }
  }
}
