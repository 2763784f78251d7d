import type { Message, Vote, VoteDetails } from '../protocol/index.js';
import type { ConversationContext } from './conversation-context.js';
import type { ConversationVerbs } from './conversation-store.js';
import type { ReasonedVote, VoteFact } from './conversation.js';

/**
 * Shows votes and their reasons at once and sends those on one message one after the other: a vote
 * toggles, so two that overtake each other would end differently from what was clicked, and there
 * must be a vote before it can be explained.
 */
export function createVoteQueue(
  context: ConversationContext,
): Pick<ConversationVerbs, 'vote' | 'explainVote'> {
  const { client, dispatch, fail } = context;
  /** The last of those that wait, by message. */
  const waiting = new Map<string, Promise<void>>();

  async function cast(
    messageId: string,
    send: () => Promise<VoteFact>,
    isLast: () => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const result = await send();
      if (signal.aborted) return;
      // While more clicks wait to be sent, what they will lead to stays on show.
      if (isLast()) dispatch({ event: 'vote_settled', data: { messageId, result } });
      else dispatch({ event: 'vote_update', data: result });
    } catch (cause) {
      if (!signal.aborted) dispatch({ event: 'vote_settled', data: { messageId, result: null } });
      throw fail(cause, signal);
    }
  }

  const find = (messageId: string): Message | undefined =>
    context.$conversation.get().messages.find(({ message_id: id }) => id === messageId);

  const enqueue = (messageId: string, shown: ReasonedVote, send: () => Promise<VoteFact>) => {
    const signal = context.signal();
    dispatch({ event: 'vote_shown', data: { messageId, shown } });
    const isLast = (): boolean => waiting.get(messageId) === tail;
    const before = waiting.get(messageId) ?? Promise.resolve();
    const done: Promise<void> = before.then(() => cast(messageId, send, isLast, signal));
    const tail = done
      .catch(() => undefined)
      .finally(() => {
        if (isLast()) waiting.delete(messageId);
      });
    waiting.set(messageId, tail);
    return done;
  };

  return {
    vote: (messageId: string, vote: Vote) =>
      enqueue(messageId, { vote: find(messageId)?.vote === vote ? null : vote }, () =>
        client.messages.vote({ message_id: messageId, vote }),
      ),
    explainVote: (messageId: string, details: VoteDetails) =>
      enqueue(messageId, { vote: find(messageId)?.vote ?? null, vote_details: details }, () =>
        client.messages.explainVote({ ...details, message_id: messageId }),
      ),
  };
}
