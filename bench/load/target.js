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
  return { start: () => startAtServer(origin, tokens[(turn += 1) % tokens.length]) };
}

async function startAtProvider(origin) {
  const body = { model: 'bench', stream: true, messages: [{ role: 'user', content: 'Go' }] };
  return { response: await call(`${origin}/v1/chat/completions`, { body }) };
}

async function startAtServer(origin, token) {
  const body = { message: 'Go' };
  const sent = await readJson(await call(`${origin}/api/chats`, { body, token }));
  const { chat_id, message_id } = sent.reply;
  const query = new URLSearchParams({ chat_id, message_id });
  const response = await call(`${origin}/api/chats/stream?${query}`, { token });
  const stop = async () => {
    await readJson(await call(`${origin}/api/chats/stop`, { body: { chat_id }, token }));
  };
  return { response, stop, chatId: chat_id, messageId: message_id };
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
export function call(url, { body, token }) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
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
