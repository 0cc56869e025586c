// Decides what is known of a way from a node to a region beyond geometry: a stated distance or transit time.
import { z } from 'zod';
import { idSchema } from './scalars.ts';

export const laneSchema = z.strictObject({
  nodeId: idSchema,
  /** Matches the destination's `region`. */
  region: z.string().min(1).max(80),
  /** Replaces the great-circle distance. */
  distanceKm: z.number().min(0).max(40_100).optional(),
  /** Added to the rate card's transit days (an island, a border). */
  extraTransitDays: z.int().min(0).max(60).optional(),
  /** Added to its days for nine tenths of parcels; as many as `extraTransitDays` where left out. */
  extraTransitDaysP90: z.int().min(0).max(60).optional(),
});

export type Lane = z.infer<typeof laneSchema>;
