import type { ChatClient } from '../chat-client.js';
import { callTo } from '../http/call-to.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';
import type { ReplyApi } from './reply-api.js';

const CHAT_FIELDS = ['chat_id', 'version'] as const;

export function createChatsApi({ json }: HttpClient, replies: ReplyApi): ChatClient['chats'] {
  const list: ChatClient['chats']['list'] = (query = {}, options) =>
    json('GET /chats', ['next_cursor'], options, { query, rows: 'chats' });
  return {
    ...replies,
    list,
    all: (query, options) => paginate(list, ({ chats }) => chats, query, options),
    get: (chatId, options) => json(callTo`GET /chats/${chatId}`, CHAT_FIELDS, options),
    update: (chatId, body, options) =>
      json(callTo`PATCH /chats/${chatId}`, CHAT_FIELDS, options, { body }),
    delete: (chat_id, options) =>
      json('POST /chats/delete', ['undo_until'], options, { body: { chat_id } }),
    restore: (chat_id, options) =>
      json('POST /chats/restore', CHAT_FIELDS, options, { body: { chat_id } }),
    chooseBranch: (chatId, message_id, options) =>
      json(callTo`PUT /chats/${chatId}/branch`, CHAT_FIELDS, options, {
        body: { message_id },
      }),
  };
}
