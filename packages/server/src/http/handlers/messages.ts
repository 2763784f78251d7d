import { presentChat, presentMessage } from '../../domain/present.js';
import type { Caller } from '../../domain/user.js';
import type { CastVote } from '../../use-cases/cast-vote.js';
import type { ChooseBranch } from '../../use-cases/choose-branch.js';
import type { ListMessages } from '../../use-cases/list-messages.js';
import { decodeCursor, encodeCursor, messageCursorSchema } from '../cursor.js';
import type { Handlers } from '../handler.js';

export interface MessageUseCases {
  listMessages: ListMessages;
  castVote: CastVote;
  chooseBranch: ChooseBranch;
}

export type MessageHandlers = Pick<
  Handlers,
  'listMessages' | 'listMessagesOfChat' | 'castVote' | 'chooseBranch'
>;

interface PageQuery {
  limit: number;
  cursor?: string | undefined;
}

export function createMessageHandlers(useCases: MessageUseCases): MessageHandlers {
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
    async castVote({ caller, body }) {
      const message = await useCases.castVote(caller, {
        messageId: body.message_id,
        vote: body.vote,
        chatId: body.chat_id,
      });
      return {
        chat_id: message.chatId,
        message_id: message.id,
        vote: message.vote,
        version: message.version,
      };
    },
    chooseBranch: async ({ caller, params, body }) =>
      presentChat(await useCases.chooseBranch(caller, params.chat_id, body.message_id)),
  };
}
