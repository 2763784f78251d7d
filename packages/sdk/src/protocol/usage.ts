import { z } from 'zod';
import { idSchema, timestampSchema } from './primitives.js';

/** A day in UTC: `2026-01-31`. */
const daySchema = z.iso.date();
/** Nothing was counted before; and whatever is named from here on has four digits. */
const FIRST_DAY = '2000-01-01';
const askedDaySchema = daySchema.refine((day) => day >= FIRST_DAY, `must be ${FIRST_DAY} or later`);

/** Most days of one answer: a year, whichever. */
export const MAX_USAGE_DAYS = 366;

/**
 * Which days, in UTC and both ends included: `days` of them up to `to`, or those since `from`.
 *
 * - `days`: 30 when neither it nor `from` is named; at most 366
 * - `to`: today when absent
 */
export const usageQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(MAX_USAGE_DAYS).optional(),
  from: askedDaySchema.optional(),
  to: askedDaySchema.optional(),
});
export type UsageQuery = z.input<typeof usageQuerySchema>;

const usageCountsSchema = z.object({
  /** Replies that cost something, however they ended; one that is deleted stays counted. */
  replies: z.number().int(),
  /** Tokens sent to models, and tokens they made; those of titles are among them. */
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  /** Of both kinds of tokens, those that were spent on making titles. */
  title_tokens: z.number().int(),
});
export type UsageCounts = z.infer<typeof usageCountsSchema>;

/** What was spent on a day with a model. */
export const usageRowSchema = usageCountsSchema.extend({ day: daySchema, model: z.string() });
export type UsageRow = z.infer<typeof usageRowSchema>;

export const usageSchema = z.object({
  /** The first and the last day that are told of. */
  from: daySchema,
  to: daySchema,
  /** The newest day first; days and models without use are left out. */
  usage: z.array(usageRowSchema),
  totals: usageCountsSchema,
});
export type Usage = z.infer<typeof usageSchema>;

/** What one reply, or its chat's title, has cost. */
export const usageEntrySchema = z.object({
  /** The reply; the one that was followed by a title. It may be deleted by now. */
  message_id: idSchema,
  kind: z.enum(['reply', 'title']),
  model: z.string(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  created_at: timestampSchema,
});
export type UsageEntry = z.infer<typeof usageEntrySchema>;
