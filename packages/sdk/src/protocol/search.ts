import { z } from 'zod';
import { chatSchema } from './chat.js';
import { roleSchema } from './message.js';
import {
  idSchema,
  nextCursorSchema,
  pageQuerySchema,
  textSchema,
  timestampSchema,
} from './primitives.js';

const MAX_QUERY_LENGTH = 200;

/** `q`: words or parts of words, all of which must occur, in any order and case. */
export const searchQuerySchema = pageQuerySchema.extend({
  q: textSchema.trim().min(1).max(MAX_QUERY_LENGTH),
});
export type SearchQuery = z.input<typeof searchQuerySchema>;

/** Where matches are, each as `[start, end]`: UTF-16 offsets of it and of what follows it. */
const rangesSchema = z.array(z.array(z.number().int().min(0)).length(2));

export const messageHitSchema = z.object({
  message_id: idSchema,
  chat_id: idSchema,
  chat_title: z.string().nullable(),
  role: roleSchema,
  /** A part of the text around the first match, on one line. */
  snippet: z.string(),
  /** Matches within the snippet. */
  ranges: rangesSchema,
  created_at: timestampSchema,
});
export type MessageHit = z.infer<typeof messageHitSchema>;

export const searchResponseSchema = z.object({
  /** Chats whose title matches, a few of the newest; on the first page only. */
  chats: z.array(z.object({ chat: chatSchema, ranges: rangesSchema })),
  /** Fewer than asked for, or none, when it took long to look for them: `next_cursor` goes on. */
  messages: z.array(messageHitSchema),
  next_cursor: nextCursorSchema,
});
export type SearchResponse = z.infer<typeof searchResponseSchema>;
