import { presentChat, presentTime } from '../../domain/present.js';
import type { DeleteChat } from '../../use-cases/delete-chat.js';
import type { GetChat } from '../../use-cases/get-chat.js';
import type { ListChats } from '../../use-cases/list-chats.js';
import type { RestoreChat } from '../../use-cases/restore-chat.js';
import type { UpdateChat } from '../../use-cases/update-chat.js';
import { chatCursorSchema, decodeCursor, encodeCursor } from '../cursor.js';
import type { Handlers } from '../handler.js';

export interface ChatUseCases {
  listChats: ListChats;
  getChat: GetChat;
  updateChat: UpdateChat;
  deleteChat: DeleteChat;
  restoreChat: RestoreChat;
}

export type ChatHandlers = Pick<
  Handlers,
  'listChats' | 'getChat' | 'updateChat' | 'deleteChat' | 'restoreChat'
>;

export function createChatHandlers(useCases: ChatUseCases): ChatHandlers {
  return {
    async listChats({ caller, query }) {
      const { limit, archived, q } = query;
      const after = decodeCursor(chatCursorSchema, query.cursor);
      const page = await useCases.listChats(caller, {
        limit,
        archived,
        titleContains: q,
        after: after && { pinned: after.p, updatedAt: after.u, id: after.i },
      });
      const { next } = page;
      return {
        chats: page.chats.map(presentChat),
        next_cursor:
          next && encodeCursor(chatCursorSchema, { p: next.pinned, u: next.updatedAt, i: next.id }),
      };
    },
    getChat: async ({ caller, params }) =>
      presentChat(await useCases.getChat(caller, params.chat_id)),
    async updateChat({ caller, params, body }) {
      const { chat_title: title, pinned, archived } = body;
      return presentChat(
        await useCases.updateChat(caller, params.chat_id, { title, pinned, archived }),
      );
    },
    async deleteChat({ caller, body }) {
      const undoUntil = await useCases.deleteChat(caller, body.chat_id);
      return {
        chat_id: body.chat_id,
        message: 'Chat deleted.',
        undo_until: presentTime(undoUntil),
      };
    },
    restoreChat: async ({ caller, body }) =>
      presentChat(await useCases.restoreChat(caller, body.chat_id)),
  };
}
