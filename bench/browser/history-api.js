import { chat, message, sendJson } from './reply-api.js';

/** Ids in order, as the product's are. */
const idOf = (index) => `01940000-0000-7000-9000-${String(index).padStart(12, '0')}`;

/**
 * A chat of many messages, a page at a time, from the newest back.
 *
 * @param {{ count: number, text: string }} options messages in the chat; what every reply says
 */
export function createHistoryApi({ count, text }) {
  const messageAt = (index) => {
    const isReply = index % 2 === 1;
    return message({
      message_id: idOf(index),
      parent_id: index === 0 ? null : idOf(index - 1),
      role: isReply ? 'assistant' : 'user',
      content: isReply ? text : `Question ${index / 2 + 1}`,
    });
  };
  const long = { ...chat, active_message_id: idOf(count - 1) };
  return {
    [`/api/chats/${chat.chat_id}`]: (_request, response) => sendJson(response, long),
    '/api/chats/messages': (request, response) => {
      const { searchParams } = new URL(request.url, 'http://localhost');
      const end = Number(searchParams.get('cursor') ?? count);
      const start = Math.max(0, end - Number(searchParams.get('limit') ?? 50));
      const messages = Array.from({ length: end - start }, (_, at) => messageAt(start + at));
      sendJson(response, { messages, next_cursor: start === 0 ? null : String(start) });
    },
  };
}
