import { z } from 'zod';
import { replyErrorSchema, replyMetricsSchema } from './message.js';
import { appliedParametersSchema } from './parameters.js';
import { idSchema } from './primitives.js';

/** First event of every reply. */
export const messageStartSchema = z.object({
  chat_id: idSchema,
  message_id: idSchema,
  parent_id: idSchema.nullable(),
  model: z.string(),
});

/** The next piece of text, to be appended. */
export const deltaSchema = z.object({ message_id: idSchema, delta: z.string() });

/**
 * The last `length` UTF-16 code units of the text were thought, not said: they move to the end of
 * the reasoning. Some models tell only at the end of their thoughts that they were some.
 */
export const textIsReasoningSchema = z.object({
  message_id: idSchema,
  length: z.number().int().min(1),
});

/** The reply ended well: whole, or stopped by its owner. */
export const messageEndSchema = replyMetricsSchema.extend({
  message_id: idSchema,
  status: z.enum(['complete', 'stopped']),
  parameters: appliedParametersSchema,
});

/** The reply ended badly; the text so far is kept. */
export const messageErrorSchema = replyErrorSchema.extend({
  message_id: idSchema,
  status: z.enum(['error', 'interrupted']),
});

/** Data of each stream event, by the event's name on the wire. */
export const streamEventSchemas = {
  'message-start': messageStartSchema,
  'text-delta': deltaSchema,
  'reasoning-delta': deltaSchema,
  'text-is-reasoning': textIsReasoningSchema,
  'message-end': messageEndSchema,
  'message-error': messageErrorSchema,
} as const;

export type StreamEventName = keyof typeof streamEventSchemas;
export type StreamEventData = {
  [Name in StreamEventName]: z.infer<(typeof streamEventSchemas)[Name]>;
};

/** One event of a reply's stream: its place in the sequence (from 1), its name, its data. */
export type StreamEvent = {
  [Name in StreamEventName]: { seq: number; event: Name; data: StreamEventData[Name] };
}[StreamEventName];
