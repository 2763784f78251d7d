import type * as wire from '@chat-playground/sdk/protocol';
import type { Chat } from './chat.js';
import type { Message, PlacedMessage } from './message.js';
import type { Preset } from './preset.js';
import type { Session } from './session.js';
import type { UsageEntry } from './usage.js';
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

/** A message by itself, without its place among the versions of it. */
export function presentMessageAlone(
  message: Message,
): Extract<wire.ExportLine, { kind: 'message' }>['message'] {
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
    ...(message.voteDetails && { vote_details: message.voteDetails }),
    model: message.model,
    parameters: message.parameters,
    metrics: message.metrics,
    created_at: presentTime(message.createdAt),
    ...(message.deletedAt !== undefined && { deleted_at: presentTime(message.deletedAt) }),
    version: message.version,
  };
}

export function presentMessage(message: PlacedMessage): wire.Message {
  return {
    ...presentMessageAlone(message),
    sibling_index: message.siblings.index,
    sibling_count: message.siblings.count,
    previous_sibling_id: message.siblings.previousId,
    next_sibling_id: message.siblings.nextId,
  };
}

export function presentPreset(preset: Preset): wire.Preset {
  return {
    preset_id: preset.id,
    name: preset.name,
    parameters: preset.parameters,
    created_at: presentTime(preset.createdAt),
    updated_at: presentTime(preset.updatedAt),
    version: preset.version,
  };
}

/** Without the token's hash. */
export function presentSession(session: Session, currentId: string): wire.Session {
  return {
    session_id: session.id,
    user_agent: session.userAgent,
    current: session.id === currentId,
    created_at: presentTime(session.createdAt),
    last_used_at: presentTime(session.lastUsedAt),
    expires_at: presentTime(session.expiresAt),
  };
}

export function presentUsageEntry(entry: UsageEntry): wire.UsageEntry {
  return {
    message_id: entry.messageId,
    kind: entry.kind,
    model: entry.model,
    prompt_tokens: entry.promptTokens,
    completion_tokens: entry.completionTokens,
    created_at: presentTime(entry.createdAt),
  };
}
