import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { Clock } from '../ports/clock.js';

/** How long a deletion can be taken back. */
export const UNDO_WINDOW_MS = 30_000;

interface DeleteChatDeps {
  storage: ChatStorage;
  clock: Clock;
  broadcaster: Broadcaster;
  /** Stops whatever is being written in a chat. */
  stopReplies: (chatId: string) => Promise<unknown>;
}

/** @returns until when the deletion can be undone, in milliseconds since the epoch */
export type DeleteChat = (caller: Caller, chatId: string) => Promise<number>;

/** Hides a chat at once; a job removes it after the undo window. @throws DomainError `not_found` */
export function createDeleteChat(deps: DeleteChatDeps): DeleteChat {
  const { storage, clock, broadcaster, stopReplies } = deps;
  return async (caller, chatId) => {
    const at = clock.now();
    // Hidden first: from here on no send can start another reply in it.
    const existed = await storage.deleteChat(caller.userId, chatId, at);
    if (!existed) throw notFound('chat');
    await stopReplies(chatId);
    broadcaster.publish(caller.userId, { event: 'chat_deleted', data: { chat_id: chatId } });
    return at + UNDO_WINDOW_MS;
  };
}
