// Decides how the program of a wave is solved by HiGHS from its text, and how its answer becomes a plan of the wave that is built,
// priced and verified as any other. Shares no solver with the engine.
import loadHighs, { type Highs } from 'highs';
import {
  DEFAULT_LIMITS,
  type MipModel,
  mpsPieces,
  type Plan,
  type Scenario,
  source,
  waveMip,
} from '@sourcewright/engine';
import { dateOf } from '../../packages/engine/src/base/time.ts';
import { pricedPlan } from '../../packages/engine/src/solve/order/priced-plan.ts';
import { type OrderView, viewOrder } from '../../packages/engine/src/solve/order-view.ts';
import type { Decision, WaveAnswer, WaveInput } from '../../packages/engine/src/solve/solver.ts';

/** Lines taken, as their columns name them: `order|line|node|day|rate card`, each percent-encoded. */
export interface HighsOptimum {
  readonly micros: number;
  readonly taken: readonly string[];
}

/** Throws where the wave cannot be said, or HiGHS does not prove an optimum. */
export async function highsOptimum(scenario: Scenario): Promise<HighsOptimum> {
  const mip = await waveMip(scenario, scenario.policy, DEFAULT_LIMITS);
  if (!mip.ok) throw new Error(JSON.stringify(mip.error));
  const highs = await load();
  const data = new TextEncoder().encode([...mpsPieces(mip.value)].join(''));
  return highs.withModel({ format: 'mps', data }, (model) => {
    // Its presolve calls some of these infeasible (HiGHS issue 3296), which no wave is: everything may stay unsourced.
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0, presolve: 'off' });
    model.run();
    const status = model.getModelStatus();
    if (status !== highs.constants.modelStatus.optimal) throw new Error(`HiGHS ends with model status ${status}.`);
    return { micros: model.getObjectiveValue() * 1e6, taken: takenIn(mip.value, model.getSolution().colValue) };
  });
}

/** The package's types take it for CommonJS; what is imported is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>;

function takenIn({ columns }: MipModel, values: Float64Array): string[] {
  if (values.length !== columns.length) throw new Error(`HiGHS has ${values.length} of ${columns.length} columns.`);
  return columns.flatMap(({ name }, at) => (name.startsWith('x|') && values[at]! > 0.5 ? [name.slice(2)] : []));
}

/** The plan that takes just these lines, by way of `source`: what does not verify throws. Rate cards are the cheapest that fit. */
export async function planTaking({ taken }: HighsOptimum, scenario: Scenario): Promise<Plan> {
  const byOrder = Map.groupBy(taken, (name) => decodeURIComponent(name.split('|')[0]!));
  const plan = await source(scenario, scenario.policy, DEFAULT_LIMITS, {}, (strategy) => ({
    strategy,
    solve: (input) => answerTaking(input, scenario, byOrder),
  }));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function answerTaking(
  input: WaveInput,
  { snapshot }: Scenario,
  byOrder: ReadonlyMap<string, readonly string[]>,
): WaveAnswer {
  const ledger = input.createLedger();
  const decisions = input.orders.map((candidates): Decision => {
    const view = viewOrder(candidates, ledger, input.pricer, input.policy, () => true);
    const names = byOrder.get(candidates.order.orderId) ?? [];
    const nodeIds = snapshot.nodes.map(({ nodeId }) => nodeId);
    const plan = pricedPlan(view.problem, unitsOf(view, names, nodeIds));
    for (const { source: at, taken } of plan.shipments) {
      const { candidate, shipDay } = view.refs[at]!;
      const used = taken.map(({ demand, quantity }) => ({ row: candidate.rows[demand]!, units: quantity }));
      ledger.ship(candidate.node, shipDay.day, used);
    }
    const solution = { ...plan, lowerBoundMicros: 0, proven: false, method: 'highs', work: 0 };
    return { view, solution, exact: true };
  });
  return { decisions, lowerBoundMicros: 0, prices: [], effort: { work: 0, rounds: 0, stopped: 'no-improvement' } };
}

function unitsOf(
  { candidates, problem, refs }: OrderView,
  names: readonly string[],
  nodeIds: readonly string[],
): Float64Array {
  const units = new Float64Array(problem.sources.length * problem.demands.length);
  for (const name of names) {
    const [, lineIds, nodeId, date] = name.split('|').map(decodeURIComponent);
    const demand = candidates.demands.findIndex(({ lines }) => lines.map(({ lineId }) => lineId).join('+') === lineIds);
    const at = refs.findIndex(
      ({ candidate, shipDay }) => nodeIds[candidate.node] === nodeId && dateOf(shipDay.day) === date,
    );
    if (demand < 0 || at < 0) throw new Error(`The wave has no ${name}.`);
    units[at * problem.demands.length + demand] = problem.demands[demand]!.quantity;
  }
  return units;
}
