import type { ChatClient } from '../chat-client.js';
import { callTo } from '../http/call-to.js';
import type { HttpClient } from '../http/http-client.js';
import type { Session } from '../protocol/index.js';

export function createSessionsApi({ json }: HttpClient): ChatClient['sessions'] {
  return {
    list: async (options) => {
      const rows = 'sessions';
      return (await json<{ sessions: Session[] }>('GET /sessions', [], options, { rows })).sessions;
    },
    revoke: async (sessionId, options) => {
      await json(callTo`DELETE /sessions/${sessionId}`, [], options);
    },
    revokeOthers: async (options) =>
      (await json<{ revoked: number }>('POST /sessions/revoke-others', ['revoked'], options))
        .revoked,
  };
}
