import { isEndingEvent } from '../protocol/endings.js';
import {
  endingFields,
  stoppedFrame,
  textUpTo,
  type ReplayFrame,
  type ReplayReply,
} from './replay-reply.js';
import type { ReplayContext } from './replay-routes.js';

/** Where a reader begins, and of which reply. */
interface Reading {
  messageId: string;
  afterSeq: number;
}

/** Plays a reply's events after the last one seen, cut into chunks and broken off as asked. */
export function streamReply(
  context: ReplayContext,
  reply: ReplayReply,
  reading: Reading,
): Response {
  const { chunkBytes = Infinity, cutAfter } = context.options;
  const maxBytes = cutAfter?.(context.connections) ?? Infinity;
  context.connections += 1;
  const chunks = chunksOf(playFrames(context, reply, reading), chunkBytes);
  let sentBytes = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) return controller.close();
      const rest = maxBytes - sentBytes;
      sentBytes += value.length;
      if (rest > 0) controller.enqueue(value.subarray(0, rest));
      if (sentBytes >= maxBytes) controller.error(new TypeError('The connection was cut.'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}

async function* playFrames(
  context: ReplayContext,
  reply: ReplayReply,
  { messageId, afterSeq }: Reading,
): AsyncGenerator<ReplayFrame> {
  for (const frame of reply.frames) {
    if (frame.seq <= afterSeq) continue;
    await context.options.beforeEvent?.({ messageId, seq: frame.seq });
    const sent = reply.isStopped ? stoppedFrame(frame.seq, messageId) : frame;
    const event = /^event: (.*)$/m.exec(sent.text)?.[1] ?? '';
    if (isEndingEvent({ event })) settle(context, reply, messageId, sent);
    yield sent;
    if (reply.isStopped) return;
  }
}

/** From its ending on, the reply's message is what a reload would find. */
function settle(
  { chats }: ReplayContext,
  reply: ReplayReply,
  messageId: string,
  ending: ReplayFrame,
): void {
  const message = chats.messages.get(messageId);
  if (!message) return;
  // The ending has no text, nor has what it came instead of been said.
  const content = textUpTo(reply.frames, ending.seq - 1);
  chats.changeMessage(message, { content, ...endingFields(ending) });
}

async function* chunksOf(
  frames: AsyncIterable<ReplayFrame>,
  chunkBytes: number,
): AsyncGenerator<Uint8Array, undefined> {
  const encoder = new TextEncoder();
  for await (const { text } of frames) {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      yield bytes.slice(at, at + chunkBytes);
    }
  }
}
