import type { ChatClientOptions } from '../create-chat-client.js';
import { listenReplay, type ReplayServer } from '../testing/index.js';

export interface ServedReplay {
  /** What a client must be told to reach it. */
  reach: Pick<ChatClientOptions, 'baseUrl' | 'fetch'>;
  close(): Promise<void>;
}

/**
 * Lets clients reach a replay server: in Node over real HTTP; in a browser, where no test can open
 * a port, through the browser's own requests, answers and streams.
 */
export async function serveReplay(server: ReplayServer): Promise<ServedReplay> {
  if (typeof document === 'object') {
    const reach = { baseUrl: 'http://replay.invalid', fetch: server.fetch };
    return { reach, close: async () => undefined };
  }
  const { url, close } = await listenReplay(server);
  return { reach: { baseUrl: url }, close };
}
