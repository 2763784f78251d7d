import type { ReadableAtom } from 'nanostores';
import type { ChatStores } from './chat-stores.js';
import { createConversationContext, type ConversationDeps } from './conversation-context.js';
import { createLoadingVerbs } from './conversation-loading.js';
import { createSendingVerbs } from './conversation-sending.js';
import type { ConversationEvent } from './conversation.js';
import { createMessageDeletion } from './message-deletion.js';
import { createReplyFollower } from './reply-follower.js';
import type { ConversationState } from './state.js';
import { createVoteQueue } from './vote-queue.js';

/** What the surface of the stores has of the open chat, under the names it has there. */
export type ConversationVerbs = Pick<
  ChatStores,
  | 'loadOlderMessages'
  | 'send'
  | 'editMessage'
  | 'regenerate'
  | 'continueReply'
  | 'stopReply'
  | 'vote'
  | 'explainVote'
  | 'deleteMessage'
  | 'chooseBranch'
>;

export interface ConversationStore {
  readonly verbs: ConversationVerbs;
  readonly $conversation: ReadableAtom<ConversationState>;
  chatId(): string | null;
  /** Takes in what the socket tells, or what another store learnt. */
  apply(event: ConversationEvent): void;
  /** Opens a chat, or an empty one for null; at a message, if one is named. */
  open(chatId: string | null, options?: { messageId?: string | undefined }): Promise<void>;
  /** Loads what an outage may have hidden. Failing is left to the next time. */
  catchUp(): Promise<void>;
}

export function createConversationStore(deps: ConversationDeps): ConversationStore {
  const context = createConversationContext(deps);
  const follower = createReplyFollower(context);
  const { open, catchUp, ...loading } = createLoadingVerbs(context, follower);
  return {
    $conversation: context.$conversation,
    chatId: () => context.state().chatId,
    apply: (event) => {
      context.dispatch(event);
      follower.followInBackground();
    },
    open,
    catchUp,
    verbs: {
      ...loading,
      ...createSendingVerbs(context, follower),
      ...createVoteQueue(context),
      deleteMessage: createMessageDeletion(context, catchUp),
    },
  };
}
