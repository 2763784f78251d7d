import { z } from 'zod';
import { chatSchema } from './chat.js';
import { voteDetailsSchema, voteSchema } from './message.js';
import { idSchema } from './primitives.js';

/** Why one voted; replaces what was said before. There must be a vote to explain. */
export const explainVoteBodySchema = voteDetailsSchema.extend({
  message_id: idSchema,
  chat_id: idSchema.optional(),
});
export type ExplainVoteBody = z.input<typeof explainVoteBodySchema>;

export const explainVoteResponseSchema = z.object({
  chat_id: idSchema,
  message_id: idSchema,
  vote: voteSchema.nullable(),
  vote_details: voteDetailsSchema,
  version: z.number().int(),
});
export type ExplainVoteResponse = z.infer<typeof explainVoteResponseSchema>;

export const deleteMessageResponseSchema = z.object({
  chat_id: idSchema,
  message_id: idSchema,
  /**
   * - `removed`: nothing followed it, and it is gone
   * - `emptied`: it lost its text and keeps its place, as others follow it
   */
  outcome: z.enum(['removed', 'emptied']),
  /** The chat after it; its active message may be another one now. */
  chat: chatSchema,
});
export type DeleteMessageResponse = z.infer<typeof deleteMessageResponseSchema>;
