import { z } from 'zod';
import {
  branchBodySchema,
  chatSchema,
  listMessagesQuerySchema,
  voteBodySchema,
  voteResponseSchema,
} from '../chat.js';
import {
  deleteMessageResponseSchema,
  explainVoteBodySchema,
  explainVoteResponseSchema,
} from '../message-verbs.js';
import { messageSchema } from '../message.js';
import { idSchema, nextCursorSchema, pageQuerySchema } from '../primitives.js';
import { searchQuerySchema, searchResponseSchema } from '../search.js';
import type { Endpoint } from './endpoint.js';

const chatParams = z.object({ chat_id: idSchema });
const messagePage = z.object({ messages: z.array(messageSchema), next_cursor: nextCursorSchema });

/** Messages of chats: pages, branches, votes, search. */
export const messageEndpoints = {
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
  explainVote: {
    method: 'POST',
    path: '/chats/vote/details',
    tag: 'messages',
    summary: 'Say why one voted',
    auth: 'user',
    body: explainVoteBodySchema,
    status: 200,
    response: explainVoteResponseSchema,
    errors: ['not_found', 'conflict'],
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
  deleteMessage: {
    method: 'DELETE',
    path: '/chats/:chat_id/messages/:message_id',
    tag: 'messages',
    summary: 'Delete one message; what follows it stays',
    auth: 'user',
    params: z.object({ chat_id: idSchema, message_id: idSchema }),
    status: 200,
    response: deleteMessageResponseSchema,
    errors: ['not_found'],
  },
  search: {
    method: 'GET',
    path: '/search',
    tag: 'messages',
    summary: 'Find titles and messages by words or parts of words, newest first',
    auth: 'user',
    query: searchQuerySchema,
    status: 200,
    response: searchResponseSchema,
    errors: [],
  },
} as const satisfies Record<string, Endpoint>;
