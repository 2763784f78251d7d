import type { ChatClient } from '../chat-client.js';
import type { ChatError } from '../errors/chat-error.js';
import type { Vote } from '../protocol/index.js';
import type { ConversationEvent } from './conversation.js';

export interface VoteQueueDeps {
  /** The vote as shown now. */
  shownVote: (messageId: string) => Vote | null;
  dispatch: (event: ConversationEvent) => void;
  fail: (cause: unknown) => ChatError;
}

/**
 * Shows votes at once and sends those on one message one after the other: a vote toggles, so two
 * that overtake each other would end differently from what was clicked.
 */
export function createVoteQueue(client: ChatClient, deps: VoteQueueDeps) {
  const waiting = new Map<string, { count: number; tail: Promise<unknown> }>();

  async function cast(messageId: string, vote: Vote): Promise<void> {
    const result = await client.messages.vote({ message_id: messageId, vote }).catch((cause) => {
      deps.dispatch({ event: 'vote_settled', data: { messageId, result: null } });
      throw deps.fail(cause);
    });
    // While more clicks wait to be sent, what they will lead to stays on show.
    const isLast = waiting.get(messageId)?.count === 1;
    deps.dispatch(
      isLast
        ? { event: 'vote_settled', data: { messageId, result } }
        : { event: 'vote_update', data: result },
    );
  }

  return (messageId: string, vote: Vote): Promise<void> => {
    const shown = deps.shownVote(messageId) === vote ? null : vote;
    deps.dispatch({ event: 'vote_shown', data: { messageId, vote: shown } });
    const before = waiting.get(messageId) ?? { count: 0, tail: Promise.resolve() };
    const done = before.tail.then(() => cast(messageId, vote));
    const entry = { count: before.count + 1, tail: done.catch(() => undefined) };
    waiting.set(messageId, entry);
    return done.finally(() => {
      const now = waiting.get(messageId);
      if (!now || now.count === 1) waiting.delete(messageId);
      else waiting.set(messageId, { ...now, count: now.count - 1 });
    });
  };
}
