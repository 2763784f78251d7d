import {
  createChatClient,
  createChatStores,
  type ChatClient,
  type ChatStores,
  type GetToken,
} from '@chat-playground/sdk';

export interface ConnectOptions {
  /** The server's address; empty for the page's own origin. */
  baseUrl: string;
  /** Supplies access tokens when the page holds the session. */
  getToken?: GetToken;
}

/** Stores on a server, and how to let go of them. */
export interface Connected {
  stores: ChatStores;
  /** What the stores stand on. Without it there are no presets and messages cannot be searched. */
  client?: ChatClient;
  close(): void;
}

/** How the element reaches a server. */
export type Connect = (options: ConnectOptions) => Connected;

export const connectToServer: Connect = ({ baseUrl, getToken }) => {
  const client = createChatClient({ baseUrl, ...(getToken !== undefined && { getToken }) });
  const stores = createChatStores(client);
  return {
    stores,
    client,
    close: () => {
      stores.stop();
      client.close();
    },
  };
};
