// The public face of the contract: everything a client of the API may see. Safe in a browser.
export * from './catalogue-wire.ts';
export * from './compare-wire.ts';
export * from './degraded-schema.ts';
export * from './draft-wire.ts';
export * from './explanation-schema.ts';
export * from './flow-wire.ts';
export * from './health-wire.ts';
export { buildOpenApi, type OpenApiDocument } from './openapi.ts';
export * from './order-wire.ts';
export * from './plan-schema.ts';
export * from './plan-wire.ts';
export {
  type MovePolicy,
  movePolicySchema,
  POLICY_STATUSES,
  type PolicyDiff,
  type PolicyEvent,
  type PolicyInfo,
  policyRefSchema,
  type PolicyStatus,
  type PolicySummary,
  type PolicyVersion,
  type RollBackPolicy,
  rollBackSchema,
  type SavePolicy,
  savePolicySchema,
} from './policy-wire.ts';
export * from './price-wire.ts';
export * from './problems.ts';
export * from './promise-wire.ts';
export * from './route.ts';
export { type OperationId, routes } from './routes.ts';
export {
  type RuleCostsLine,
  ruleCostsLineSchema,
  type RuleCostsRequest,
  ruleCostsRequestSchema,
} from './rule-cost-wire.ts';
export * from './run-wire.ts';
export * from './scenario-wire.ts';
export * from './trace-wire.ts';
export * from './ws-messages.ts';
