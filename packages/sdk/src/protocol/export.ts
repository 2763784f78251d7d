import { z } from 'zod';
import { chatSchema } from './chat.js';
import { messageSchema } from './message.js';
import { presetSchema } from './preset.js';
import { usageEntrySchema } from './usage.js';
import { userSchema } from './user.js';

/** A message by itself, wherever it stands among the versions of it. */
export const exportedMessageSchema = messageSchema.omit({
  sibling_index: true,
  sibling_count: true,
  previous_sibling_id: true,
  next_sibling_id: true,
});

/**
 * One line of an export. The user comes first, then presets, chats, messages and what was spent, each
 * as they were made.
 */
export const exportLineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), user: userSchema }),
  z.object({ kind: z.literal('preset'), preset: presetSchema }),
  z.object({ kind: z.literal('chat'), chat: chatSchema }),
  z.object({ kind: z.literal('message'), message: exportedMessageSchema }),
  z.object({ kind: z.literal('usage'), usage: usageEntrySchema }),
]);
export type ExportLine = z.infer<typeof exportLineSchema>;
