import { z } from 'zod';
import {
  branchBodySchema,
  chatReferenceBodySchema,
  chatSchema,
  deleteResponseSchema,
  listChatsQuerySchema,
  listMessagesQuerySchema,
  sendBodySchema,
  sendResponseSchema,
  stopBodySchema,
  streamRequestSchema,
  updateChatBodySchema,
  voteBodySchema,
  voteResponseSchema,
} from './chat.js';
import type { ErrorCode } from './error-codes.js';
import { messageSchema } from './message.js';
import { modelSchema } from './parameters.js';
import { confirmationSchema, idSchema, nextCursorSchema, pageQuerySchema } from './primitives.js';
import {
  authSchema,
  loginBodySchema,
  refreshBodySchema,
  registerBodySchema,
  userSchema,
} from './user.js';

/** One endpoint of the API: what it takes, what it answers, who may call it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the API's prefix, with `:name` for path parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly auth: 'none' | 'user';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  /** The answer's JSON, or a stream of the protocol's events. */
  readonly response: z.ZodType | 'event-stream';
  /** What can go wrong beyond `invalid_request`, `unauthenticated`, `rate_limited`, `internal`. */
  readonly errors: readonly ErrorCode[];
}

const chatParams = z.object({ chat_id: idSchema });
const messagePage = z.object({ messages: z.array(messageSchema), next_cursor: nextCursorSchema });

/**
 * The whole HTTP surface. The server routes, validates and documents from this table; a route that
 * is not here does not exist. Order matters where a literal segment and a parameter compete.
 */
export const endpoints = {
  register: {
    method: 'POST',
    path: '/register',
    tag: 'auth',
    summary: 'Create an account and sign in',
    auth: 'none',
    body: registerBodySchema,
    status: 201,
    response: authSchema.extend(
      userSchema.pick({ user_id: true, username: true, email: true }).shape,
    ),
    errors: ['email_taken', 'username_taken'],
  },
  login: {
    method: 'POST',
    path: '/login',
    tag: 'auth',
    summary: 'Sign in with e-mail and password',
    auth: 'none',
    body: loginBodySchema,
    status: 200,
    response: authSchema,
    errors: ['invalid_credentials'],
  },
  refresh: {
    method: 'POST',
    path: '/refresh',
    tag: 'auth',
    summary: 'Exchange a refresh token for a new pair',
    auth: 'none',
    body: refreshBodySchema,
    status: 200,
    response: authSchema,
    errors: ['session_revoked'],
  },
  logout: {
    method: 'POST',
    path: '/logout',
    tag: 'auth',
    summary: 'End this session and its live connections',
    auth: 'user',
    status: 200,
    response: confirmationSchema,
    errors: [],
  },
  getOwnUser: {
    method: 'GET',
    path: '/users/me',
    tag: 'users',
    summary: 'The signed-in user',
    auth: 'user',
    status: 200,
    response: userSchema,
    errors: [],
  },
  getUser: {
    method: 'GET',
    path: '/users/:user_id',
    tag: 'users',
    summary: 'A user by id (oneself)',
    auth: 'user',
    params: z.object({ user_id: idSchema }),
    status: 200,
    response: userSchema,
    errors: ['not_found'],
  },
  listModels: {
    method: 'GET',
    path: '/models',
    tag: 'models',
    summary: 'Models and what each makes of every parameter',
    auth: 'user',
    status: 200,
    response: z.object({ models: z.array(modelSchema), next_cursor: nextCursorSchema }),
    errors: [],
  },
  sendMessage: {
    method: 'POST',
    path: '/chats',
    tag: 'chats',
    summary: 'Send, edit or regenerate a message and start its reply',
    auth: 'user',
    body: sendBodySchema,
    status: 201,
    response: sendResponseSchema,
    errors: [
      'not_found',
      'forbidden',
      'model_not_found',
      'reply_in_progress',
      'idempotency_mismatch',
      'shutting_down',
    ],
  },
  listChats: {
    method: 'GET',
    path: '/chats',
    tag: 'chats',
    summary: 'Chats, newest first',
    auth: 'user',
    query: listChatsQuerySchema,
    status: 200,
    response: z.object({ chats: z.array(chatSchema), next_cursor: nextCursorSchema }),
    errors: ['forbidden'],
  },
  streamReply: {
    method: 'GET',
    path: '/chats/stream',
    tag: 'chats',
    summary: 'Read a reply as server-sent events, live or from any event on',
    auth: 'user',
    query: streamRequestSchema,
    status: 200,
    response: 'event-stream',
    errors: ['not_found', 'forbidden', 'stream_expired'],
  },
  streamReplyByPost: {
    method: 'POST',
    path: '/chats/stream',
    tag: 'chats',
    summary: 'The same stream for callers that prefer a body',
    auth: 'user',
    body: streamRequestSchema,
    status: 200,
    response: 'event-stream',
    errors: ['not_found', 'forbidden', 'stream_expired'],
  },
  listMessages: {
    method: 'GET',
    path: '/chats/messages',
    tag: 'messages',
    summary: 'Messages of a chat, oldest first within a page, pages from the newest back',
    auth: 'user',
    query: listMessagesQuerySchema,
    status: 200,
    response: messagePage,
    errors: ['not_found'],
  },
  castVote: {
    method: 'POST',
    path: '/chats/vote',
    tag: 'messages',
    summary: 'Vote on a reply; the same vote again takes it back',
    auth: 'user',
    body: voteBodySchema,
    status: 200,
    response: voteResponseSchema,
    errors: ['not_found'],
  },
  deleteChat: {
    method: 'POST',
    path: '/chats/delete',
    tag: 'chats',
    summary: 'Delete a chat, with a while to undo it',
    auth: 'user',
    body: chatReferenceBodySchema,
    status: 200,
    response: deleteResponseSchema,
    errors: ['not_found'],
  },
  restoreChat: {
    method: 'POST',
    path: '/chats/restore',
    tag: 'chats',
    summary: 'Undo a deletion',
    auth: 'user',
    body: chatReferenceBodySchema,
    status: 200,
    response: chatSchema,
    errors: ['not_found', 'undo_expired'],
  },
  stopReply: {
    method: 'POST',
    path: '/chats/stop',
    tag: 'chats',
    summary: 'Stop a reply; what was written stays',
    auth: 'user',
    body: stopBodySchema,
    status: 200,
    response: confirmationSchema,
    errors: ['not_found'],
  },
  getChat: {
    method: 'GET',
    path: '/chats/:chat_id',
    tag: 'chats',
    summary: 'One chat',
    auth: 'user',
    params: chatParams,
    status: 200,
    response: chatSchema,
    errors: ['not_found'],
  },
  updateChat: {
    method: 'PATCH',
    path: '/chats/:chat_id',
    tag: 'chats',
    summary: 'Rename, pin or archive a chat',
    auth: 'user',
    params: chatParams,
    body: updateChatBodySchema,
    status: 200,
    response: chatSchema,
    errors: ['not_found'],
  },
  listMessagesOfChat: {
    method: 'GET',
    path: '/chats/:chat_id/messages',
    tag: 'messages',
    summary: 'The same list, with the chat in the path',
    auth: 'user',
    params: chatParams,
    query: pageQuerySchema,
    status: 200,
    response: messagePage,
    errors: ['not_found'],
  },
  chooseBranch: {
    method: 'PUT',
    path: '/chats/:chat_id/branch',
    tag: 'messages',
    summary: 'Show the branch a message is on',
    auth: 'user',
    params: chatParams,
    body: branchBodySchema,
    status: 200,
    response: chatSchema,
    errors: ['not_found'],
  },
  health: {
    method: 'GET',
    path: '/health',
    tag: 'operations',
    summary: 'Whether the process answers',
    auth: 'none',
    status: 200,
    response: z.object({ status: z.literal('ok'), version: z.string() }),
    errors: [],
  },
  ready: {
    method: 'GET',
    path: '/ready',
    tag: 'operations',
    summary: 'Whether the process can serve: its database answers and it is not draining',
    auth: 'none',
    status: 200,
    response: z.object({ status: z.literal('ready') }),
    errors: ['storage_unavailable', 'shutting_down'],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    tag: 'operations',
    summary: 'This API as an OpenAPI 3.1 document',
    auth: 'none',
    status: 200,
    response: z.looseObject({ openapi: z.string() }),
    errors: [],
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
type EndpointOf<Name extends EndpointName> = (typeof endpoints)[Name];
type Part<Name extends EndpointName, Key extends string> =
  EndpointOf<Name> extends Record<Key, infer Schema extends z.ZodType> ? Schema : never;

/** What a caller may pass as body, before defaults. */
export type BodyOf<Name extends EndpointName> = z.input<Part<Name, 'body'>>;
/** What a caller may pass as query, before defaults. */
export type QueryOf<Name extends EndpointName> = z.input<Part<Name, 'query'>>;
/** What an endpoint answers. */
export type ResponseOf<Name extends EndpointName> = z.output<Part<Name, 'response'>>;
/** Body, query and path parameters after validation, as a handler sees them. */
export type ValidatedOf<Name extends EndpointName> = {
  body: z.output<Part<Name, 'body'>>;
  query: z.output<Part<Name, 'query'>>;
  params: z.output<Part<Name, 'params'>>;
};
