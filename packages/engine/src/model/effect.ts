// Decides what a rule may do when it holds: one shape an effect, each with its reason in plain words.
// Leaves when a rule holds to its conditions, and what an effect changes to candidates/.
import { z } from 'zod';
import { amountSchema, countSchema, textSchema } from './scalars.ts';
import { strategySchema } from './strategy.ts';

/** json-rules-engine conditions; what they mean is checked by rules/. */
export const conditionsSchema = z.record(z.string(), z.unknown());

const because = textSchema.min(1);
const percentSchema = z.number().min(0).max(10_000);

const effect = <T extends string, P extends z.ZodRawShape>(type: T, params: P) =>
  z.strictObject({ type: z.literal(type), params: z.strictObject({ because, ...params }) });

export const effectSchema = z.discriminatedUnion('type', [
  effect('exclude', {}),
  effect('require', {
    /** Which nodes may supply the line: a node for which these do not hold may not. */
    nodes: conditionsSchema,
  }),
  effect('penalise', {
    /** Charge for each line so supplied. */
    perLineMicros: amountSchema,
    /** Added to it: a share of the line's value, in percent. */
    valuePercent: percentSchema.optional(),
  }),
  effect('prefer', {
    /** Which nodes are wanted: any other pays the charge. */
    nodes: conditionsSchema,
    /** Charge for each line supplied by another node. */
    perLineMicros: amountSchema,
    /** Added to it: a share of the line's value, in percent. */
    valuePercent: percentSchema.optional(),
  }),
  effect('sourcing-buffer', {
    /** Units withheld from sourcing. */
    units: countSchema.optional(),
    /** Days of the expected demand withheld from sourcing. */
    coverDays: z.number().min(0).max(3650).optional(),
  }),
  effect('capacity-cap', {
    /** Share of the node's capacity that may be used, in percent. */
    percent: z.number().min(0).max(100),
  }),
  effect('max-shipments', {
    /** Shipments of the order at most. */
    shipments: z.int().min(1).max(100),
  }),
  effect('ship-complete', {}),
  effect('allow-partial', {}),
  effect('hold', {}),
  effect('promise-by', {
    /** Calendar days after the order that stand as its promise where it brings none. */
    days: z.int().min(0).max(365),
  }),
  effect('min-part-value', {
    /** Goods value of each part at least. */
    minPartValueMicros: amountSchema,
  }),
  effect('unsourced-penalty', {
    /** The policy's charge for unsourced units, in percent: 100 leaves it as it is. */
    percent: percentSchema,
  }),
  effect('when-unsourced', {
    /** What is to be done with the units that stay unsourced. */
    action: z.enum(['queue', 'cancel', 'next-strategy']),
    /** For `queue`: hours after the order was placed when it is given up. */
    cancelAfterHours: z.int().min(1).max(8760).optional(),
    /** For `next-strategy`: the strategy to try. */
    strategy: strategySchema.optional(),
  }),
]);

/** In the order in which they are listed. */
export const EFFECT_TYPES = effectSchema.options.map((option) => option.shape.type.value);

export type RuleEffect = z.infer<typeof effectSchema>;
export type EffectType = RuleEffect['type'];
export type EffectOf<T extends EffectType> = Extract<RuleEffect, { type: T }>;
