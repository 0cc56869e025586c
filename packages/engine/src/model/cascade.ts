// Decides how a cascade is written: strategies in order, each with its orders, its nodes, how it ranks them and what follows.
// Leaves the meaning of facts and operators to rules/ and following a cascade to solve/baselines.
import { z } from 'zod';
import { conditionsSchema } from './effect.ts';
import { idSchema, textSchema } from './scalars.ts';

export const MAX_CASCADE_STRATEGIES = 100;
export const MAX_RANKS = 10;
export const MAX_BANDS = 50;

const bandsSchema = z
  .array(z.number())
  .min(1)
  .max(MAX_BANDS)
  .refine((bands) => bands.every((band, at) => at === 0 || band > bands[at - 1]!), {
    message: 'Give the limits of the bands from small to large.',
  });

/** How a strategy puts its nodes in order; the next one decides where nodes are equal, then the snapshot's order of nodes. */
export const rankSchema = z.discriminatedUnion('by', [
  /** Nearest to the destination first; unknown distances last. */
  z.strictObject({ by: z.literal('distance') }),
  /** Node ids, groups or node types, first wanted first; nodes not named come last. */
  z.strictObject({ by: z.literal('list'), nodes: z.array(idSchema).min(1).max(5000) }),
  /** Most units of the order first. */
  z.strictObject({ by: z.literal('stock') }),
  /** Lowest cost a unit of sending all that the node has of the order first. */
  z.strictObject({ by: z.literal('cost') }),
  /** A fact of the node, lane or stock; of stock the mean over the order's items. Nodes without a value come last. */
  z.strictObject({
    by: z.literal('fact'),
    fact: z.string().max(100),
    first: z.enum(['lowest', 'highest']),
    /** Values between the same two limits count as equal. */
    bands: bandsSchema.optional(),
  }),
]);

export const cascadeStrategySchema = z.strictObject({
  name: z.string().min(1).max(120),
  /** Why, in plain words: told when units are left to a queue or cancelled. */
  because: textSchema.min(1).optional(),
  /** Which orders it is for, by facts of time and order; left out, all. */
  orders: conditionsSchema.optional(),
  /** Which nodes it asks for a line, by any facts; left out, all that may supply it. */
  nodes: conditionsSchema.optional(),
  /** First that tells nodes apart decides; left out, by distance. */
  rank: z.array(rankSchema).min(1).max(MAX_RANKS).optional(),
  /** Shipments of the order beyond its first, at most, when the strategy is done. */
  maxSplits: z.int().min(0).max(99).optional(),
  /** Keeps what it finds and leaves the rest; without it the strategy fills all that is open or takes nothing. */
  allowPartial: z.boolean().optional(),
  /** What is done with units it leaves: ask the next strategy (default), queue them or cancel them. */
  otherwise: z
    .strictObject({
      action: z.enum(['next', 'queue', 'cancel']),
      /** For `queue`: hours after the order was placed when it is given up. */
      cancelAfterHours: z.int().min(1).max(8760).optional(),
    })
    .refine(({ action, cancelAfterHours }) => cancelAfterHours === undefined || action === 'queue', {
      message: 'cancelAfterHours goes with the action queue only.',
      path: ['cancelAfterHours'],
    })
    .optional(),
});

export const cascadeSchema = z.strictObject({
  /** Asked in this order until nothing of an order is open. */
  strategies: z.array(cascadeStrategySchema).min(1).max(MAX_CASCADE_STRATEGIES),
});

export type Rank = z.infer<typeof rankSchema>;
export type CascadeStrategy = z.infer<typeof cascadeStrategySchema>;
export type Cascade = z.infer<typeof cascadeSchema>;

/** What a policy without a cascade follows: one shipment from the nearest node that has everything, else line by line. */
export const DEFAULT_CASCADE: Cascade = {
  strategies: [
    { name: 'One shipment from the nearest node', maxSplits: 0 },
    { name: 'Each line from the nearest node', allowPartial: true },
  ],
};
