import type { Chat } from '../domain/chat.js';
import { DomainError, notFound } from '../domain/domain-error.js';
import { presentChat } from '../domain/present.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { Clock } from '../ports/clock.js';
import { UNDO_WINDOW_MS } from './delete-chat.js';

interface RestoreChatDeps {
  storage: ChatStorage;
  clock: Clock;
  broadcaster: Broadcaster;
}

export type RestoreChat = (caller: Caller, chatId: string) => Promise<Chat>;

/** Takes a deletion back in time. @throws DomainError `not_found` or `undo_expired` */
export function createRestoreChat({ storage, clock, broadcaster }: RestoreChatDeps): RestoreChat {
  return async (caller, chatId) => {
    const deletedSince = clock.now() - UNDO_WINDOW_MS;
    const restored = await storage.restoreChat(caller.userId, chatId, deletedSince);
    if (restored === 'not_found') throw notFound('chat');
    if (restored === 'expired') {
      throw new DomainError('undo_expired', 'It is too late to bring this chat back.');
    }
    broadcaster.publish(caller.userId, {
      event: 'chat_created',
      data: { chat: presentChat(restored) },
    });
    return restored;
  };
}
