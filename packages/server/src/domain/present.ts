import type * as wire from '@chat-playground/sdk/protocol';
import type { Chat } from './chat.js';
import type { PlacedMessage } from './message.js';
import type { User } from './user.js';

/** A moment as the wire writes it: RFC 3339, UTC, milliseconds. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}

/** Without the password hash, which never leaves the server. */
export function presentUser(user: User): wire.User {
  return {
    user_id: user.id,
    username: user.username,
    email: user.email,
    created_at: presentTime(user.createdAt),
  };
}

export function presentChat(chat: Chat): wire.Chat {
  return {
    chat_id: chat.id,
    user_id: chat.ownerId,
    chat_title: chat.title,
    active_message_id: chat.activeLeafId,
    pinned: chat.pinned,
    archived: chat.archived,
    created_at: presentTime(chat.createdAt),
    updated_at: presentTime(chat.updatedAt),
    version: chat.version,
  };
}

export function presentMessage(message: PlacedMessage): wire.Message {
  return {
    message_id: message.id,
    chat_id: message.chatId,
    parent_id: message.parentId,
    role: message.role,
    content: message.content,
    reasoning: message.reasoning,
    status: message.status,
    error: message.error,
    vote: message.vote,
    model: message.model,
    parameters: message.parameters,
    metrics: message.metrics,
    sibling_index: message.siblings.index,
    sibling_count: message.siblings.count,
    previous_sibling_id: message.siblings.previousId,
    next_sibling_id: message.siblings.nextId,
    created_at: presentTime(message.createdAt),
    version: message.version,
  };
}
