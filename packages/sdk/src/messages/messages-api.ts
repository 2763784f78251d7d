import type { ChatClient } from '../chat-client.js';
import { callTo } from '../http/call-to.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';

export function createMessagesApi({ json }: HttpClient): ChatClient['messages'] {
  const list: ChatClient['messages']['list'] = (query, options) =>
    json('GET /chats/messages', ['next_cursor'], options, { query, rows: 'messages' });
  return {
    list,
    // A page is oldest first; read from the newest back, so is the whole.
    all: (query, options) =>
      paginate(list, ({ messages }) => messages.toReversed(), query, options),
    vote: (body, options) =>
      json('POST /chats/vote', ['message_id', 'vote', 'version'], options, { body }),
    explainVote: (body, options) =>
      json('POST /chats/vote/details', ['message_id', 'vote_details'], options, { body }),
    delete: ({ chat_id, message_id }, options) =>
      json(callTo`DELETE /chats/${chat_id}/messages/${message_id}`, ['outcome', 'chat'], options),
  };
}
