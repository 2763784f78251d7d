import { isChatError, type ChatStores, type Message } from '@chat-playground/sdk';
import type { IntentName, Intents } from '../../events/intents.js';
import { announce } from '../../events/widget-events.js';
import { errorText } from '../../i18n/error-text.js';
import type { Localization } from '../../i18n/localization.js';
import type { Question } from '../cp-confirm/cp-confirm.js';
import type { Toast } from '../cp-toasts/cp-toasts.js';

/** What answering an intent may need of the root element. */
export interface AnswerContext {
  host: HTMLElement;
  stores: () => ChatStores | null;
  localization: () => Localization;
  toast: (toast: Toast) => void;
  /** Puts a message that was not sent back into the message box. */
  restoreText: (text: string) => void;
  /** A chat was chosen: what lies over the conversation goes away. */
  revealConversation: () => void;
  focusComposer: () => void;
  /** @param messageId a message to be on show */
  openChat: (chatId: string | null, messageId?: string) => Promise<void>;
  /** Brings a message of the shown chat into sight. */
  revealMessage: (messageId: string) => Promise<void>;
  focusStep: (messageId: string, direction: 'previous' | 'next') => Promise<void>;
  /** Asks before something is done that cannot be undone. */
  confirm: (question: Question) => Promise<boolean>;
}

type Answer<Name extends IntentName> = (detail: Intents[Name]) => Promise<void> | void;
export type Answers = { [Name in IntentName]?: Answer<Name> };

/** Intents about chats and messages, each answered by the store's verb. */
export function createAnswers(context: AnswerContext): Answers {
  const { stores, toast } = context;
  return {
    'cp-send': ({ text }) => send(context, text),
    'cp-stop': () => stores()?.stopReply(),
    'cp-edit': ({ messageId, text }) => stores()?.editMessage(messageId, text),
    'cp-regenerate': ({ messageId }) => stores()?.regenerate(messageId),
    'cp-continue': ({ messageId }) => stores()?.continueReply(messageId),
    'cp-branch': async ({ messageId, direction }) => {
      await stores()?.chooseBranch(messageId);
      await context.focusStep(messageId, direction);
    },
    'cp-load-older': () => stores()?.loadOlderMessages(),
    'cp-vote': async ({ messageId, vote }) => {
      await stores()?.vote(messageId, vote);
      announceVote(context, messageId);
    },
    'cp-explain-vote': async ({ messageId, details, restore }) => {
      try {
        await stores()?.explainVote(messageId, details);
      } catch (error) {
        restore();
        throw error;
      }
      announceVote(context, messageId);
    },
    'cp-delete-message': ({ messageId }) => deleteMessage(context, messageId),
    'cp-message-action': ({ messageId, action }) => announceAction(context, messageId, action),
    'cp-toast': ({ text, kind }) => toast({ text, kind }),

    'cp-new-chat': async () => {
      await context.openChat(null);
      context.revealConversation();
      context.focusComposer();
    },
    'cp-open-chat': async ({ chatId, messageId }) => {
      context.revealConversation();
      await context.openChat(chatId, messageId);
      if (messageId !== undefined) await context.revealMessage(messageId);
    },
    'cp-rename-chat': ({ chatId, title }) => stores()?.renameChat(chatId, title),
    'cp-pin-chat': ({ chatId, pinned }) => stores()?.pinChat(chatId, pinned),
    'cp-archive-chat': ({ chatId, archived }) => archiveChat(context, chatId, archived),
    'cp-delete-chat': ({ chatId }) => deleteChat(context, chatId),
    'cp-undo-delete': ({ chatId }) => stores()?.undoDelete(chatId),
    'cp-load-more': () => stores()?.loadMoreChats(),

    'cp-parameters-change': ({ patch }) => stores()?.setParameters(patch),
    'cp-parameter-reset': ({ name }) => stores()?.resetParameter(name),
  };
}

/** Runs a verb; what it rejects with is shown and told, once. */
export async function attempt(
  context: AnswerContext,
  run: () => Promise<void> | void,
  /** Whether the error is already in sight beside what failed. */
  isShown = false,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isChatError(error)) throw error;
    if (error.code === 'aborted') return;
    announce(context.host, 'chat-playground:error', { error });
    if (!isShown) context.toast({ text: errorText(error, context.localization()), kind: 'error' });
  }
}

/** Intents whose failure the conversation or the list shows by itself. */
export const SHOWN_BY_THEMSELVES: ReadonlySet<IntentName> = new Set<IntentName>([
  'cp-send',
  'cp-edit',
  'cp-regenerate',
  'cp-continue',
  'cp-open-chat',
  'cp-search',
  'cp-search-more',
  'cp-presets-load',
  'cp-load-more',
]);

async function send(context: AnswerContext, text: string): Promise<void> {
  const stores = context.stores();
  if (stores === null) return;
  let isAccepted = false;
  const unlisten = stores.$conversation.listen(({ sending, error }) => {
    isAccepted ||= sending === null && error === null;
  });
  try {
    await stores.send(text);
  } catch (error) {
    // Once the server has the message, only its reply failed, and the conversation shows that.
    if (!isAccepted) context.restoreText(text);
    throw error;
  } finally {
    unlisten();
  }
}

async function archiveChat(
  context: AnswerContext,
  chatId: string,
  archived: boolean,
): Promise<void> {
  await context.stores()?.archiveChat(chatId, archived);
  const localization = context.localization();
  context.toast({
    text: localization.term(archived ? 'chatArchived' : 'chatUnarchived'),
    kind: 'success',
    action: {
      label: () => localization.term('undo'),
      run: () => void attempt(context, () => context.stores()?.archiveChat(chatId, !archived)),
    },
  });
}

async function deleteMessage(context: AnswerContext, messageId: string): Promise<void> {
  const localization = context.localization();
  const isWanted = await context.confirm({
    heading: localization.term('deleteMessageTitle'),
    text: localization.term('deleteMessageText'),
    action: localization.term('delete'),
  });
  if (!isWanted) return;
  await context.stores()?.deleteMessage(messageId);
  context.toast({ text: localization.term('messageDeletedNotice'), kind: 'success' });
}

async function deleteChat(context: AnswerContext, chatId: string): Promise<void> {
  const stores = context.stores();
  if (stores === null) return;
  const undoUntil = await stores.deleteChat(chatId);
  const localization = context.localization();
  context.toast({
    text: localization.term('chatDeleted'),
    kind: 'success',
    durationMs: Math.max(0, undoUntil - Date.now()),
    action: {
      label: (secondsLeft) => localization.term('undoIn', { count: secondsLeft }),
      run: () => void attempt(context, () => stores.undoDelete(chatId)),
    },
  });
}

function announceVote(context: AnswerContext, messageId: string): void {
  const message = findMessage(context, messageId);
  if (message === undefined) return;
  const { chat_id: chatId, vote, vote_details: details = null } = message;
  announce(context.host, 'chat-playground:vote', { chatId, messageId, vote, details });
}

function announceAction(context: AnswerContext, messageId: string, action: string): void {
  const message = findMessage(context, messageId);
  if (message === undefined) return;
  const { chat_id: chatId } = message;
  announce(context.host, 'chat-playground:message-action', { chatId, message, action });
}

function findMessage({ stores }: AnswerContext, messageId: string): Message | undefined {
  const { messages = [] } = stores()?.$conversation.get() ?? {};
  return messages.find(({ message_id }) => message_id === messageId);
}
