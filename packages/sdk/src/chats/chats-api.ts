import type { ChatClient, ChatPage } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';
import type { Chat, DeleteResponse } from '../protocol/index.js';
import type { ReplyApi } from './reply-api.js';

const CHAT_FIELDS = ['chat_id', 'version'] as const;

export function createChatsApi(http: HttpClient, replies: ReplyApi): ChatClient['chats'] {
  const list: ChatClient['chats']['list'] = (query = {}, { signal } = {}) =>
    http.json<ChatPage>({ method: 'GET', path: '/chats', query, signal }, ['next_cursor'], 'chats');
  return {
    ...replies,
    list,
    all: (query, options) =>
      paginate(async (cursor) => {
        const page = await list({ ...query, cursor }, options);
        return { rows: page.chats, next: page.next_cursor };
      }),
    get: (chatId, { signal } = {}) =>
      http.json<Chat>({ method: 'GET', path: chatPath(chatId), signal }, CHAT_FIELDS),
    update: (chatId, body, { signal } = {}) =>
      http.json<Chat>({ method: 'PATCH', path: chatPath(chatId), body, signal }, CHAT_FIELDS),
    delete: (chatId, { signal } = {}) =>
      http.json<DeleteResponse>(
        { method: 'POST', path: '/chats/delete', body: { chat_id: chatId }, signal },
        ['undo_until'],
      ),
    restore: (chatId, { signal } = {}) =>
      http.json<Chat>(
        { method: 'POST', path: '/chats/restore', body: { chat_id: chatId }, signal },
        CHAT_FIELDS,
      ),
    chooseBranch: (chatId, messageId, { signal } = {}) =>
      http.json<Chat>(
        {
          method: 'PUT',
          path: `${chatPath(chatId)}/branch`,
          body: { message_id: messageId },
          signal,
        },
        CHAT_FIELDS,
      ),
  };
}

function chatPath(chatId: string): string {
  return `/chats/${encodeURIComponent(chatId)}`;
}
