import type { User } from '../protocol/index.js';
import { createReplayChats, createSequence } from './replay-chats.js';
import { createReplayRoutes, type ReplayContext } from './replay-routes.js';
import { errorResponse } from './replay-responses.js';
import { transcripts } from './transcripts.js';

export interface ReplayOptions {
  /** Transcripts to answer with, in order; the last one repeats. Default: `transcripts.happy`. */
  replies?: readonly string[];
  /** Most bytes of a stream's chunk. Default: a whole event each. */
  chunkBytes?: number;
  /** Awaited before each event of a reply goes out; lets a test hold a reply in the middle. */
  beforeEvent?: (event: { messageId: string; seq: number }) => void | Promise<void>;
  /** Breaks stream connection number `connection` (from 0) after so many bytes. */
  cutAfter?: (connection: number) => number | undefined;
  /** Answers in the server's place: faults, delays, odd bodies. */
  intercept?: (request: Request) => Response | undefined | Promise<Response | undefined>;
}

/** One request as the server saw it. */
export interface ReplayRequest {
  method: string;
  /** With the query, below `/api`. */
  path: string;
  headers: Headers;
  body: unknown;
}

export interface ReplayServer {
  /** Stands in for fetch: `createChatClient({ baseUrl: 'http://replay', fetch: server.fetch })`. */
  readonly fetch: typeof fetch;
  readonly requests: readonly ReplayRequest[];
  /** Makes every access token given out so far an expired one. */
  expireTokens(): void;
  /** Makes every refresh token given out so far a revoked one as well. */
  revokeSession(): void;
}

const PREFIX = '/api';

/**
 * A server in the memory of a test: one user, whose messages are answered by playing transcripts.
 * It keeps chats, branches, votes and tokens like the real one, and has no live connection.
 */
export function createReplayServer(options: ReplayOptions = {}): ReplayServer {
  const context = createContext(options);
  const routes = createReplayRoutes(context);
  const requests: ReplayRequest[] = [];

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(url.pathname.indexOf(PREFIX) + PREFIX.length);
    const text = await request.clone().text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    requests.push({
      method: request.method,
      path: path + url.search,
      headers: request.headers,
      body,
    });
    const own = await options.intercept?.(request);
    if (own) return own;
    const route = routes.find(
      ({ method, pattern }) => method === request.method && pattern.test(path),
    );
    if (!route) return errorResponse('not_found', `No such endpoint: ${request.method} ${path}`);
    return route.handle({
      request,
      body: (body ?? {}) as Record<string, unknown>,
      query: url.searchParams,
      id: route.pattern.exec(path)?.[1] ?? '',
    });
  }

  return {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return abortable(request.signal, answer(request));
    },
    requests,
    expireTokens: () => {
      context.tokens.generation += 1;
      context.tokens.oldestAccess = context.tokens.generation;
    },
    revokeSession: () => {
      context.tokens.generation += 1;
      context.tokens.oldestAccess = context.tokens.generation;
      context.tokens.oldestRefresh = context.tokens.generation;
    },
  };
}

/** Ends an answer, even one whose body is being read, the way a connection ends with its signal. */
async function abortable(signal: AbortSignal, answering: Promise<Response>): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  const response = await Promise.race([answering, aborted]);
  const reader = response.body?.getReader();
  if (!reader) return response;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}

function createContext(options: ReplayOptions): ReplayContext {
  const sequence = createSequence();
  const user: User = {
    user_id: sequence.id(),
    username: 'replay',
    email: 'replay@example.com',
    created_at: sequence.time(),
  };
  return {
    user,
    sequence,
    options: { ...options, replies: options.replies ?? [transcripts.happy] },
    chats: createReplayChats(user, sequence),
    replies: new Map(),
    presets: new Map(),
    accepted: new Map(),
    tokens: { generation: 1, oldestAccess: 1, oldestRefresh: 1 },
    connections: 0,
  };
}
