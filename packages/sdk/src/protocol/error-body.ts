import { z } from 'zod';

/** One thing wrong with a request. */
export const fieldIssueSchema = z.object({
  /** Where: `body.email`, `query.limit`, `params.chat_id`, `headers.idempotency-key`. */
  field: z.string(),
  /** What was expected. */
  message: z.string(),
});
export type FieldIssue = z.infer<typeof fieldIssueSchema>;

/** The body of every error answer. */
export const errorBodySchema = z.object({
  message: z.string(),
  /** One of `ERROR_STATUS`'s keys; readers treat an unknown code by its HTTP status. */
  code: z.string(),
  request_id: z.string(),
  details: z.array(fieldIssueSchema).optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
