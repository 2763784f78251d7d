import type { Chat, ErrorBody, Message, Model, Parameters } from '@chat-playground/sdk';
import { chat, model, USER } from './chats.js';
import { reply, userMessage } from './messages.js';

type Handler = (request: { body: Record<string, unknown>; url: URL }) => unknown;

const TEXT = { supported: true, default: null };

/**
 * A server in memory, as a `fetch`: it answers what the page asks and keeps what it was told.
 * Replies are written when a test says so.
 */
export class FakeServer {
  isSignedIn = true;
  chats: Chat[] = [];
  messages: Message[] = [];
  models: Model[] = [
    model(
      'maker/model-7b',
      {
        output_length: { supported: true, min: 1, max: 4096, step: 1, default: 512 },
        temperature: { supported: true, min: 0, max: 2, step: 0.1, default: 0.7 },
        system_prompt: TEXT,
      },
      { is_default: true },
    ),
    model('other/model-1b'),
  ];
  /** Every send's parameters, oldest first. */
  readonly sent: Parameters[] = [];
  readonly asked: string[] = [];
  /** Answers by `METHOD /path`, tried before the server's own. */
  readonly answers = new Map<string, () => Response | Promise<Response>>();
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  #seq = 0;

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const path = url.pathname.replace(/^.*\/api/, '');
    const name = `${request.method} ${path}`;
    this.asked.push(name + url.search);
    const prepared = this.answers.get(name);
    if (prepared !== undefined) return prepared();
    if (path === '/chats/stream') return this.#openStream();
    const body = request.method === 'GET' ? {} : await bodyOf(request);
    const handler = this.#handlers[name] ?? this.#chatHandler(request.method, path);
    if (handler === undefined) return failure(404, 'not_found');
    const answer = handler({ body, url });
    return answer instanceof Response ? answer : Response.json(answer);
  };

  /** Writes a piece of the running reply. */
  write(delta: string): void {
    const { message_id } = this.#running;
    this.#emit('text-delta', { message_id, delta });
    this.#running.content += delta;
  }

  /** Ends the running reply. */
  end(): void {
    const running = this.#running;
    const finished = reply(running.content, { ...running, status: 'complete' });
    const { message_id, metrics } = reply('', { message_id: running.message_id });
    this.messages = this.messages.map((message) => (message === running ? finished : message));
    this.#emit('message-end', { ...metrics, message_id, status: 'complete', parameters: {} });
    this.#stream?.close();
    this.#stream = null;
  }

  get #running(): Message {
    const running = this.messages.find(({ status }) => status === 'streaming');
    if (running === undefined) throw new Error('No reply is running.');
    return running;
  }

  #emit(event: string, data: unknown): void {
    this.#seq += 1;
    const frame = `id: ${this.#seq}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#stream?.enqueue(new TextEncoder().encode(frame));
  }

  #openStream(): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
        this.#seq = 0;
        const { chat_id, message_id, parent_id, model: id } = this.#running;
        this.#emit('message-start', { chat_id, message_id, parent_id, model: id });
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  readonly #handlers: Record<string, Handler> = {
    'POST /login': () => this.#session(),
    'POST /register': () => ({ ...this.#session(), ...USER }),
    'POST /logout': () => ({ message: 'Signed out.' }),
    'GET /users/me': () => (this.isSignedIn ? USER : failure(401, 'unauthenticated')),
    'GET /presets': () => ({ presets: [], next_cursor: null }),
    'GET /search': () => ({ chats: [], messages: [], next_cursor: null }),
    'GET /models': () => ({ models: this.models, next_cursor: null }),
    'GET /chats': ({ url }) => ({
      chats: this.chats.filter(
        ({ chat_title, archived }) =>
          String(archived) === (url.searchParams.get('archived') ?? 'false') &&
          (chat_title ?? '').includes(url.searchParams.get('q') ?? ''),
      ),
      next_cursor: null,
    }),
    'POST /chats': ({ body }) => this.#send(body),
    'GET /chats/messages': ({ url }) => ({
      messages: this.messages.filter(({ chat_id }) => chat_id === url.searchParams.get('chat_id')),
      next_cursor: null,
    }),
    'POST /chats/stop': () => ({ message: 'Stopped.' }),
    'POST /chats/delete': ({ body }) => {
      this.chats = this.chats.filter(({ chat_id }) => chat_id !== body.chat_id);
      const undo_until = new Date(Date.now() + 30_000).toISOString();
      return { chat_id: body.chat_id, message: 'Deleted.', undo_until };
    },
    'POST /chats/restore': ({ body }) => {
      const restored = chat('Restored', { chat_id: String(body.chat_id), version: 9 });
      this.chats.push(restored);
      return restored;
    },
  };

  #chatHandler(method: string, path: string): Handler | undefined {
    const found = this.chats.find(({ chat_id }) => path === `/chats/${chat_id}`);
    if (found === undefined) return undefined;
    if (method === 'GET') return () => found;
    return ({ body }) => {
      const changed: Chat = { ...found, ...body, version: found.version + 1 };
      this.chats = this.chats.map((other) => (other === found ? changed : other));
      return changed;
    };
  }

  #session(): object {
    this.isSignedIn = true;
    return { token: 'access', refresh_token: 'refresh', expires_in: 900, user: USER };
  }

  #send(body: Record<string, unknown>): unknown {
    this.sent.push((body.parameters ?? {}) as Parameters);
    const existing = this.chats.find(({ chat_id }) => chat_id === body.chat_id);
    const text = String(body.message);
    const opened = existing ?? chat(text);
    const { chat_id } = opened;
    const message = userMessage(text, { chat_id });
    const { message_id: parent_id } = message;
    const answer = reply('', { chat_id, parent_id, status: 'streaming', metrics: null });
    const named = { ...opened, active_message_id: answer.message_id, version: opened.version + 1 };
    this.chats = [named, ...this.chats.filter((other) => other !== existing)];
    this.messages.push(message, answer);
    return {
      chat_id,
      message_id: parent_id,
      user_message: text,
      chat_title: named.chat_title,
      chat: named,
      message,
      reply: { ...answer },
    };
  }
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** An error as the server words it. */
export function failure(
  status: number,
  code: string,
  fields: Partial<ErrorBody> & { retryAfter?: number } = {},
): Response {
  const { retryAfter, ...body } = fields;
  return Response.json(
    { message: `Failed with ${code}.`, code, request_id: 'request-1', ...body },
    { status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } },
  );
}
