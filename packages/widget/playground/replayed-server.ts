import {
  createChatClient,
  createChatStores,
  createMemoryStorage,
  type ConnectionStatus,
  type Realtime,
} from '@chat-playground/sdk';
import { createReplayServer, type ReplayOptions } from '@chat-playground/sdk/testing';
import type { Connect } from '../src/index.js';

export interface ReplayedServer {
  connect: Connect;
  /** Adds a chat, as if its first message had been sent before. */
  addChat: (message: string) => Promise<void>;
}

/** As the replay server names its first session. */
const TOKEN = 'access-1';
const BASE_URL = 'http://replay';
const A_DAY_MS = 86_400_000;

/** A server inside the page, which answers with golden transcripts. */
export function createReplayedServer(
  options: ReplayOptions & { isSignedIn: boolean; connection: ConnectionStatus },
): ReplayedServer {
  const server = createReplayServer(options);
  return {
    connect: ({ getToken }) => {
      const storage = createMemoryStorage();
      if (options.isSignedIn) {
        storage.set({
          token: TOKEN,
          refresh_token: 'refresh-1',
          expires_at: Date.now() + A_DAY_MS,
          user: { user_id: '', username: 'replay', email: '', created_at: '' },
        });
      }
      const real = createChatClient({
        baseUrl: BASE_URL,
        fetch: server.fetch,
        retry: { limit: 0 },
        ...(getToken === undefined ? { storage } : { getToken }),
      });
      const client = { ...real, realtime: stillConnection(options.connection) };
      const stores = createChatStores(client, { parametersStorage: null });
      return {
        stores,
        client,
        close: () => {
          stores.stop();
          client.close();
        },
      };
    },
    addChat: async (message) => {
      await server.fetch(`${BASE_URL}/api/chats`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ message }),
      });
    },
  };
}

/** A live connection that stays as it is. */
function stillConnection(status: ConnectionStatus): Realtime {
  const listeners = new Set<(status: ConnectionStatus) => void>();
  return {
    connect: () => {
      for (const listener of listeners) listener(status);
      return Promise.resolve();
    },
    disconnect: () => undefined,
    status: () => status,
    onEvent: () => () => undefined,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
