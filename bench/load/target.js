import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/**
 * How a reply is asked for: of a provider (or a proxy in front of it) in one request, of our server
 * by sending a message and then opening its stream.
 *
 * @param {{ kind: 'provider' | 'server', origin: string, users?: number }} options
 */
export async function createTarget({ kind, origin, users = 10 }) {
  if (kind === 'provider') return { start: () => startAtProvider(origin) };
  const tokens = await Promise.all(Array.from({ length: users }, () => register(origin)));
  let turn = 0;
  return { tokens, start: () => startAtServer(origin, tokens[(turn += 1) % tokens.length]) };
}

async function startAtProvider(origin) {
  const body = { model: 'bench', stream: true, messages: [{ role: 'user', content: 'Go' }] };
  return { response: await call(`${origin}/v1/chat/completions`, { body }) };
}

async function startAtServer(origin, token) {
  const body = { message: 'Go' };
  const sent = await readJson(await call(`${origin}/api/chats`, { body, token }));
  const reply = { token, chatId: sent.reply.chat_id, messageId: sent.reply.message_id };
  return { ...reply, response: await openStream(origin, reply) };
}

/** @param {{ token: string, chatId: string, messageId: string, lastEventId?: string }} reply */
export function openStream(origin, { token, chatId, messageId, lastEventId }) {
  const query = new URLSearchParams({ chat_id: chatId, message_id: messageId });
  return call(`${origin}/api/chats/stream?${query}`, { token, lastEventId });
}

export async function stopReply(origin, { token, chatId }) {
  const body = { chat_id: chatId };
  await readJson(await call(`${origin}/api/chats/stop`, { body, token }));
}

/** The reply's message as the server keeps it. */
export async function readStored(origin, { token, chatId, messageId }) {
  const path = `/api/chats/${chatId}/messages?limit=10`;
  const { messages } = await readJson(await call(`${origin}${path}`, { token }));
  return messages.find((message) => message.message_id === messageId);
}

/** @returns {Promise<string[]>} the ids of all the user's chats */
export async function listChatIds(origin, token) {
  const ids = [];
  let cursor = '';
  do {
    const url = `${origin}/api/chats?limit=100${cursor}`;
    const page = await readJson(await call(url, { token }));
    ids.push(...page.chats.map((chat) => chat.chat_id));
    cursor = page.next_cursor && `&cursor=${encodeURIComponent(page.next_cursor)}`;
  } while (cursor);
  return ids;
}

let registered = 0;

/** @returns {Promise<string>} the token of a new user */
export async function register(origin) {
  const username = `bench${process.pid}x${(registered += 1)}`;
  const body = { username, email: `${username}@example.org`, password: 'a long passphrase' };
  const { token } = await readJson(await call(`${origin}/api/register`, { body }));
  return token;
}

/** @returns {Promise<import('node:http').IncomingMessage>} the answer, its body still to be read */
export function call(url, { body, token, lastEventId }) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    if (lastEventId) headers['last-event-id'] = lastEventId;
    const method = body ? 'POST' : 'GET';
    const asking = request(url, { method, headers, agent }, resolve).on('error', reject);
    asking.end(body ? JSON.stringify(body) : undefined);
  });
}

export async function readJson(response) {
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  if (response.statusCode >= 400) {
    throw new Error(`${response.req.path} answered ${response.statusCode}: ${text.slice(0, 300)}`);
  }
  return JSON.parse(text);
}
