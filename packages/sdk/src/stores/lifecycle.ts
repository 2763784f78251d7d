import type { ChatClient } from '../chat-client.js';
import type { ChatStores } from './chat-stores.js';
import type { StoreParts } from './create-chat-stores.js';
import { createSessionStore } from './session-store.js';

/** What begins and ends with the page, and with each user who signs in. */
export function createLifecycle(
  client: ChatClient,
  { models, chats, conversation, connection }: StoreParts,
): Pick<ChatStores, '$session' | 'start' | 'stop'> {
  let isStarted = false;
  let loaded: Promise<unknown> = Promise.resolve();
  let removals: (() => void)[] = [];

  const session = createSessionStore(client, (user) => {
    // Nothing of the one before may stay on the screen, or arrive late.
    models.reset();
    chats.reset();
    connection.close();
    void conversation.open(null);
    if (!user || !isStarted) return;
    connection.open();
    // Failures are in the two stores, where they are shown.
    loaded = Promise.allSettled([models.load(), chats.load('')]);
  });

  return {
    $session: session.$session,
    start: async () => {
      if (isStarted) return;
      isStarted = true;
      removals = [
        session.follow(),
        client.realtime.onEvent((event) => {
          chats.applyRealtime(event);
          conversation.apply(event);
        }),
      ];
      await session.restore();
      await loaded;
    },
    stop: () => {
      isStarted = false;
      for (const remove of removals.splice(0)) remove();
      session.reset();
      connection.close();
      void conversation.open(null);
    },
  };
}
