import { isFinalStatus } from '../protocol/endings.js';
import type { Model, Preset, SendBody, SendResponse, User, Vote } from '../protocol/index.js';
import { NUMERIC_PARAMETERS, PARAMETER_NAMES } from '../protocol/parameter-names.js';
import { IDEMPOTENCY_HEADER } from '../protocol/wire-names.js';
import type { ReplayChats, Sequence } from './replay-chats.js';
import { createOwnRoutes } from './replay-own-routes.js';
import { createReplayReply, type ReplayReply } from './replay-reply.js';
import { errorResponse, jsonResponse } from './replay-responses.js';
import type { ReplayOptions } from './replay-server.js';
import { streamReply } from './replay-stream.js';

const TOKEN_SECONDS = 900;
const UNDO_WINDOW_MS = 30_000;

export interface ReplayContext {
  user: User;
  /** Ids and times. */
  sequence: Sequence;
  options: ReplayOptions & { replies: readonly string[] };
  chats: ReplayChats;
  replies: Map<string, ReplayReply>;
  presets: Map<string, Preset>;
  /** Answers to sends by idempotency key. */
  accepted: Map<string, SendResponse>;
  tokens: { generation: number; oldestAccess: number; oldestRefresh: number };
  /** Streams opened so far. */
  connections: number;
}

export interface ReplayCall {
  request: Request;
  body: Record<string, unknown>;
  query: URLSearchParams;
  /** The id in the path. */
  id: string;
}

export interface ReplayRoute {
  method: string;
  pattern: RegExp;
  handle: (call: ReplayCall) => Response;
}

export function createReplayRoutes(context: ReplayContext): ReplayRoute[] {
  const signedIn = (handle: ReplayRoute['handle']): ReplayRoute['handle'] => {
    return (call) => {
      const token = /^Bearer access-(\d+)$/.exec(call.request.headers.get('authorization') ?? '');
      if (!token) return errorResponse('unauthenticated');
      const isCurrent = Number(token[1]) >= context.tokens.oldestAccess;
      return isCurrent ? handle(call) : errorResponse('token_expired');
    };
  };
  const open = (method: string, pattern: RegExp, handle: ReplayRoute['handle']): ReplayRoute => {
    return { method, pattern, handle };
  };
  const own = (method: string, pattern: RegExp, handle: ReplayRoute['handle']): ReplayRoute => {
    return { method, pattern, handle: signedIn(handle) };
  };
  return [
    open('POST', /^\/register$/, () => signIn(context, 201, namesOf(context.user))),
    open('POST', /^\/login$/, () => signIn(context, 200)),
    open('POST', /^\/refresh$/, (call) => refresh(context, call)),
    own('POST', /^\/logout$/, () => jsonResponse({ message: 'Signed out.' })),
    own('GET', /^\/users\/(?:me|[\da-f-]+)$/, () => jsonResponse(context.user)),
    own('GET', /^\/models$/, () => jsonResponse({ models: [replayModel()], next_cursor: null })),
    own('POST', /^\/chats$/, (call) => send(context, call)),
    own('GET', /^\/chats$/, (call) => listChats(context, call)),
    own('GET', /^\/chats\/stream$/, (call) => stream(context, call)),
    own('GET', /^\/chats\/messages$/, (call) => listMessages(context, call)),
    own('POST', /^\/chats\/vote$/, (call) => vote(context, call)),
    own('POST', /^\/chats\/delete$/, (call) => deleteChat(context, call)),
    own('POST', /^\/chats\/restore$/, (call) => restoreChat(context, call)),
    own('POST', /^\/chats\/stop$/, (call) => stop(context, call)),
    own('GET', /^\/chats\/([\da-f-]+)$/, ({ id }) => {
      const chat = context.chats.chats.get(id);
      return chat ? jsonResponse(chat) : errorResponse('not_found');
    }),
    own('PATCH', /^\/chats\/([\da-f-]+)$/, ({ id, body }) => {
      const chat = context.chats.chats.get(id);
      return chat ? jsonResponse(context.chats.change(chat, body)) : errorResponse('not_found');
    }),
    own('PUT', /^\/chats\/([\da-f-]+)\/branch$/, (call) => chooseBranch(context, call)),
    ...createOwnRoutes(context, own),
  ];
}

/** @param beside what the answer holds beside the tokens */
function signIn({ tokens, user }: ReplayContext, status: number, beside: object = {}): Response {
  tokens.generation += 1;
  const token = `access-${String(tokens.generation)}`;
  const refresh_token = `refresh-${String(tokens.generation)}`;
  return jsonResponse({ ...beside, token, refresh_token, expires_in: TOKEN_SECONDS, user }, status);
}

function namesOf({ user_id, username, email }: User): Partial<User> {
  return { user_id, username, email };
}

/** Each refresh token works once, as at the real server. */
function refresh(context: ReplayContext, { body }: ReplayCall): Response {
  const [, generation] = /^refresh-(\d+)$/.exec(String(body.refresh_token)) ?? [];
  if (Number(generation) < context.tokens.oldestRefresh) return errorResponse('session_revoked');
  context.tokens.oldestRefresh = context.tokens.generation + 1;
  return signIn(context, 200);
}

function send(context: ReplayContext, { request, body }: ReplayCall): Response {
  const key = request.headers.get(IDEMPOTENCY_HEADER) ?? crypto.randomUUID();
  const before = context.accepted.get(key);
  if (before) return jsonResponse(before, 201);
  const { replies } = context.options;
  const transcript = replies[Math.min(context.replies.size, replies.length - 1)] ?? '';
  const accepted = context.chats.send(body as SendBody);
  const { chat_id, message_id: parent_id } = accepted;
  const { message_id } = accepted.reply;
  context.replies.set(
    message_id,
    createReplayReply(transcript, { chat_id, message_id, parent_id }),
  );
  context.accepted.set(key, accepted);
  return jsonResponse(accepted, 201);
}

function stream(context: ReplayContext, { request, query }: ReplayCall): Response {
  const chat = context.chats.chats.get(query.get('chat_id') ?? '');
  const messageId = query.get('message_id') ?? chat?.active_message_id ?? '';
  const reply = context.replies.get(messageId);
  if (!reply) return errorResponse('not_found', 'No such reply.');
  const afterSeq = Number(request.headers.get('last-event-id') ?? 0);
  return streamReply(context, reply, { messageId, afterSeq });
}

function listChats({ chats }: ReplayContext, { query }: ReplayCall): Response {
  const limit = Number(query.get('limit') ?? 30);
  const from = Number(query.get('cursor') ?? 0);
  const words = (query.get('q') ?? '').toLowerCase();
  const archived = query.get('archived') ?? 'false';
  const found = chats
    .list()
    .filter(
      (chat) =>
        String(chat.archived) === archived && (chat.chat_title ?? '').toLowerCase().includes(words),
    );
  const next_cursor = from + limit < found.length ? String(from + limit) : null;
  return jsonResponse({ chats: found.slice(from, from + limit), next_cursor });
}

function listMessages({ chats }: ReplayContext, { query }: ReplayCall): Response {
  const chat = chats.chats.get(query.get('chat_id') ?? '');
  if (!chat) return errorResponse('not_found');
  const branch = chats.branch(chat);
  const until = Number(query.get('cursor') ?? branch.length);
  const from = Math.max(0, until - Number(query.get('limit') ?? 30));
  const next_cursor = from > 0 ? String(from) : null;
  return jsonResponse({ messages: branch.slice(from, until), next_cursor });
}

function vote({ chats }: ReplayContext, { body }: ReplayCall): Response {
  const message = chats.messages.get(String(body.message_id));
  if (!message) return errorResponse('not_found');
  const next = message.vote === body.vote ? null : (body.vote as Vote);
  const { chat_id, message_id, version } = chats.changeMessage(message, { vote: next });
  return jsonResponse({ chat_id, message_id, vote: next, version });
}

function deleteChat({ chats }: ReplayContext, { body }: ReplayCall): Response {
  const chat = chats.chats.get(String(body.chat_id));
  if (!chat) return errorResponse('not_found');
  chats.chats.delete(chat.chat_id);
  chats.deleted.set(chat.chat_id, chat);
  const undo_until = new Date(Date.now() + UNDO_WINDOW_MS).toISOString();
  return jsonResponse({ chat_id: chat.chat_id, message: 'Deleted.', undo_until });
}

function restoreChat({ chats }: ReplayContext, { body }: ReplayCall): Response {
  const chat = chats.deleted.get(String(body.chat_id));
  if (!chat) return errorResponse('not_found');
  chats.deleted.delete(chat.chat_id);
  return jsonResponse(chats.change(chat, {}));
}

function stop(context: ReplayContext, { body }: ReplayCall): Response {
  const chat = context.chats.chats.get(String(body.chat_id));
  const messageId = String(body.message_id ?? chat?.active_message_id);
  const reply = context.replies.get(messageId);
  if (!chat || !reply) return errorResponse('not_found');
  const message = context.chats.messages.get(messageId);
  if (message && !isFinalStatus(message.status)) reply.isStopped = true;
  return jsonResponse({ message: 'Stopped.' });
}

function chooseBranch({ chats }: ReplayContext, { id, body }: ReplayCall): Response {
  const chat = chats.chats.get(id);
  if (!chat || !chats.messages.has(String(body.message_id))) return errorResponse('not_found');
  const active_message_id = chats.newestLeaf(String(body.message_id));
  return jsonResponse(chats.change(chat, { active_message_id }));
}

function replayModel(): Model {
  const specs = PARAMETER_NAMES.map((name) => {
    const isNumber = NUMERIC_PARAMETERS.some((numeric) => numeric === name);
    return [
      name,
      isNumber ? { supported: true, min: 0, max: 4096, step: 0.01 } : { supported: true },
    ];
  });
  return {
    id: 'replay/transcript',
    provider: 'replay',
    name: 'Transcript',
    is_default: true,
    parameters: Object.fromEntries(specs) as Model['parameters'],
  };
}
