import { blankMessage } from '@chat-playground/sdk/testing';
import { cutIntoTokens } from '../texts/markdown-text.js';
import { paceTokens } from './token-stream.js';

export const AT = '2026-01-01T00:00:00.000Z';
const CHAT_ID = '01940000-0000-7000-8000-000000000001';
const QUESTION_ID = '01940000-0000-7000-8000-000000000002';
const REPLY_ID = '01940000-0000-7000-8000-000000000003';

const user = {
  user_id: '01940000-0000-7000-8000-000000000000',
  username: 'bench',
  email: 'bench@example.org',
  created_at: AT,
};
export const chat = {
  chat_id: CHAT_ID,
  user_id: user.user_id,
  chat_title: 'A long answer',
  active_message_id: REPLY_ID,
  pinned: false,
  archived: false,
  created_at: AT,
  updated_at: AT,
  version: 1,
};

export const message = (fields) => blankMessage({ chat_id: CHAT_ID, created_at: AT, ...fields });

/**
 * As much of the API as the widget and one send need, answering with a prepared text at a steady
 * pace.
 *
 * @param {() => { text: string, tokensPerSecond: number }} answer asked for at every stream
 */
export function createReplyApi(answer) {
  return {
    '/api/users/me': (_request, response) => sendJson(response, user),
    '/api/models': (_request, response) => sendJson(response, { models: [], next_cursor: null }),
    '/api/chats': ({ method }, response) =>
      sendJson(response, method === 'GET' ? { chats: [], next_cursor: null } : accepted()),
    '/api/chats/stream': (request, response) => streamReply(answer(), request, response),
    '/text': (_request, response) => response.end(answer().text),
  };
}

function accepted() {
  const question = message({
    message_id: QUESTION_ID,
    parent_id: null,
    role: 'user',
    content: 'Go',
  });
  const reply = message({
    message_id: REPLY_ID,
    parent_id: QUESTION_ID,
    role: 'assistant',
    status: 'pending',
    model: 'bench',
  });
  return {
    chat_id: CHAT_ID,
    message_id: QUESTION_ID,
    user_message: 'Go',
    chat_title: chat.chat_title,
    chat,
    message: question,
    reply,
  };
}

async function streamReply({ text, tokensPerSecond }, request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  request.resume();
  let seq = 0;
  const frame = (event, data) => {
    seq += 1;
    const body = JSON.stringify({ message_id: REPLY_ID, ...data });
    return `id: ${seq}\nevent: ${event}\ndata: ${body}\n\n`;
  };
  response.write(
    frame('message-start', { chat_id: CHAT_ID, parent_id: QUESTION_ID, model: 'bench' }),
  );
  await paceTokens(cutIntoTokens(text), {
    perSecond: tokensPerSecond,
    signal: gone.signal,
    take: (due) => response.write(due.map((delta) => frame('text-delta', { delta })).join('')),
  });
  response.end(frame('message-end', { status: 'complete', parameters: {}, ...METRICS }));
}

const METRICS = {
  prompt_tokens: 1,
  completion_tokens: 1,
  token_count_source: 'tokenizer',
  response_time: 1,
  first_token_time: 0,
  tokens_per_second: 500,
  finish_reason: 'stop',
};

export function sendJson(response, body) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
