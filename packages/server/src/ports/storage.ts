import type { ChatStorage } from './chat-storage.js';
import type { ExportStorage } from './export-storage.js';
import type { MessageStorage, ReplyStorage } from './message-storage.js';
import type { PresetStorage } from './preset-storage.js';
import type { UsageStorage } from './usage-storage.js';
import type { SessionStorage, UserStorage } from './user-storage.js';

/**
 * Everything that is remembered. Verbs of the domain, never generic queries; what one adapter does
 * in a transaction another may do as an idempotent sequence, but each verb is all or nothing.
 *
 * @throws DomainError `storage_unavailable` from any verb while the database cannot be reached
 */
export interface Storage
  extends
    UserStorage,
    SessionStorage,
    ChatStorage,
    MessageStorage,
    ReplyStorage,
    PresetStorage,
    UsageStorage,
    ExportStorage {
  /** Resolves when the database takes writes, which it tries. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
