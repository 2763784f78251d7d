import type { ReadableAtom } from 'nanostores';
import type { Vote } from '../protocol/index.js';
import { createConversationContext, type ConversationDeps } from './conversation-context.js';
import { createLoadingVerbs } from './conversation-loading.js';
import { createSendingVerbs } from './conversation-sending.js';
import type { ConversationEvent } from './conversation.js';
import { createReplyFollower } from './reply-follower.js';
import type { ConversationState } from './state.js';
import { createVoteQueue } from './vote-queue.js';

export interface ConversationStore {
  readonly $conversation: ReadableAtom<ConversationState>;
  chatId(): string | null;
  /** Takes in what the socket tells, or what another store learnt. */
  apply(event: ConversationEvent): void;
  /** Opens a chat, or an empty one for null. */
  open(chatId: string | null): Promise<void>;
  loadOlder(): Promise<void>;
  send(text: string): Promise<void>;
  edit(messageId: string, text: string): Promise<void>;
  regenerate(messageId: string): Promise<void>;
  stopReply(): Promise<void>;
  vote(messageId: string, vote: Vote): Promise<void>;
  chooseBranch(messageId: string): Promise<void>;
  /** Loads what an outage may have hidden. Failing is left to the next time. */
  catchUp(): Promise<void>;
}

export function createConversationStore(deps: ConversationDeps): ConversationStore {
  const context = createConversationContext(deps);
  const follower = createReplyFollower(context);
  return {
    $conversation: context.$conversation,
    chatId: () => context.state().chatId,
    apply: (event) => {
      context.dispatch(event);
      follower.followInBackground();
    },
    ...createLoadingVerbs(context, follower),
    ...createSendingVerbs(context, follower),
    vote: createVoteQueue(context),
  };
}
