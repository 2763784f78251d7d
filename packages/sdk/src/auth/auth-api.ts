import type { CallOptions, ChatClient } from '../chat-client.js';
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
    (path: '/register' | '/login') =>
    async (body: unknown, options?: CallOptions): Promise<Auth> => {
      const auth = await open.json<Auth>(`POST ${path}`, AUTH_FIELDS, options, { body });
      keeper?.accept(auth);
      return auth;
    };
  return {
    source: keeper ? 'storage' : 'page',
    register: signIn('/register'),
    login: signIn('/login'),
    logout: async (options) => {
      if (keeper && !keeper.session()) return;
      try {
        await authorized.json('POST /logout', [], options);
      } finally {
        keeper?.forget();
      }
    },
    session: () => keeper?.session() ?? null,
    onSessionChange: (listener) => keeper?.onChange(listener) ?? (() => undefined),
  };
}
