import type { CallOptions, ChatClient } from '../chat-client.js';
import type { User } from '../protocol/index.js';
import type { ExportDeps } from './read-export.js';

/** @param forget forgets the session here, once there is no account left to have one */
export function createUsersApi(deps: ExportDeps, forget: () => void): ChatClient['users'] {
  const { json } = deps.http;
  const get = (id: string, options?: CallOptions) =>
    json<User>(`GET /users/${id}`, ['user_id', 'username'], options);
  return {
    me: (options) => get('me', options),
    get: (userId, options) => get(encodeURIComponent(userId), options),
    changePassword: async (body, options) => {
      await json('POST /users/me/password', [], options, { body });
    },
    export: async function* ({ signal } = {}) {
      // Few ever ask for it, so it is not loaded with the rest.
      const { readExport } = await import('./read-export.js');
      yield* readExport(deps, signal);
    },
    delete: async (body, options) => {
      await json('POST /users/me/delete', [], options, { body });
      forget();
    },
  };
}
