import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';

export function createMessagesApi({ json }: HttpClient): ChatClient['messages'] {
  const list: ChatClient['messages']['list'] = (query, options) =>
    json('GET /chats/messages', ['next_cursor'], options, { query, rows: 'messages' });
  return {
    list,
    all: (query, options) =>
      paginate(async (cursor) => {
        const page = await list({ ...query, cursor }, options);
        // A page is oldest first; read from the newest back, so is the whole.
        return { rows: page.messages.toReversed(), next: page.next_cursor };
      }),
    vote: (body, options) =>
      json('POST /chats/vote', ['message_id', 'vote', 'version'], options, { body }),
    explainVote: (body, options) =>
      json('POST /chats/vote/details', ['message_id', 'vote_details'], options, { body }),
    delete: ({ chat_id, message_id }, options) => {
      const path = `/chats/${encodeURIComponent(chat_id)}/messages/${encodeURIComponent(message_id)}`;
      return json(`DELETE ${path as '/'}`, ['outcome', 'chat'], options);
    },
  };
}
