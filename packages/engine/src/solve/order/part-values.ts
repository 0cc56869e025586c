// Decides whether the parts of a plan are worth enough: each shipment, and what stays unsourced where that is worth anything.
// Leaves finding plans whose parts are to the searches.
import type { OrderModel } from './order-model.ts';
import type { OrderProblem, Taken } from './order-problem.ts';

/** An order in one part may be worth anything; several are worth the minimum each. */
export function areWorthEnough(minPartMicros: number, shipments: readonly number[], restMicros: number): boolean {
  if (minPartMicros <= 0 || shipments.length === 0) return true;
  if (shipments.length === 1 && restMicros <= 0) return true;
  return shipments.every((micros) => micros >= minPartMicros) && (restMicros <= 0 || restMicros >= minPartMicros);
}

/** Goods value of `taken` units out of a quantity worth `valueMicros`, to the nearest micro. */
export function shareMicros(valueMicros: number, quantity: number, taken: number): number {
  return taken === quantity ? valueMicros : Math.round((valueMicros * taken) / quantity);
}

/** The same for a finished plan. */
export function planIsWorthEnough(
  { demands, minPartMicros = 0 }: OrderProblem,
  { shipments }: { readonly shipments: readonly { readonly taken: readonly Taken[] }[] },
): boolean {
  const left = demands.map(({ quantity }) => quantity);
  const worth = (demand: number, units: number): number =>
    shareMicros(demands[demand]!.valueMicros ?? 0, demands[demand]!.quantity, units);
  const values = shipments.map(({ taken }) =>
    taken.reduce((sum, { demand, quantity }) => {
      left[demand]! -= quantity;
      return sum + worth(demand, quantity);
    }, 0),
  );
  const rest = left.reduce((sum, units, demand) => sum + worth(demand, units), 0);
  return areWorthEnough(minPartMicros, values, rest);
}

/** Whether units by source of the model and line, over the sources in `open`, are in parts that are worth enough. */
export function partsHold(model: OrderModel, units: Float64Array, open: readonly number[]): boolean {
  if (model.minPartMicros <= 0) return true;
  const { shipments, restMicros } = partValues(model, units, open);
  return areWorthEnough(
    model.minPartMicros,
    shipments.filter((micros) => micros >= 0),
    restMicros,
  );
}

/** By open source its shipment's goods value, −1 where it ships nothing; and the value of what stays unsourced. */
export function partValues(
  model: OrderModel,
  units: Float64Array,
  open: readonly number[],
): { readonly shipments: number[]; readonly restMicros: number } {
  const n = model.lineCount;
  let restMicros = model.lostValueMicros;
  const shipments = open.map(() => -1);
  for (let i = 0; i < n; i++) {
    let left = model.quantity[i]!;
    for (const [s, j] of open.entries()) {
      const taken = units[j * n + i]!;
      if (taken === 0) continue;
      left -= taken;
      shipments[s] = Math.max(0, shipments[s]!) + shareMicros(model.value[i]!, model.quantity[i]!, taken);
    }
    if (left > 0) restMicros += shareMicros(model.value[i]!, model.quantity[i]!, left);
  }
  return { shipments, restMicros };
}
