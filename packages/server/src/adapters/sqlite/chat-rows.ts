import type { Chat } from '../../domain/chat.js';
import { foldText } from '../../domain/fold-text.js';
import type { ChatRow } from './schema.js';

export type StoredChat = Omit<ChatRow, 'row_id'>;

export function toChatRow(chat: Chat): StoredChat {
  return {
    id: chat.id,
    owner_id: chat.ownerId,
    ...toTitleColumns(chat.title),
    active_leaf_id: chat.activeLeafId,
    pinned: Number(chat.pinned),
    archived: Number(chat.archived),
    created_at: chat.createdAt,
    updated_at: chat.updatedAt,
    deleted_at: chat.deletedAt,
    version: chat.version,
  };
}

/** A title and what it is found by: the two are only ever written together. */
export function toTitleColumns(title: string | null): Pick<StoredChat, 'title' | 'title_key'> {
  return { title, title_key: title === null ? null : foldText(title) };
}

export function fromChatRow(row: StoredChat): Chat {
  return {
    id: row.id,
    ownerId: row.owner_id,
    title: row.title,
    activeLeafId: row.active_leaf_id,
    pinned: row.pinned === 1,
    archived: row.archived === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    version: row.version,
  };
}
