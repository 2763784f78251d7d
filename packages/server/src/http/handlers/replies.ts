import type { Model, StreamEvent, ValidatedOf } from '@chat-playground/sdk/protocol';
import type { Chat } from '../../domain/chat.js';
import { DomainError } from '../../domain/domain-error.js';
import type { PlacedMessage } from '../../domain/message.js';
import { presentChat, presentMessage } from '../../domain/present.js';
import type { Caller } from '../../domain/user.js';
import type { HandlerRequest, Handlers } from '../handler.js';

type BodyOfSend = ValidatedOf<'sendMessage'>['body'];

export interface ReplyUseCases {
  sendMessage: (
    caller: Caller,
    input: BodyOfSend,
    idempotencyKey: string | undefined,
  ) => Promise<{ chat: Chat; userMessage: PlacedMessage; reply: PlacedMessage }>;
  readReply: (
    caller: Caller,
    request: { chatId: string; messageId?: string | undefined; afterSeq: number },
    signal: AbortSignal,
  ) => Promise<AsyncIterable<StreamEvent>>;
  stopReply: (
    caller: Caller,
    request: { chatId: string; messageId?: string | undefined },
  ) => Promise<unknown>;
  listModels: (caller: Caller) => Promise<Model[]>;
}

export type ReplyHandlers = Pick<
  Handlers,
  'sendMessage' | 'streamReply' | 'streamReplyByPost' | 'stopReply' | 'listModels'
>;

interface ReplyDeps {
  useCases: ReplyUseCases;
  /** Whether the process is on its way out and takes no new work. */
  isDraining: () => boolean;
}

export function createReplyHandlers({ useCases, isDraining }: ReplyDeps): ReplyHandlers {
  const stream = (
    request: Pick<HandlerRequest<'streamReply'>, 'caller' | 'lastEventId' | 'signal'>,
    { chat_id, message_id, last_event_id }: ValidatedOf<'streamReply'>['query'],
  ) =>
    useCases.readReply(
      request.caller,
      {
        chatId: chat_id,
        messageId: message_id,
        afterSeq: request.lastEventId ?? last_event_id ?? 0,
      },
      request.signal,
    );

  return {
    async sendMessage({ caller, body, idempotencyKey }) {
      if (isDraining()) throw shuttingDown();
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
    listModels: async ({ caller }) => ({
      models: await useCases.listModels(caller),
      next_cursor: null,
    }),
  };
}

function shuttingDown(): DomainError {
  return new DomainError('shutting_down', 'The server is restarting. Try again in a moment.', {
    retryAfterSeconds: 5,
  });
}
