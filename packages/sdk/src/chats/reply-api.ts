import type { ChatClient, ReplyStream, SentReplyStream } from '../chat-client.js';
import type { Deadline } from '../http/deadline.js';
import type { HttpClient } from '../http/http-client.js';
import type { RetryOptions } from '../http/retry.js';
import type { SendResponse } from '../protocol/index.js';
import { pageReadPause } from '../stream/page-read-pause.js';
import { readReplyEvents } from '../stream/reply-events.js';
import { createReplyStream } from '../stream/reply-stream.js';

const SEND_FIELDS = ['chat_id', 'message_id', 'chat', 'message', 'reply'] as const;
const LAST_EVENT_ID_HEADER = 'last-event-id';

/** Replies: starting, reading and stopping them. */
export type ReplyApi = Pick<ChatClient['chats'], 'send' | 'stream' | 'stop'>;

export interface ReplyApiOptions {
  http: HttpClient;
  /** Makes an idempotency key. */
  createKey: () => string;
  retry: RetryOptions;
  timeoutMs: number;
  idleTimeoutMs?: number | undefined;
  closed: AbortSignal;
}

type Reply = { chat_id: string; message_id?: string | undefined };

export function createReplyApi(options: ReplyApiOptions): ReplyApi {
  const { http } = options;

  const read = (reply: Reply, lastSeq: number, signal?: AbortSignal) =>
    readReplyEvents({
      open: (seq: number, deadline: Deadline) =>
        http.open(
          {
            method: 'GET',
            path: '/chats/stream',
            query: { ...reply },
            headers: {
              accept: 'text/event-stream',
              ...(seq > 0 && { [LAST_EVENT_ID_HEADER]: String(seq) }),
            },
          },
          deadline,
        ),
      lastSeq,
      retry: options.retry,
      timeoutMs: options.timeoutMs,
      idleTimeoutMs: options.idleTimeoutMs,
      // Elsewhere nothing is drawn, and tokens are passed on as they come.
      readPause: 'document' in globalThis ? pageReadPause : undefined,
      signal: signal ? AbortSignal.any([signal, options.closed]) : options.closed,
    });

  const stop: ReplyApi['stop'] = async (body, options) => {
    await http.json('POST /chats/stop', [], options, { body });
  };

  return {
    stop,
    stream: ({ last_event_id: lastSeq = 0, ...reply }, { signal } = {}): ReplyStream =>
      createReplyStream(
        () => read(reply, lastSeq, signal),
        () => stop(reply),
      ),
    send: (body, { signal, idempotencyKey = options.createKey() } = {}): SentReplyStream => {
      const accepted = http.json<SendResponse>(
        'POST /chats',
        SEND_FIELDS,
        { signal },
        { body, idempotencyKey },
      );
      // Whoever iterates or awaits `accepted` hears of a failure; nobody has to do both.
      accepted.catch(() => undefined);
      const reply = async () => {
        const { chat_id, reply: message } = await accepted;
        return { chat_id, message_id: message.message_id };
      };
      async function* batches() {
        yield* read(await reply(), 0, signal);
      }
      return Object.assign(
        createReplyStream(batches, async () => stop(await reply())),
        { accepted },
      );
    },
  };
}
