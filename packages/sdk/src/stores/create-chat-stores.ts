import type { ChatClient } from '../chat-client.js';
import { asChatError } from './as-chat-error.js';
import type { ChatStores } from './chat-stores.js';
import { createChatsStore, type ChatsStore } from './chats-store.js';
import { createConnectionStore, type ConnectionStore } from './connection-store.js';
import { createConversationStore, type ConversationStore } from './conversation-store.js';
import { createDeletion } from './deletion.js';
import { createLifecycle } from './lifecycle.js';
import { createModelsStore, type ModelsStore } from './models-store.js';
import {
  createParametersStore,
  type KeyValueStorage,
  type ParametersStore,
} from './parameters-store.js';
import { createUsageStore } from './usage-store.js';

const DEFAULT_POLL_INTERVAL_MS = 15_000;

export interface ChatStoresOptions {
  /** Where the parameters outlive the page. Default: the browser's localStorage; null: nowhere. */
  parametersStorage?: KeyValueStorage | null;
  /** Time between two looks while the live connection cannot be had, in ms. Default 15000. */
  pollIntervalMs?: number;
}

/** The stores by themselves, before they are joined to one surface. */
export interface StoreParts {
  parameters: ParametersStore;
  models: ModelsStore;
  chats: ChatsStore;
  conversation: ConversationStore;
  connection: ConnectionStore;
}

/**
 * A chat's whole state as stores. Nothing is loaded and no connection opened before `start`.
 *
 * @param client is used, not owned: closing it stays with whoever made it
 */
export function createChatStores(client: ChatClient, options: ChatStoresOptions = {}): ChatStores {
  const parts = createParts(client, options);
  const { parameters, models, chats, conversation, connection } = parts;
  return {
    ...createLifecycle(client, parts),
    $chats: chats.$chats,
    $conversation: conversation.$conversation,
    $models: models.$models,
    $parameters: parameters.$parameters,
    $connection: connection.$connection,
    $usage: createUsageStore(conversation.$conversation),
    register: async (form) => void (await client.auth.register(form)),
    signIn: async (form) => void (await client.auth.login(form)),
    signOut: () => client.auth.logout(),
    loadModels: models.load,
    loadChats: (query = '', options) => chats.load(query, options),
    loadMoreChats: chats.loadMore,
    renameChat: (chatId, title) => chats.update(chatId, { chat_title: title }),
    pinChat: (chatId, pinned) => chats.update(chatId, { pinned }),
    archiveChat: (chatId, archived) => chats.update(chatId, { archived }),
    ...createDeletion(client, chats, conversation),
    newChat: () => void conversation.open(null),
    openChat: conversation.open,
    ...conversation.verbs,
    setParameters: parameters.set,
    resetParameter: parameters.reset,
  };
}

function createParts(client: ChatClient, options: ChatStoresOptions): StoreParts {
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
        // Any answer will do, even one that refuses.
        (cause: unknown) => asChatError(cause).status !== undefined,
      );
      await conversation.catchUp();
      return isReached;
    },
    pollIntervalMs: options.pollIntervalMs ?? DEFAULT_POLL_INTERVAL_MS,
  });
  return { parameters, models, chats, conversation, connection };
}
