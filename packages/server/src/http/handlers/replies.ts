import type { ValidatedOf } from '@chat-playground/sdk/protocol';
import { presentChat, presentMessage } from '../../domain/present.js';
import type { ListModels } from '../../use-cases/list-models.js';
import type { ReadReply } from '../../use-cases/read-reply.js';
import type { SendMessage } from '../../use-cases/send-message.js';
import type { StopReply } from '../../use-cases/stop-reply.js';
import type { HandlerRequest, Handlers } from '../handler.js';

export interface ReplyUseCases {
  sendMessage: SendMessage;
  readReply: ReadReply;
  stopReply: StopReply;
  listModels: ListModels;
}

export type ReplyHandlers = Pick<
  Handlers,
  'sendMessage' | 'streamReply' | 'streamReplyByPost' | 'stopReply' | 'listModels'
>;

export function createReplyHandlers(useCases: ReplyUseCases): ReplyHandlers {
  const stream = (
    request: Pick<HandlerRequest<'streamReply'>, 'caller' | 'lastEventId' | 'signal'>,
    { chat_id, message_id, last_event_id }: ValidatedOf<'streamReply'>['query'],
  ) => {
    const afterSeq = request.lastEventId ?? last_event_id ?? 0;
    const named = { chatId: chat_id, messageId: message_id, afterSeq };
    return useCases.readReply(request.caller, named, request.signal);
  };

  return {
    async sendMessage({ caller, body, idempotencyKey }) {
      const sent = await useCases.sendMessage(caller, body, idempotencyKey);
      const message = presentMessage(sent.userMessage);
      return {
        chat_id: message.chat_id,
        message_id: message.message_id,
        user_message: message.content,
        chat_title: sent.chat.title,
        chat: presentChat(sent.chat),
        message,
        reply: presentMessage(sent.reply),
      };
    },
    streamReply: (request) => stream(request, request.query),
    streamReplyByPost: (request) => stream(request, request.body),
    async stopReply({ caller, body }) {
      await useCases.stopReply(caller, { chatId: body.chat_id, messageId: body.message_id });
      return { message: 'Reply stopped.' };
    },
    listModels: async () => ({ models: await useCases.listModels(), next_cursor: null }),
  };
}
