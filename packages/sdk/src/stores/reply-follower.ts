import { isFinalStatus } from '../protocol/endings.js';
import type { Message } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import type { ConversationContext } from './conversation-context.js';
import { loadBranch } from './conversation-loading.js';

/** Reads the stream of a reply that is being written, once however often it is asked to. */
export interface ReplyFollower {
  /**
   * Reads along if the reply at the end of the branch is still being written.
   *
   * @returns when it has ended, or another chat was opened: the reply itself goes on
   * @throws ChatError when its ending cannot be had; it is in the store by then
   */
  followLeaf(): Promise<void>;
  followInBackground(): void;
}

export function createReplyFollower(context: ConversationContext): ReplyFollower {
  const following = new Map<string, { signal: AbortSignal; done: Promise<void> }>();

  async function read(reply: Message, signal: AbortSignal): Promise<void> {
    try {
      await readAll(context, reply, signal);
    } finally {
      if (following.get(reply.message_id)?.signal === signal) following.delete(reply.message_id);
    }
  }

  async function followLeaf(): Promise<void> {
    const { messages, leafId } = context.state();
    const leaf = messages.get(leafId ?? '');
    const signal = context.signal();
    if (leaf?.role !== 'assistant' || isFinalStatus(leaf.status)) return;
    const current = following.get(leaf.message_id);
    if (current && !current.signal.aborted) return current.done;
    const done = read(leaf, signal);
    following.set(leaf.message_id, { signal, done });
    return done;
  }

  return {
    followLeaf,
    followInBackground: () => {
      // A failure is in the store by then, and there is no caller to tell.
      followLeaf().catch(() => undefined);
    },
  };
}

async function readAll(
  context: ConversationContext,
  { chat_id, message_id }: Message,
  signal: AbortSignal,
): Promise<void> {
  const last_event_id = context.state().replies.get(message_id)?.seq ?? 0;
  const request = { chat_id, message_id, last_event_id };
  try {
    const { batches } = context.client.chats.stream(request, { signal });
    for await (const events of batches()) context.dispatch(...events);
  } catch (cause) {
    if (signal.aborted) return;
    const { code } = asChatError(cause);
    // It ended so long ago that its stream is gone, but its message is there.
    const isOver = code === 'stream_expired' || code === 'not_found';
    if (!isOver) throw context.fail(cause, signal);
    await loadBranch(context, chat_id, signal).catch((reason: unknown) => {
      if (!signal.aborted) throw context.fail(reason, signal);
    });
  }
}
