import { asRecord, isErrorCode } from '../http/error-from.js';
import type { FetchInit } from '../http/http-client.js';
import { ERROR_STATUS } from '../protocol/error-codes.js';
import type { StreamEvent } from '../protocol/index.js';
import { takeSlot } from './stream-slots.js';

const STREAM_PATH = /\/chats\/stream(?:\?.*)?$/;

/**
 * Opens a reply's stream: by fetch while the browser has a connection to spare for it, else by a
 * websocket, of which browsers allow hundreds. Either answers in the same words, so that whoever reads
 * resumes by the same rules. The stream is let go of when `init.signal` fires, as it does at its end.
 *
 * @param url of the stream
 * @param realtimeUrl of the server whose websocket it is; the same one when absent
 */
export async function carry(
  url: string,
  init: FetchInit,
  realtimeUrl = url.replace(STREAM_PATH, ''),
): Promise<Response> {
  const { signal } = init;
  const letGo = await takeSlot(new URL(url).origin, signal);
  if (letGo) {
    signal.addEventListener('abort', letGo, { once: true });
    if (signal.aborted) letGo();
    return fetch(url, init);
  }
  return (await openBySocket(url, init, realtimeUrl).catch(() => null)) ?? fetch(url, init);
}

/** @returns null where websockets do not get through, or the server knows nothing of this */
async function openBySocket(
  url: string,
  { headers, signal }: FetchInit,
  realtimeUrl: string,
): Promise<Response | null> {
  const { openStreamSocket } = await import('./open-socket.js');
  signal.throwIfAborted();
  const socket = openStreamSocket(realtimeUrl, {
    token: headers.authorization?.replace(/^Bearer /, ''),
    ...Object.fromEntries(new URL(url).searchParams),
    ...(headers['last-event-id'] && { last_event_id: headers['last-event-id'] }),
  });
  return new Promise((resolve, reject) => {
    const answer = createAnswer(socket.disconnect);
    socket.listen({
      onOpen: () => resolve(answer.response),
      onEvents: answer.take,
      onEnd: answer.end,
      onRefused: (refusal) => resolve(responseOf(refusal)),
    });
    const leave = () => {
      answer.fail(signal.reason);
      socket.disconnect();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}

/** As the server would have answered by HTTP; null when it is not the server that refuses. */
function responseOf(refusal: unknown): Response | null {
  const body = asRecord(refusal);
  const code = body?.code;
  return isErrorCode(code) ? Response.json(body, { status: ERROR_STATUS[code] }) : null;
}

/** Events in the words of a server-sent stream, taken no faster than they are read. */
function createAnswer(leave: () => void) {
  const encoder = new TextEncoder();
  let acknowledge: (() => void) | undefined;
  let isOver = false;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
    },
    pull: () => {
      acknowledge?.();
      acknowledge = undefined;
    },
    cancel: () => {
      isOver = true;
      leave();
    },
  });
  const finish = (how: () => void) => {
    if (!isOver) how();
    isOver = true;
  };
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    take(events: readonly StreamEvent[], taken?: () => void) {
      if (isOver) return;
      const text = events.map(frameOf).join('') || ': heartbeat\n\n';
      controller.enqueue(encoder.encode(text));
      if ((controller.desiredSize ?? 0) > 0) taken?.();
      else acknowledge = taken;
    },
    end: () => finish(() => controller.close()),
    fail: (reason: unknown) => finish(() => controller.error(reason)),
  };
}

function frameOf({ seq, event, data }: StreamEvent): string {
  return `id: ${String(seq)}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
