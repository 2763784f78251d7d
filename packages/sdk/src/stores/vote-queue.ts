import type { Vote } from '../protocol/index.js';
import type { ConversationContext } from './conversation-context.js';

interface Waiting {
  count: number;
  tail: Promise<unknown>;
}

/**
 * Shows votes at once and sends those on one message one after the other: a vote toggles, so two
 * that overtake each other would end differently from what was clicked.
 */
export function createVoteQueue(context: ConversationContext) {
  const waiting = new Map<string, Waiting>();

  const leave = (messageId: string) => {
    const { count = 1, tail = Promise.resolve() } = waiting.get(messageId) ?? {};
    if (count === 1) waiting.delete(messageId);
    else waiting.set(messageId, { count: count - 1, tail });
  };

  async function cast(messageId: string, vote: Vote, signal: AbortSignal): Promise<void> {
    const { client, dispatch, fail } = context;
    try {
      const result = await client.messages.vote({ message_id: messageId, vote });
      if (signal.aborted) return;
      // While more clicks wait to be sent, what they will lead to stays on show.
      const isLast = waiting.get(messageId)?.count === 1;
      if (isLast) dispatch({ event: 'vote_settled', data: { messageId, result } });
      else dispatch({ event: 'vote_update', data: result });
    } catch (cause) {
      if (!signal.aborted) dispatch({ event: 'vote_settled', data: { messageId, result: null } });
      throw fail(cause, signal);
    } finally {
      leave(messageId);
    }
  }

  return (messageId: string, vote: Vote): Promise<void> => {
    const { messages } = context.$conversation.get();
    const before = messages.find(({ message_id: id }) => id === messageId)?.vote ?? null;
    const shown = before === vote ? null : vote;
    const signal = context.signal();
    context.dispatch({ event: 'vote_shown', data: { messageId, vote: shown } });
    const { count, tail } = waiting.get(messageId) ?? { count: 0, tail: Promise.resolve() };
    const done = tail.then(() => cast(messageId, vote, signal));
    waiting.set(messageId, { count: count + 1, tail: done.catch(() => undefined) });
    return done;
  };
}
