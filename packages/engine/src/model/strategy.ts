// Decides the names of the ways in which orders are decided. Leaves what stands behind a name to solve/.
import { z } from 'zod';

export const STRATEGIES = ['optimal', 'fcfs-exact', 'priority', 'nearest', 'fewest-shipments', 'cascade'] as const;
export type Strategy = (typeof STRATEGIES)[number];
export const strategySchema = z.enum(STRATEGIES);
