// Decides when a node works: weekdays, closed days, cutoff and processing time, on the node's own clock.
import { z } from 'zod';
import { clockTimeSchema, idSchema, localDateSchema, timeZoneSchema, weekdaysSchema } from './scalars.ts';

export const calendarSchema = z.strictObject({
  calendarId: idSchema,
  timeZone: timeZoneSchema,
  workingWeekdays: weekdaysSchema.min(1),
  closedOn: z.array(localDateSchema).max(1000).optional(),
  /** Orders placed at or after this local time start on the next working day. */
  cutoff: clockTimeSchema,
  /** Working days between the start of work and the hand-over to the carrier; 0 ships the same day. */
  processingDays: z.int().min(0).max(60).optional(),
});

export type Calendar = z.infer<typeof calendarSchema>;
