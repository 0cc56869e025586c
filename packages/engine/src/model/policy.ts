// Decides what a planner may state: strategy, what things are worth, what is allowed, and rules with their reasons.
// Leaves the meaning of facts and operators to rules/.
import { z } from 'zod';
import { cascadeSchema } from './cascade.ts';
import { goalTiersSchema } from './goal-tiers.ts';
import { conditionsSchema, effectSchema } from './effect.ts';
import { rejectRiskSchema } from './pick-history.ts';
import { amountSchema, idSchema, textSchema } from './scalars.ts';
import { stockBalanceSchema } from './stock-balance.ts';
import { strategySchema } from './strategy.ts';

export { STRATEGIES, type Strategy, strategySchema } from './strategy.ts';

export const MAX_RULES = 1000;
export const MAX_NAMED_CONDITIONS = 200;

/** A json-rules-engine rule, unchanged: its conditions decide when, its event decides the effect. */
export const ruleSchema = z.strictObject({
  name: z.string().min(1).max(120),
  /** Higher runs first. */
  priority: z.int().min(1).max(1_000_000).optional(),
  /** `false` turns the rule off: it stays in the policy and is checked, but does nothing. */
  enabled: z.boolean().optional(),
  conditions: conditionsSchema,
  event: effectSchema,
});

/** Conditions under a name: a rule asks for them by `{ "condition": name }`. */
export const namedConditionSchema = z.strictObject({
  name: z.string().min(1).max(120),
  conditions: conditionsSchema,
});

export const policySchema = z.strictObject({
  policyId: idSchema,
  version: z.int().min(1).max(1_000_000),
  name: textSchema,
  strategy: strategySchema,
  goals: z.strictObject({
    /** Charged for each shipment of an order beyond its first, besides the real extra shipping. */
    splitMicros: amountSchema,
    /** Charged for each shipment and each calendar day it arrives after the promise. */
    latenessPerDayMicros: amountSchema,
    /** Charged for each shipment and each calendar day from the order to its delivery, up to the promise; left out, in time is soon enough. */
    speedPerDayMicros: amountSchema.optional(),
    /** Charged for each unit left unsourced: a fixed part and a share of the unit price, raised by a tenth a priority step. */
    unsourced: z.strictObject({ perUnitMicros: amountSchema, valuePercent: z.number().min(0).max(10_000) }),
    /** What taking units costs the node they are taken from; left out means nothing but the steps that stock levels state. */
    stockBalance: stockBalanceSchema.optional(),
    /** What is charged for each sku in a shipment because the node may turn it down; left out means nothing. */
    rejectRisk: rejectRiskSchema.optional(),
    /** Goals by rank: each tier is minimised inside the tolerance of the tiers above. Left out, all terms count alike. */
    tiers: goalTiersSchema.optional(),
  }),
  promise: z.strictObject({
    /** Calendar days after the order that stand as the promise where an order has none. */
    defaultDays: z.int().min(0).max(365),
    /** Whether work waiting at a node (`backlogDays`) puts its ship days off; left out means `ignore`. */
    backlog: z.enum(['ignore', 'wait']).optional(),
  }),
  allow: z.strictObject({
    /** Whether an order may go out with units missing. */
    partial: z.boolean(),
    /** Whether a line that no single node can fill may be split over nodes or sent in part; `never` sends it whole or not at all. */
    splitQuantity: z.enum(['never', 'when-needed']),
    maxShipments: z.int().min(1).max(100).optional(),
    /** An order in several parts has parts of at least this goods value: every shipment, and what stays unsourced. */
    minPartValueMicros: amountSchema.optional(),
    /** Working days a node may put a shipment off when its capacity is used up or stock is still to come. */
    maxShipDelayDays: z.int().min(0).max(30),
    /** Candidates later than this many calendar days after the promise are not considered. */
    maxLateDays: z.int().min(0).max(365).optional(),
  }),
  /** For the strategy `priority`: node ids or node types, first wanted first; nodes not named come last. */
  nodeOrder: z.array(idSchema).max(5000).optional(),
  /** For the strategy `cascade`: strategies in the order in which they are asked. */
  cascade: cascadeSchema.optional(),
  /** Conditions that several rules share. */
  conditions: z.array(namedConditionSchema).max(MAX_NAMED_CONDITIONS).optional(),
  rules: z.array(ruleSchema).max(MAX_RULES).optional(),
});

export type Rule = z.infer<typeof ruleSchema>;
export type NamedCondition = z.infer<typeof namedConditionSchema>;
export type Policy = z.infer<typeof policySchema>;
