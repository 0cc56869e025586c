// What tests and benches outside the engine may use: builders and seeded generators.
export * from './build-scenario.ts';
export { type RandomOrderOptions, randomOrderProblem } from './random-order-problem.ts';
export { withRandomCollection } from './random-collection.ts';
export { withRandomCosts } from './random-costs.ts';
export { withRandomLimits } from './random-limits.ts';
export { randomScenario, type RandomScenarioSize } from './random-scenario.ts';
export type { OrderProblem, OrderSolution } from '../solve/order/order-problem.ts';
export { solveOrder } from '../solve/order/solve-order.ts';
export { type RandomConditions, randomConditions, randomFactValue } from './random-rules.ts';
