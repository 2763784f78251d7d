import { isEndingEvent, type StreamEvent } from '@chat-playground/sdk/protocol';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { TestClient } from '../../packages/server/src/test-support/test-client.js';

/** Someone who reads a reply's stream over HTTP, and remembers all of it. */
export interface ReplyReader {
  events: StreamEvent[];
  /** What the text deltas say so far. */
  text(): string;
  /** Number of the last event seen. */
  lastSeq(): number;
  /** Reads on until so many events are there. @throws when the stream ends before */
  until(count: number): Promise<void>;
  /** Reads on until the stream ends, in whatever way. @returns its ending event, if it had one */
  toEnd(): Promise<StreamEvent | undefined>;
}

/** @param afterSeq the last event the reader has already, sent as Last-Event-ID */
export async function openReader(
  client: TestClient,
  reply: { chat_id: string; message_id: string },
  afterSeq = 0,
): Promise<ReplyReader> {
  const { chat_id, message_id } = reply;
  const response = await client.open('streamReply', {
    query: { chat_id, message_id },
    headers: afterSeq > 0 ? { 'last-event-id': String(afterSeq) } : {},
  });
  if (!response.ok || !response.body) throw new Error(`no stream: HTTP ${response.status}`);
  const stream = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  const events: StreamEvent[] = [];

  async function next(): Promise<boolean> {
    // A killed server breaks the connection in the middle.
    const { value, done } = await stream.read().catch(() => ({ value: undefined, done: true }));
    if (done || !value) return false;
    const { id, event, data } = value;
    events.push({ seq: Number(id), event, data: JSON.parse(data) } as StreamEvent);
    return true;
  }

  return {
    events,
    text: () => events.map((one) => (one.event === 'text-delta' ? one.data.delta : '')).join(''),
    lastSeq: () => events.at(-1)?.seq ?? afterSeq,
    async until(count) {
      while (events.length < count) {
        if (!(await next())) throw new Error(`the stream ended after ${events.length} events`);
      }
    },
    async toEnd() {
      while (await next());
      const last = events.at(-1);
      return last && isEndingEvent(last) ? last : undefined;
    },
  };
}
