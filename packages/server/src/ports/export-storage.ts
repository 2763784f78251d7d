import type { Chat } from '../domain/chat.js';
import type { Message } from '../domain/message.js';
import type { Preset } from '../domain/preset.js';
import type { UsageEntry } from '../domain/usage.js';

/** Presets in a page at most: each may hold a system prompt of 50,000 characters. */
export const PRESETS_PER_PAGE = 10;

/** A part of a user's data, of one kind. */
export type ExportPage =
  | { kind: 'presets'; items: Preset[] }
  | { kind: 'chats'; items: Chat[] }
  | { kind: 'messages'; items: Message[] }
  | { kind: 'usage'; items: UsageEntry[] };

export interface ExportStorage {
  /**
   * All that is a user's (the account and its sessions apart), page after page, oldest first.
   * Read on demand: leaving the loop ends it. Deleted chats and their messages are left out. A page
   * holds `pageSize` rows at most, and fewer where they are long.
   */
  exportUserData(ownerId: string, pageSize: number): AsyncIterable<ExportPage>;
}
