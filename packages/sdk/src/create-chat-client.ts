import { createAuthApi } from './auth/auth-api.js';
import { createPageAuthorizer, type GetToken } from './auth/page-token.js';
import { createSessionKeeper } from './auth/session-keeper.js';
import { createBrowserStorage, type SessionStorage } from './auth/session-storage.js';
import type { ChatClient } from './chat-client.js';
import { createChatsApi } from './chats/chats-api.js';
import { createReplyApi } from './chats/reply-api.js';
import { apiRoot, createHttpClient, type FetchInit } from './http/http-client.js';
import { DEFAULT_RETRY, type RetryOptions } from './http/retry.js';
import { createMessagesApi } from './messages/messages-api.js';
import { createModelsApi } from './models/models-api.js';
import { createPresetsApi } from './presets/presets-api.js';
import { createRealtime } from './realtime/create-realtime.js';
import { createSearchApi } from './search/search-api.js';
import { createSessionsApi } from './sessions/sessions-api.js';
import { createUsageApi } from './usage/usage-api.js';
import { createUsersApi } from './users/users-api.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const STREAM_RETRY_LIMIT = 5;

export interface ChatClientOptions {
  /**
   * The server's address, such as `https://chat.example.com`; `''` for the page's own origin.
   * `/api` is appended unless it ends in it.
   */
  baseUrl: string;
  /** Supplies access tokens when the page holds the session. Absent: the client signs in itself. */
  getToken?: GetToken;
  /** Where the session is kept. Default: the browser's localStorage, or memory elsewhere. */
  storage?: SessionStorage;
  /** Default: the platform's. */
  fetch?: typeof fetch;
  /** Makes the idempotency key of a send that brings none. Default: a random UUID. */
  idempotency?: () => string;
  /** Longest wait for an answer, in milliseconds. Default 30000. */
  timeoutMs?: number;
  /** Longest silence of a reply's stream before it is opened anew, in ms. Default 45000. */
  idleTimeoutMs?: number;
  /** How failed calls are repeated; the defaults are with {@link RetryOptions}. */
  retry?: Partial<RetryOptions>;
  /** Where the websocket is, when not at the server's address. */
  realtimeUrl?: string;
}

/**
 * A client of one server, for one signed-in user at a time. Clients share nothing, so a process may
 * hold many. It opens no connection until it is used; `close()` ends those it has opened.
 *
 * @throws TypeError when `baseUrl` is relative where there is no page to be relative to
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const root = resolveRoot(options.baseUrl);
  const closing = new AbortController();
  const open = createHttpClient({
    baseUrl: root,
    fetch: options.fetch ?? ((url, init) => fetchInPage(url, init, options.realtimeUrl)),
    timeoutMs,
    retry,
    closed: closing.signal,
  });
  const storage = options.getToken
    ? null
    : (options.storage ?? createBrowserStorage(`cp:session:${root}`));
  const keeper = storage && createSessionKeeper(storage, open);
  const authorizer = keeper ?? createPageAuthorizer(options.getToken ?? (() => null));
  const http = open.withAuth(authorizer);
  const replies = createReplyApi({
    http,
    createKey: options.idempotency ?? randomKey,
    retry: { ...retry, limit: options.retry?.limit ?? STREAM_RETRY_LIMIT },
    timeoutMs,
    idleTimeoutMs: options.idleTimeoutMs,
    closed: closing.signal,
  });
  const auth = createAuthApi(open, http, keeper);
  const realtime = createRealtime({
    url: options.realtimeUrl ?? root,
    authorizer,
    auth,
    lockName: storage?.lockName,
  });
  return {
    auth,
    users: createUsersApi({ http, timeoutMs, closed: closing.signal }, () => keeper?.forget()),
    sessions: createSessionsApi(http),
    models: createModelsApi(http),
    chats: createChatsApi(http, replies),
    messages: createMessagesApi(http),
    presets: createPresetsApi(http),
    search: createSearchApi(http),
    usage: createUsageApi(http),
    realtime,
    close: () => {
      closing.abort();
      realtime.disconnect();
      keeper?.close();
    },
  };
}

/** Streams of a page take other ways when its browser has no connection left for them. */
async function fetchInPage(url: string, init: FetchInit, realtimeUrl?: string): Promise<Response> {
  if (!url.includes('/chats/stream') || !('document' in globalThis)) return fetch(url, init);
  const { carry } = await import('./realtime/reply-carrier.js').catch(() => ({ carry: fetch }));
  return carry(url, init, realtimeUrl);
}

function resolveRoot(baseUrl: string): string {
  const root = apiRoot(baseUrl);
  const { document, location } = globalThis as { document?: Document; location?: Location };
  const page = document?.baseURI ?? location?.href;
  if (!URL.canParse(root, page)) {
    throw new TypeError(`baseUrl is "${baseUrl}"; outside a page it must be a whole address.`);
  }
  return new URL(root, page).href;
}

/** A UUID; `crypto.randomUUID` itself is missing on pages without TLS, where a chat must work too. */
function randomKey(): string {
  return 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replaceAll('x', () =>
    (Number(crypto.getRandomValues(new Uint8Array(1))) & 15).toString(16),
  );
}
