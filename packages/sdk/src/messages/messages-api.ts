import type { ChatClient, MessagePage } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';
import type { VoteResponse } from '../protocol/index.js';

export function createMessagesApi(http: HttpClient): ChatClient['messages'] {
  const list: ChatClient['messages']['list'] = (query, { signal } = {}) =>
    http.json<MessagePage>(
      { method: 'GET', path: '/chats/messages', query, signal },
      ['next_cursor'],
      'messages',
    );
  return {
    list,
    all: (query, options) =>
      paginate(async (cursor) => {
        const page = await list({ ...query, ...(cursor !== undefined && { cursor }) }, options);
        // A page is oldest first; read from the newest back, so is the whole.
        return { rows: page.messages.toReversed(), next: page.next_cursor };
      }),
    vote: (body, { signal } = {}) =>
      http.json<VoteResponse>({ method: 'POST', path: '/chats/vote', body, signal }, [
        'message_id',
        'vote',
        'version',
      ]),
  };
}
