import { createMemoryStorage } from '../auth/session-storage.js';
import { createChatClient } from '../create-chat-client.js';
import { createChatStores } from '../stores/create-chat-stores.js';
import type { KeyValueStorage } from '../stores/parameters-store.js';
import { createReplayServer, type ReplayOptions } from '../testing/index.js';

const endings: (() => void)[] = [];

/** Ends what `startStores` began; for `afterEach`. */
export function endStores(): void {
  for (const end of endings.splice(0).reverse()) end();
}

/** What the server answers to some calls instead, switched on and off by a test. */
type Faults = Map<
  string,
  (request: Request) => ReturnType<NonNullable<ReplayOptions['intercept']>>
>;

/**
 * A signed-in client of a replay server and its stores, started. `endStores` ends them all.
 *
 * @param options `signIn`: default true
 */
export async function startStores(
  replay: ReplayOptions = {},
  {
    signIn = true,
    parametersStorage = null as KeyValueStorage | null,
    pollIntervalMs = 60_000,
  } = {},
) {
  const faults: Faults = new Map();
  const server = createReplayServer({
    ...replay,
    intercept: (request) => {
      const { pathname, search } = new URL(request.url);
      const call = `${request.method} ${pathname.replace('/api', '')}`;
      return (faults.get(call + search) ?? faults.get(call))?.(request);
    },
  });
  const storage = createMemoryStorage();
  const client = createChatClient({
    baseUrl: 'http://replay.invalid',
    fetch: server.fetch,
    storage,
    retry: { limit: 0 },
  });
  if (signIn) await client.auth.login({ email: 'replay@example.com', password: 'x' });
  const stores = createChatStores(client, { parametersStorage, pollIntervalMs });
  endings.push(() => {
    stores.stop();
    client.close();
  });
  await stores.start();
  return { stores, client, server, storage, faults };
}
