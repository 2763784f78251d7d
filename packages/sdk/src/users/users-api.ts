import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { User } from '../protocol/index.js';

export function createUsersApi(http: HttpClient): ChatClient['users'] {
  const get = (id: string, signal?: AbortSignal) =>
    http.json<User>({ method: 'GET', path: `/users/${id}`, signal }, ['user_id', 'username']);
  return {
    me: ({ signal } = {}) => get('me', signal),
    get: (userId, { signal } = {}) => get(encodeURIComponent(userId), signal),
  };
}
