import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { Auth } from '../protocol/index.js';
import { AUTH_FIELDS, type SessionKeeper } from './session-keeper.js';

/**
 * @param open calls without a token
 * @param keeper null when the page supplies the tokens and so holds the session itself
 */
export function createAuthApi(
  open: HttpClient,
  authorized: HttpClient,
  keeper: SessionKeeper | null,
): ChatClient['auth'] {
  const signIn =
    (path: string) =>
    async (body: unknown, options?: { signal?: AbortSignal }): Promise<Auth> => {
      const request = { method: 'POST', path, body, signal: options?.signal } as const;
      const auth = await open.json<Auth>(request, AUTH_FIELDS);
      keeper?.accept(auth);
      return auth;
    };
  return {
    source: keeper ? 'storage' : 'page',
    register: signIn('/register'),
    login: signIn('/login'),
    logout: async ({ signal } = {}) => {
      if (keeper && !keeper.session()) return;
      try {
        await authorized.json({ method: 'POST', path: '/logout', signal }, []);
      } finally {
        keeper?.forget();
      }
    },
    session: () => keeper?.session() ?? null,
    onSessionChange: (listener) => keeper?.onChange(listener) ?? (() => undefined),
  };
}
