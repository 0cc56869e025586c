// Decides how one order is sourced at least cost: picks the exact method that fits its size and shape.
// Leaves the methods to the files beside it and every figure in the problem to its callers.
import { type Merged, mergeTogether } from './merge-together.ts';
import { openSetSearch } from './open-set-search.ts';
import { orderModel, unsourcedMicros, type OrderModel } from './order-model.ts';
import type { OrderProblem, OrderSolution } from './order-problem.ts';
import { pricedPlan, type Units } from './priced-plan.ts';
import { MAX_SUBSET_LINES, subsetProgram } from './subset-program.ts';

/**
 * The best plan found within `work` search steps, with a lower bound that holds always.
 * Of equal costs fewer shipments are preferred. The same problem and work give the same answer.
 */
export function solveOrder(problem: OrderProblem, work: number): OrderSolution {
  const merged = mergeTogether(problem);
  return merged ? splitAgain(problem, merged, solveMerged(merged.problem, work)) : solveMerged(problem, work);
}

/** The solution of a merged problem in the demands of the problem itself, priced anew. */
function splitAgain(problem: OrderProblem, merged: Merged, solution: OrderSolution): OrderSolution {
  const units = new Float64Array(problem.sources.length * problem.demands.length);
  for (const { source, taken } of solution.shipments) {
    for (const { demand, quantity } of merged.split(taken)) units[source * problem.demands.length + demand] = quantity;
  }
  const plan = pricedPlan(problem, units);
  const bound = solution.proven ? plan.costMicros : Math.min(plan.costMicros, solution.lowerBoundMicros);
  return { ...solution, ...plan, lowerBoundMicros: bound, proven: bound === plan.costMicros };
}

function solveMerged(problem: OrderProblem, work: number): OrderSolution {
  const emptyMicros = unsourcedMicros(problem);
  const model = orderModel(problem);
  if (model === undefined) {
    return { ...nothing(emptyMicros), lowerBoundMicros: emptyMicros, proven: true, method: 'nothing-to-send', work: 0 };
  }
  if (model.shortCount === 0 && model.lineCount <= MAX_SUBSET_LINES) {
    const answer = subsetProgram(model);
    const units = problemUnits(model);
    for (const { source, lines } of answer.parts) {
      for (let i = 0; i < model.lineCount; i++) {
        if ((lines >> i) & 1) setUnits(model, units, source, i, model.quantity[i]!);
      }
    }
    return finished(problem, units, emptyMicros, undefined, 'subset-program', answer.work);
  }
  const answer = openSetSearch(model, emptyMicros, work);
  const units = problemUnits(model);
  if (answer.units !== undefined) {
    for (let j = 0; j < model.sourceCount; j++) {
      for (let i = 0; i < model.lineCount; i++) setUnits(model, units, j, i, answer.units[j * model.lineCount + i]!);
    }
  }
  return finished(problem, units, emptyMicros, answer.lowerBoundMicros, answer.method, answer.work);
}

function nothing(costMicros: number) {
  return { shipments: [], costMicros };
}

function problemUnits(model: OrderModel): Units {
  return new Float64Array(model.problem.sources.length * model.problem.demands.length);
}

function setUnits(model: OrderModel, units: Units, j: number, i: number, taken: number): void {
  units[model.sourceOf[j]! * model.problem.demands.length + model.demandOf[i]!] = taken;
}

/** The plan priced exactly, or nothing where that is no dearer. Without a bound the plan is optimal. */
function finished(
  problem: OrderProblem,
  units: Units,
  emptyMicros: number,
  lowerBoundMicros: number | undefined,
  method: string,
  work: number,
): OrderSolution {
  const plan = pricedPlan(problem, units);
  const best = plan.costMicros < emptyMicros ? plan : nothing(emptyMicros);
  const bound = Math.min(best.costMicros, lowerBoundMicros ?? Infinity);
  return { ...best, lowerBoundMicros: bound, proven: bound === best.costMicros, method, work };
}
