import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';

export function createSearchApi({ json }: HttpClient): ChatClient['search'] {
  const list: ChatClient['search']['list'] = (query, options) =>
    json('GET /search', ['chats', 'next_cursor'], options, { query, rows: 'messages' });
  return {
    list,
    all: (query, options) => paginate(list, ({ messages }) => messages, query, options),
  };
}
