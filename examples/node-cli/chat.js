/**
 * A chat in the terminal.
 *
 *   node examples/node-cli/chat.js [address]
 *
 * Type a message; /new begins another chat, Ctrl+C stops a reply or leaves, Ctrl+D leaves.
 */
import { createInterface } from 'node:readline/promises';
import { createChatClient, isChatError } from '@chat-playground/sdk';

const client = createChatClient({ baseUrl: process.argv[2] ?? 'http://localhost:5001' });
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const lines = terminal[Symbol.asyncIterator]();
let chatId;
let reply;

async function ask(prompt) {
  process.stdout.write(prompt);
  const { value, done } = await lines.next();
  return done ? null : value.trim();
}

async function signIn() {
  const email = await ask('E-mail: ');
  const password = await ask('Password: ');
  try {
    return await client.auth.login({ email, password });
  } catch (error) {
    if (!isChatError(error) || error.code !== 'invalid_credentials') throw error;
    const username = await ask('No such account. A name for a new one: ');
    return client.auth.register({ username, email, password });
  }
}

async function send(message) {
  reply = client.chats.send({ message, ...(chatId && { chat_id: chatId }) });
  for await (const { event, data } of reply) {
    if (event === 'text-delta') process.stdout.write(data.delta);
    if (event === 'message-error') process.stdout.write(`\n[${data.message}]`);
    if (event !== 'message-end') continue;
    const { status, completion_tokens: tokens, response_time: seconds } = data;
    process.stdout.write(`\n[${status}: ${tokens} tokens in ${seconds.toFixed(1)} s]`);
  }
  chatId = (await reply.accepted).chat_id;
  process.stdout.write('\n');
}

terminal.on('SIGINT', () => (reply ? void reply.stop() : terminal.close()));

try {
  const { user } = await signIn();
  console.log(`Hello ${user.username}.`);
  for (let line; (line = await ask('> ')) !== null;) {
    if (line === '/new') chatId = undefined;
    else if (line !== '') await send(line).finally(() => (reply = undefined));
  }
} catch (error) {
  console.error(isChatError(error) ? `${error.message} (${error.code})` : error);
  process.exitCode = 1;
} finally {
  terminal.close();
  client.close();
}
