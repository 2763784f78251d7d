import { z } from 'zod';
import { MAX_MESSAGE_LENGTH, MAX_TITLE_LENGTH } from './limits.js';
import { messageSchema, voteSchema } from './message.js';
import { parametersSchema } from './parameters.js';
import { idSchema, pageQuerySchema, textSchema, timestampSchema } from './primitives.js';

/** A conversation. Its messages form a tree; the active leaf says which branch is shown. */
export const chatSchema = z.object({
  chat_id: idSchema,
  user_id: idSchema,
  /** Null until the first exchange has been given a title. */
  chat_title: z.string().nullable(),
  active_message_id: idSchema.nullable(),
  pinned: z.boolean(),
  archived: z.boolean(),
  created_at: timestampSchema,
  /** Last time a message was added; lists are newest first by this. */
  updated_at: timestampSchema,
  /** Grows with every change of this chat; the higher one is the newer truth. */
  version: z.number().int(),
});
export type Chat = z.infer<typeof chatSchema>;

/**
 * Sends a message and starts its reply.
 *
 * - without `chat_id`: a new chat
 * - with `message_id` of one's own message: new text makes an edited sibling, the same text
 *   regenerates its reply
 * - with `message_id` of a reply: regenerates that reply; `message` may then be left empty
 * - with `action: 'continue'` and `message_id` of a reply that was stopped, interrupted or cut off:
 *   another version of it that begins with its text and goes on
 * - `message_index`: the position (from 0) on the active branch, used when `message_id` is absent
 */
export const sendBodySchema = z.object({
  chat_id: idSchema.optional(),
  user_id: idSchema.optional(),
  message: textSchema.max(MAX_MESSAGE_LENGTH).default(''),
  message_id: idSchema.optional(),
  message_index: z.number().int().min(0).optional(),
  action: z.literal('continue').optional(),
  parameters: parametersSchema.default({}),
});
export type SendBody = z.input<typeof sendBodySchema>;

export const sendResponseSchema = z.object({
  chat_id: idSchema,
  /** Id of the user's message. */
  message_id: idSchema,
  /** Text of the user's message. */
  user_message: z.string(),
  chat_title: z.string().nullable(),
  chat: chatSchema,
  message: messageSchema,
  /** The reply, just begun; its events are at /chats/stream. */
  reply: messageSchema,
});
export type SendResponse = z.infer<typeof sendResponseSchema>;

/** The reply to read: the newest of the chat's active branch, or the one named. */
export const streamRequestSchema = z.object({
  chat_id: idSchema,
  user_id: idSchema.optional(),
  message_id: idSchema.optional(),
  /** For readers that cannot set the `Last-Event-ID` header. */
  last_event_id: z.coerce.number().int().min(0).optional(),
});
export type StreamRequest = z.input<typeof streamRequestSchema>;

export const listChatsQuerySchema = pageQuerySchema.extend({
  user_id: idSchema.optional(),
  /** Words, or parts of words, of a title. */
  q: textSchema.max(200).optional(),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true'),
});
export type ListChatsQuery = z.input<typeof listChatsQuerySchema>;

export const listMessagesQuerySchema = pageQuerySchema.extend({ chat_id: idSchema });

export const updateChatBodySchema = z
  .object({
    chat_title: textSchema.trim().min(1).max(MAX_TITLE_LENGTH).optional(),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    error: 'must hold at least one of chat_title, pinned, archived',
  })
  .meta({ anyOf: ['chat_title', 'pinned', 'archived'].map((name) => ({ required: [name] })) });
export type UpdateChatBody = z.input<typeof updateChatBodySchema>;

export const chatReferenceBodySchema = z.object({ chat_id: idSchema });

/** Names the message whose branch becomes the shown one; its newest descendant becomes the leaf. */
export const branchBodySchema = z.object({ message_id: idSchema });

export const voteBodySchema = z.object({
  message_id: idSchema,
  vote: voteSchema,
  chat_id: idSchema.optional(),
});
export type VoteBody = z.input<typeof voteBodySchema>;

export const voteResponseSchema = z.object({
  chat_id: idSchema,
  message_id: idSchema,
  /** The vote now; null when the same vote was cast again and so taken back. */
  vote: voteSchema.nullable(),
  /** The message's version after it. */
  version: z.number().int(),
});
export type VoteResponse = z.infer<typeof voteResponseSchema>;

export const deleteResponseSchema = z.object({
  chat_id: idSchema,
  message: z.string(),
  /** Until then POST /chats/restore brings the chat back. */
  undo_until: timestampSchema,
});
export type DeleteResponse = z.infer<typeof deleteResponseSchema>;

/** Which reply to stop: the one named, or whichever of the chat is being written. */
export const stopBodySchema = z.object({ chat_id: idSchema, message_id: idSchema.optional() });
