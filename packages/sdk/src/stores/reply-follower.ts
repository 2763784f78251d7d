import type { ChatClient } from '../chat-client.js';
import type { Message, StreamEvent } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';

export interface ReplyFollowerDeps {
  /** The last event of a reply that is known already. */
  seqOf: (messageId: string) => number;
  dispatch: (event: StreamEvent) => void;
  /** Loads the branch anew: the reply ended so long ago that its stream is gone. */
  reload: (chatId: string, signal: AbortSignal) => Promise<void>;
}

/** Reads the stream of a reply that is being written, once however often it is asked to. */
export function createReplyFollower(client: ChatClient, deps: ReplyFollowerDeps) {
  const following = new Map<string, { signal: AbortSignal; done: Promise<void> }>();

  async function read(reply: Message, signal: AbortSignal): Promise<void> {
    const { chat_id, message_id } = reply;
    const request = { chat_id, message_id, last_event_id: deps.seqOf(message_id) };
    try {
      for await (const event of client.chats.stream(request, { signal })) deps.dispatch(event);
    } catch (cause) {
      if (signal.aborted) return;
      const { code } = asChatError(cause);
      if (code !== 'stream_expired' && code !== 'not_found') throw cause;
      await deps.reload(chat_id, signal);
    } finally {
      if (following.get(message_id)?.signal === signal) following.delete(message_id);
    }
  }

  return {
    /** @returns when the reply has ended, or the signal has fired: the reply itself goes on */
    follow: (reply: Message, signal: AbortSignal): Promise<void> => {
      if (signal.aborted) return Promise.resolve();
      const current = following.get(reply.message_id);
      if (current && !current.signal.aborted) return current.done;
      const done = read(reply, signal);
      following.set(reply.message_id, { signal, done });
      return done;
    },
  };
}
