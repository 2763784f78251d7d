import type { Message } from '../../domain/message.js';
import { presentChat, presentMessage, presentTime } from '../../domain/present.js';
import type { Caller } from '../../domain/user.js';
import type { CastVote } from '../../use-cases/cast-vote.js';
import type { ChooseBranch } from '../../use-cases/choose-branch.js';
import type { DeleteMessage } from '../../use-cases/delete-message.js';
import type { ExplainVote } from '../../use-cases/explain-vote.js';
import type { ListMessages } from '../../use-cases/list-messages.js';
import type { Search } from '../../use-cases/search.js';
import { decodeCursor, encodeCursor, idCursorSchema, messageCursorSchema } from '../cursor.js';
import type { Handlers } from '../handler.js';

export interface MessageUseCases {
  listMessages: ListMessages;
  castVote: CastVote;
  chooseBranch: ChooseBranch;
  explainVote: ExplainVote;
  deleteMessage: DeleteMessage;
  search: Search;
}

export type MessageHandlers = Pick<
  Handlers,
  | 'listMessages'
  | 'listMessagesOfChat'
  | 'castVote'
  | 'explainVote'
  | 'chooseBranch'
  | 'deleteMessage'
  | 'search'
>;

interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

export function createMessageHandlers(useCases: MessageUseCases): MessageHandlers {
  return {
    ...branchHandlers(useCases),
    ...voteHandlers(useCases),
    search: searchHandler(useCases),
  };
}

function branchHandlers(useCases: MessageUseCases) {
  const listPage = async (caller: Caller, chatId: string, { limit, cursor }: PageQuery) => {
    const leafId = decodeCursor(messageCursorSchema, cursor)?.l;
    const { messages, nextLeafId } = await useCases.listMessages(caller, { chatId, limit, leafId });
    return {
      messages: messages.map(presentMessage),
      next_cursor: nextLeafId && encodeCursor(messageCursorSchema, { l: nextLeafId }),
    };
  };

  return {
    listMessages: ({ caller, query }) => listPage(caller, query.chat_id, query),
    listMessagesOfChat: ({ caller, params, query }) => listPage(caller, params.chat_id, query),
    chooseBranch: async ({ caller, params, body }) =>
      presentChat(await useCases.chooseBranch(caller, params.chat_id, body.message_id)),
    async deleteMessage({ caller, params }) {
      const { chat_id, message_id } = params;
      const named = { chatId: chat_id, messageId: message_id };
      const { outcome, chat } = await useCases.deleteMessage(caller, named);
      return { chat_id, message_id, outcome, chat: presentChat(chat) };
    },
  } satisfies Partial<Handlers>;
}

function voteHandlers(useCases: MessageUseCases) {
  return {
    async castVote({ caller, body }) {
      const { message_id: messageId, chat_id: chatId, vote } = body;
      return presentVote(await useCases.castVote(caller, { messageId, vote, chatId }));
    },
    async explainVote({ caller, body }) {
      const { message_id: messageId, chat_id: chatId, ...details } = body;
      const message = await useCases.explainVote(caller, { messageId, chatId, details });
      return { ...presentVote(message), vote_details: details };
    },
  } satisfies Partial<Handlers>;
}

function presentVote({ chatId, id, vote, version }: Message) {
  return { chat_id: chatId, message_id: id, vote, version };
}

function searchHandler(useCases: MessageUseCases): Handlers['search'] {
  return async ({ caller, query }) => {
    const { q: text, limit, cursor } = query;
    const after = decodeCursor(idCursorSchema, cursor)?.i;
    const { chats, messages, nextAfter } = await useCases.search(caller, { text, limit, after });
    return {
      chats: chats.map(({ chat, ranges }) => ({
        chat: presentChat(chat),
        ranges,
      })),
      messages: messages.map(({ message, chatTitle, snippet, ranges }) => ({
        message_id: message.id,
        chat_id: message.chatId,
        chat_title: chatTitle,
        role: message.role,
        snippet,
        ranges,
        created_at: presentTime(message.createdAt),
      })),
      next_cursor: nextAfter && encodeCursor(idCursorSchema, { i: nextAfter }),
    };
  };
}
