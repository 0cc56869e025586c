// The public face of the engine: what hosts, the server and the command line may use.
export { type Issue, type IssueCode, ISSUE_CODES } from './base/issue.ts';
export { fail, type Result, succeed } from './base/result.ts';
export { canonicalJson, fingerprint } from './base/fingerprint.ts';
export { decimal, MICROS } from './base/money.ts';
export { createPrng, type Prng } from './base/prng.ts';
export { distanceMetres, type Point } from './base/geo.ts';
export { dateOf, dayNumber, isoWeekday } from './base/time.ts';
export * from './model/calendar.ts';
export * from './model/cart.ts';
export * from './model/cascade.ts';
export { COST_MODEL, type CostTermText } from './model/cost-model.ts';
export * from './model/explanation.ts';
export * from './model/goal-tiers.ts';
export * from './model/item.ts';
export * from './model/lane.ts';
export * from './model/limits.ts';
export * from './model/node.ts';
export * from './model/order.ts';
export { type Box, boxSchema, type ParcelRules, parcelRulesSchema } from './model/parcel-rules.ts';
export * from './model/plan.ts';
export * from './model/effect.ts';
export * from './model/policy.ts';
export * from './model/promise.ts';
export * from './model/rate-card.ts';
export * from './model/pick-history.ts';
export * from './model/receipt.ts';
export * from './model/scenario.ts';
export * from './model/snapshot.ts';
export * from './model/stock-level.ts';
export * from './model/wave.ts';
export { FACTS, OPERATORS, EFFECTS, type Fact, type Operator, type Effect } from './rules/catalogue.ts';
export { type Catalogue, catalogue, policyJsonSchema } from './rules/catalogue-document.ts';
export { FACT_SCOPES, FACT_TYPES } from './rules/facts/fact.ts';
export { labouredSnapshot } from './inventory/labour.ts';
export { availableToPromise, sourceableBy } from './inventory/sourceable.ts';
export type { Carton, CartonGroup, Packing } from './model/carton.ts';
export { MAX_PACKED_UNITS, packCartons } from './plan/pack-cartons.ts';
export { termMicros, subtractBreakdown, sumBreakdowns } from './costs/breakdown.ts';
export {
  parseCalendar,
  parseItem,
  parseLane,
  parseLimits,
  parseNode,
  parseOrder,
  parsePolicyShape,
  parseRateCard,
  parseReceipt,
  parseStockLevel,
  MAX_ISSUES,
  parserOf,
} from './model/parse.ts';
export { depthIssue, MAX_DEPTH } from './base/shape.ts';
export { rateCardIssues } from './model/references.ts';
export { IMPORT_SYSTEMS, importPolicy, type ImportSystem } from './importers/import-policy.ts';
export { IMPORT_EFFECTS, type Imported, type ImportNote } from './importers/imported.ts';
export { compilePolicy, type CompiledPolicy, parsePolicy } from './rules/compile-policy.ts';
export { lintScenario } from './lint-scenario.ts';
export { type LintCode, LINT_CODES, type LintFinding, type LintFix } from './rules/lint/finding.ts';
export { lintPolicy } from './rules/lint/lint-policy.ts';
export { parseScenario, parseWave, policyIssuesFor, waveSchema } from './parse-scenario.ts';
export {
  type IncumbentPlan,
  type Progress,
  type SolverOf,
  source,
  type SourceObserver,
  type Stage,
  STAGES,
} from './source.ts';
export { mpsPieces } from './solve/export-mps.ts';
export type { MipColumn, MipModel, MipRow } from './solve/mip-model.ts';
export { waveMip } from './solve/wave-mip.ts';
export { InvalidAnswerError } from './plan/assemble.ts';
export type { Decision, Observer, WaveAnswer, WaveInput, WaveSolver } from './solve/solver.ts';
export { solverFor } from './solve/strategies.ts';
export {
  CHECK_KINDS,
  type CheckOutcome,
  checkPolicy,
  type CheckReport,
  type CheckRequest,
} from './review/check-policy.ts';
export { diffPolicies, type PolicyChange } from './review/diff-policies.ts';
export {
  createEffectDesk,
  type EffectDesk,
  type EffectSums,
  type EffectWatch,
  type OrderEffect,
  type PolicyEffect,
} from './review/policy-effect.ts';
export { type Gates, type Measure, MEASURES, parseGates } from './review/gates.ts';
export { type Golden, goldenOrder, parseGolden } from './review/golden.ts';
export { type RuleCost, ruleCosts, type RuleCosts, type RuleCostsObserver } from './review/rule-costs.ts';
export { verify, type Violations } from './plan/verify.ts';
export {
  createExplainer,
  EXPLAIN_EFFORTS,
  type ExplainEffort,
  type Explainer,
  explainOrder,
  type ExplainOptions,
} from './explain/explain.ts';
export { parseCart } from './promise/parse-cart.ts';
export { createPromiser, type Promiser, type PromiseOptions } from './promise/promise-cart.ts';
export { diffExplanations } from './explain/diff.ts';
export { applyChange, type OrderCase } from './explain/apply-change.ts';
export { ENGINE_VERSION } from './version.ts';
