// Decides what the server says about itself.
import { z } from 'zod';

export const healthSchema = z
  .strictObject({ status: z.literal('ok'), version: z.string(), uptimeSeconds: z.number().min(0) })
  .meta({ id: 'Health' });

export type Health = z.infer<typeof healthSchema>;
