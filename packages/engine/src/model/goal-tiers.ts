// Decides how goals are ranked: tiers of cost terms with weights, and how much of a tier the next ones may give up.
// Leaves optimising one tier inside the others to solve/tiers.
import { z } from 'zod';
import { COST_TERMS } from './cost-terms.ts';
import { amountSchema } from './scalars.ts';

export const MAX_TIERS = 5;
export const MAX_WEIGHT = 1000;
/** Weights are whole multiples of 1 ÷ this. */
export const WEIGHT_STEPS = 1000;

const weightSchema = z
  .number()
  .min(0)
  .max(MAX_WEIGHT)
  .refine((weight) => Math.abs(weight * WEIGHT_STEPS - Math.round(weight * WEIGHT_STEPS)) < 1e-6, {
    message: 'Give at most three decimals.',
  });

export const goalTierSchema = z.strictObject({
  name: z.string().min(1).max(60),
  terms: z.partialRecord(z.enum(COST_TERMS), weightSchema),
  tolerancePercent: z.number().min(0).max(1000).optional(),
  toleranceMicros: amountSchema.optional(),
});

/** First wanted first. A term in no tier counts in the last one, at weight 1. */
export const goalTiersSchema = z
  .array(goalTierSchema)
  .min(1)
  .max(MAX_TIERS)
  .superRefine((tiers, context) => {
    const seen = new Set<string>();
    for (const [at, { name, terms }] of tiers.entries()) {
      if (tiers.findIndex((other) => other.name === name) < at) {
        context.addIssue({ code: 'custom', path: [at, 'name'], input: name, message: 'Give every tier its own name.' });
      }
      for (const term of Object.keys(terms)) {
        if (seen.has(term)) {
          const message = 'The term is in a tier above already. Keep it in one tier.';
          context.addIssue({ code: 'custom', path: [at, 'terms', term], input: term, message });
        }
        seen.add(term);
      }
    }
    const [first, ...rest] = tiers;
    const weighsOpen = rest.length === 0 ? first?.terms.unsourced !== 0 : (first?.terms.unsourced ?? 0) > 0;
    if (!first || weighsOpen) return;
    const message = 'Give unsourced a weight above 0 in the first tier, or the best plan would send nothing.';
    context.addIssue({ code: 'custom', path: [0, 'terms', 'unsourced'], input: first.terms.unsourced ?? 0, message });
  });

export type GoalTier = z.infer<typeof goalTierSchema>;
