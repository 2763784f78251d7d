import { z } from 'zod';
import { appliedParametersSchema } from './parameters.js';
import { idSchema, textSchema, timestampSchema } from './primitives.js';

const MAX_TAGS = 10;
const MAX_TAG_LENGTH = 50;
const MAX_COMMENT_LENGTH = 2_000;

export const roleSchema = z.enum(['user', 'assistant']);
export type Role = z.infer<typeof roleSchema>;

/**
 * Where a message stands. A user's message is always `complete`. A reply is `pending` until its
 * first token, `streaming` until it ends, and then one of the four endings.
 */
export const messageStatusSchema = z.enum([
  'pending',
  'streaming',
  'complete',
  'stopped',
  'interrupted',
  'error',
]);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const voteSchema = z.enum(['upvote', 'downvote']);
export type Vote = z.infer<typeof voteSchema>;

/** Why one voted: labels to choose from or to make up, and words of one's own. */
export const voteDetailsSchema = z.object({
  tags: z.array(textSchema.trim().min(1).max(MAX_TAG_LENGTH)).max(MAX_TAGS).default([]),
  comment: textSchema.trim().max(MAX_COMMENT_LENGTH).default(''),
});
export type VoteDetails = z.infer<typeof voteDetailsSchema>;

/** Why a reply ended early, in words for people and a code for programs. */
export const replyErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  /** Seconds after which a retry makes sense, when the provider said so. */
  retry_after: z.number().optional(),
});
export type ReplyError = z.infer<typeof replyErrorSchema>;

/** What a finished reply cost and how fast it came. Times are in seconds. */
export const replyMetricsSchema = z.object({
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  /** Who counted: the provider's usage report, or the server's own tokenizer. */
  token_count_source: z.enum(['provider', 'tokenizer']),
  /** From the request to the provider until the last token. */
  response_time: z.number(),
  /** From the request to the provider until the first token; null when none came. */
  first_token_time: z.number().nullable(),
  tokens_per_second: z.number().nullable(),
  /** The provider's word: `stop`, `length`, `content_filter`, ...; null when it gave none. */
  finish_reason: z.string().nullable(),
});
export type ReplyMetrics = z.infer<typeof replyMetricsSchema>;

/** One message of a chat's tree. */
export const messageSchema = z.object({
  message_id: idSchema,
  chat_id: idSchema,
  /** The message this one answers or follows; null for a chat's first. */
  parent_id: idSchema.nullable(),
  role: roleSchema,
  /** Markdown. */
  content: z.string(),
  /** What a reasoning model thought before it answered; empty for others. */
  reasoning: z.string(),
  status: messageStatusSchema,
  error: replyErrorSchema.nullable(),
  vote: voteSchema.nullable(),
  /** Absent when the vote was not explained. */
  vote_details: voteDetailsSchema.optional(),
  /** Model id of a reply; null on a user's message. */
  model: z.string().nullable(),
  parameters: appliedParametersSchema.nullable(),
  metrics: replyMetricsSchema.nullable(),
  /** Versions of this message: position from 0, how many, and the neighbours to switch to. */
  sibling_index: z.number().int(),
  sibling_count: z.number().int(),
  previous_sibling_id: idSchema.nullable(),
  next_sibling_id: idSchema.nullable(),
  created_at: timestampSchema,
  /** When its text was deleted; absent on all others. It then only holds its place. */
  deleted_at: timestampSchema.optional(),
  /** Grows with every change of this message; the higher one is the newer truth. */
  version: z.number().int(),
});
export type Message = z.infer<typeof messageSchema>;
