import type { SentReplyStream } from '../chat-client.js';
import type { Chat, Message, SendBody } from '../protocol/index.js';
import type { ConversationContext } from './conversation-context.js';
import type { ConversationVerbs } from './conversation-store.js';
import type { Conversation, ConversationEvent } from './conversation.js';
import type { ReplyFollower } from './reply-follower.js';

type SendingVerbs = Pick<
  ConversationVerbs,
  'send' | 'editMessage' | 'regenerate' | 'continueReply' | 'stopReply'
>;

/** What is shown while a message is on its way. */
interface Shown {
  text: string | null;
  shownUpTo: Conversation['shownUpTo'];
}

export function createSendingVerbs(
  context: ConversationContext,
  follower: ReplyFollower,
): SendingVerbs {
  const { client, dispatch, fail } = context;
  let onItsWay: SentReplyStream | null = null;

  async function submit(body: Omit<SendBody, 'parameters'>, shown: Shown): Promise<void> {
    const signal = context.signal();
    const { chatId } = context.state();
    dispatch({ event: 'send_started', data: shown });
    // Without the signal: leaving the chat must not take back what was sent.
    const sent = client.chats.send({
      ...body,
      ...(chatId !== null && { chat_id: chatId }),
      parameters: context.parameters(),
    });
    onItsWay = sent;
    try {
      const accepted = await sent.accepted;
      context.onChat(accepted.chat);
      if (signal.aborted) return;
      dispatch({ event: 'send_accepted', data: accepted }, newestOf(context, accepted.chat));
    } catch (cause) {
      throw fail(cause, signal);
    } finally {
      if (onItsWay === sent) onItsWay = null;
    }
    await follower.followLeaf();
  }

  async function answerAgain(messageId: string, action?: SendBody['action']): Promise<void> {
    const { role, content, parent_id } = loaded(context, messageId);
    const isReply = role === 'assistant';
    await submit(
      { message_id: messageId, message: isReply ? '' : content, action },
      { text: null, shownUpTo: { messageId: isReply ? parent_id : messageId } },
    );
  }

  return {
    send: (text) => submit({ message: text }, { text, shownUpTo: null }),
    editMessage: async (messageId, text) => {
      const shownUpTo = { messageId: loaded(context, messageId).parent_id };
      await submit({ message_id: messageId, message: text }, { text, shownUpTo });
    },
    regenerate: (messageId) => answerAgain(messageId),
    continueReply: (messageId) => answerAgain(messageId, 'continue'),
    stopReply: async () => {
      const signal = context.signal();
      const { chatId } = context.state();
      const { partial } = context.$conversation.get();
      try {
        // Stopped before it was accepted: as soon as it is.
        if (onItsWay) await onItsWay.stop();
        else if (partial && chatId !== null) {
          await client.chats.stop({ chat_id: chatId, message_id: partial.message_id });
        }
      } catch (cause) {
        throw fail(cause, signal);
      }
    },
  };
}

/** The socket may have told of a chat, of its title say, before the answer came that opens it here. */
function newestOf({ findChat }: ConversationContext, chat: Chat): ConversationEvent {
  return { event: 'chat_changed', data: { chat: findChat(chat.chat_id) ?? chat } };
}

function loaded(context: ConversationContext, messageId: string): Message {
  const message = context.state().messages.get(messageId);
  if (message) return message;
  throw new TypeError(`Message ${messageId} is not loaded.`);
}
