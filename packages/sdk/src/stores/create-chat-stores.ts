import type { ChatClient } from '../chat-client.js';
import { asChatError } from './as-chat-error.js';
import type { ChatStores } from './chat-stores.js';
import { createChatsStore } from './chats-store.js';
import { createConnectionStore } from './connection-store.js';
import { createConversationStore } from './conversation-store.js';
import { createDeletion } from './deletion.js';
import { createModelsStore } from './models-store.js';
import { createParametersStore, type KeyValueStorage } from './parameters-store.js';
import { createSessionStore } from './session-store.js';

const DEFAULT_POLL_INTERVAL_MS = 15_000;

export interface ChatStoresOptions {
  /** Where the parameters outlive the page. Default: the browser's localStorage; null: nowhere. */
  parametersStorage?: KeyValueStorage | null;
  /** Time between two looks while the live connection cannot be had, in ms. Default 15000. */
  pollIntervalMs?: number;
}

/**
 * A chat's whole state as stores. Nothing is loaded and no connection opened before `start`.
 *
 * @param client is used, not owned: closing it stays with whoever made it
 */
export function createChatStores(client: ChatClient, options: ChatStoresOptions = {}): ChatStores {
  const parameters = createParametersStore(options.parametersStorage);
  const models = createModelsStore(client, parameters.dropMissingModel);
  const chats = createChatsStore(client, (chat, isForced) =>
    conversation.apply({ event: 'chat_changed', data: { chat, isForced } }),
  );
  const conversation = createConversationStore({
    client,
    findChat: chats.find,
    onChat: chats.put,
    parameters: () => parameters.$parameters.get(),
  });
  const connection = createConnectionStore({
    realtime: client.realtime,
    catchUp: async () => {
      const isReached = chats.refresh().then(
        () => true,
        (cause: unknown) => asChatError(cause).status !== undefined,
      );
      await conversation.catchUp();
      return isReached;
    },
    pollIntervalMs: options.pollIntervalMs ?? DEFAULT_POLL_INTERVAL_MS,
  });

  let isStarted = false;
  let loaded: Promise<unknown> = Promise.resolve();
  const session = createSessionStore(client, (user) => {
    models.reset();
    chats.reset();
    connection.close();
    void conversation.open(null);
    if (!user || !isStarted) return;
    connection.open();
    // Failures are in the two stores, where they are shown.
    loaded = Promise.allSettled([models.load(), chats.load('')]);
  });
  let removals: (() => void)[] = [];

  return {
    $session: session.$session,
    $chats: chats.$chats,
    $conversation: conversation.$conversation,
    $models: models.$models,
    $parameters: parameters.$parameters,
    $connection: connection.$connection,
    start: async () => {
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
      connection.close();
      void conversation.open(null);
    },
    register: async (form) => void (await client.auth.register(form)),
    signIn: async (form) => void (await client.auth.login(form)),
    signOut: () => client.auth.logout(),
    loadModels: models.load,
    loadChats: (query = '') => chats.load(query),
    loadMoreChats: chats.loadMore,
    renameChat: async (chatId, title) => void (await chats.update(chatId, { chat_title: title })),
    pinChat: async (chatId, pinned) => void (await chats.update(chatId, { pinned })),
    archiveChat: async (chatId, archived) => void (await chats.update(chatId, { archived })),
    ...createDeletion(client, chats, conversation),
    newChat: () => void conversation.open(null),
    openChat: (chatId) => conversation.open(chatId),
    loadOlderMessages: conversation.loadOlder,
    send: conversation.send,
    editMessage: conversation.edit,
    regenerate: conversation.regenerate,
    stopReply: conversation.stopReply,
    vote: conversation.vote,
    chooseBranch: conversation.chooseBranch,
    setParameters: parameters.set,
    resetParameter: parameters.reset,
  };
}
