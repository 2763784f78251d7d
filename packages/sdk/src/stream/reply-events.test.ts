import { describe, expect, it } from 'vitest';
import { ChatError } from '../errors/chat-error.js';
import { streamEventSchemas, type StreamEvent, type StreamEventName } from '../protocol/index.js';
import { readReplyEvents } from './reply-events.js';
import { failureOf } from '../test-support/failure-of.js';
import { golden } from '../test-support/golden.js';

const bytesOf = (name: string) => new TextEncoder().encode(golden(name));

/** Reads a transcript's events without any of the code under test. */
function expectedEvents(name: string): StreamEvent[] {
  const text = golden(name).replace('\ufeff', '');
  return text
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .flatMap((block) => {
      const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1];
      const event = field('event') ?? '';
      if (!Object.hasOwn(streamEventSchemas, event)) return [];
      const data = JSON.parse(field('data') ?? '');
      return [{ seq: Number(field('id')), event: event as StreamEventName, data } as StreamEvent];
    });
}

function streamOf(chunks: readonly Uint8Array[], ending: 'end' | 'break' | 'hang' = 'end') {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[at];
      at += 1;
      if (chunk) return controller.enqueue(chunk);
      if (ending === 'end') controller.close();
      if (ending === 'break') controller.error(new TypeError('connection reset'));
      return undefined;
    },
  });
}

function splitAt(bytes: Uint8Array, ...offsets: number[]): Uint8Array[] {
  const ends = [...offsets, bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

type Connection = (lastSeq: number) => ReadableStream<Uint8Array> | ChatError;

/** Reads a reply over the given connections, one after the other. */
function read(
  connections: readonly Connection[],
  options: { lastSeq?: number; limit?: number } = {},
) {
  const asked: number[] = [];
  const events = readReplyEvents({
    open: async (lastSeq) => {
      const connection = connections[Math.min(asked.length, connections.length - 1)];
      asked.push(lastSeq);
      const result = connection?.(lastSeq);
      if (result instanceof ChatError) throw result;
      return new Response(result);
    },
    lastSeq: options.lastSeq ?? 0,
    retry: { limit: options.limit ?? 0, baseDelayMs: 0, maxDelayMs: 0 },
    timeoutMs: 60_000,
    signal: new AbortController().signal,
  });
  return { events, asked };
}

async function collect(batches: AsyncIterable<StreamEvent[]>): Promise<StreamEvent[]> {
  const all: StreamEvent[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** Thousands of comparisons: the matcher, which is slow, is asked only to explain a difference. */
function expectSame(actual: StreamEvent[], expected: StreamEvent[], where: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual, where).toEqual(expected);
}

const transcriptNames = [
  'happy.sse',
  'cut-utf8.sse',
  'error.sse',
  'stopped.sse',
  'reasoning.sse',
  'reader-only/lenient.sse',
  'reader-only/crlf.sse',
];

describe('readReplyEvents', () => {
  it.each(transcriptNames)('reads %s the same at every split', async (name) => {
    const bytes = bytesOf(name);
    const expected = expectedEvents(name);
    expect(expected.length).toBeGreaterThan(2);
    for (let offset = 0; offset <= bytes.length; offset += 1) {
      const { events } = read([() => streamOf(splitAt(bytes, offset))]);
      expectSame(await collect(events), expected, `split at ${offset}`);
    }
  });

  it('reads cut-utf8.sse the same at any two splits, and byte by byte', async () => {
    const bytes = bytesOf('cut-utf8.sse');
    const expected = expectedEvents('cut-utf8.sse');
    // Every first split with the second at each distance up to a long character's length and beyond.
    for (let first = 0; first < bytes.length; first += 1) {
      for (const distance of [1, 2, 3, 31]) {
        const second = Math.min(bytes.length, first + distance);
        const { events } = read([() => streamOf(splitAt(bytes, first, second))]);
        expectSame(await collect(events), expected, `split at ${first}, ${second}`);
      }
    }
    const single = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
    expect(await collect(read([() => streamOf(single)]).events)).toEqual(expected);
  });

  it('resumes after a cut at any byte, without losing or repeating an event', async () => {
    const bytes = bytesOf('cut-utf8.sse');
    const expected = expectedEvents('cut-utf8.sse');
    const text = new TextDecoder().decode(bytes);
    const after = (lastSeq: number) =>
      new TextEncoder().encode(text.slice(text.indexOf(`id: ${lastSeq + 1}\n`)));
    for (let cut = 0; cut < bytes.length - 1; cut += 1) {
      const { events } = read(
        [
          () => streamOf([bytes.subarray(0, cut)], cut % 2 === 0 ? 'break' : 'end'),
          (lastSeq) => streamOf([after(lastSeq)]),
        ],
        { limit: 1 },
      );
      expectSame(await collect(events), expected, `cut at ${cut}`);
    }
  });

  it('gives all that came with one read together, also what came before the stream broke', async () => {
    const bytes = bytesOf('happy.sse');
    const { value } = await read([() => streamOf([bytes])]).events.next();
    expect(value).toEqual(expectedEvents('happy.sse'));
    const text = golden('happy.sse');
    const cut = `${text.slice(0, text.indexOf('id: 3\n'))}data: hello\n\n`;
    const broken = read([() => streamOf([new TextEncoder().encode(cut)])]);
    expect((await broken.events.next()).value).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect((await failureOf(broken.events.next())).code).toBe('stream_incomplete');
  });

  it('continues cut-utf8.sse with resumed.sse', async () => {
    const { events, asked } = read([() => streamOf([bytesOf('resumed.sse')])], { lastSeq: 4 });
    expect(await collect(events)).toEqual(expectedEvents('cut-utf8.sse').slice(4));
    expect(asked).toEqual([4]);
  });

  it('drops events it has seen when the server starts over', async () => {
    const bytes = bytesOf('happy.sse');
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    const { events, asked } = read([() => streamOf([half], 'break'), () => streamOf([bytes])], {
      limit: 1,
    });
    expect(await collect(events)).toEqual(expectedEvents('happy.sse'));
    expect(asked[1]).toBeGreaterThan(0);
  });

  it('takes a gap for a broken connection and asks again from the last event', async () => {
    const text = golden('happy.sse');
    const gap = text.slice(0, text.indexOf('id: 3\n')) + text.slice(text.indexOf('id: 4\n'));
    const { events, asked } = read(
      [
        () => streamOf([new TextEncoder().encode(gap)]),
        (lastSeq) =>
          streamOf([new TextEncoder().encode(text.slice(text.indexOf(`id: ${lastSeq + 1}\n`)))]),
      ],
      { limit: 1 },
    );
    expect(await collect(events)).toEqual(expectedEvents('happy.sse'));
    expect(asked).toEqual([0, 2]);
  });

  it('fails with stream_incomplete when the ending never comes', async () => {
    const text = new TextDecoder().decode(bytesOf('happy.sse'));
    const endless = new TextEncoder().encode(text.slice(0, text.indexOf('event: message-end')));
    const { events, asked } = read([() => streamOf([endless])], { limit: 2 });
    const error = await failureOf(collect(events));
    expect(error.code).toBe('stream_incomplete');
    // Progress was made by the first connection only; the two that followed were the limit.
    expect(asked).toHaveLength(3);
  });

  it.each(['id: 1\nevent: text-delta\ndata: {"delta":1}\n\n', 'data: hello\n\n', '<html></html>'])(
    'takes %j for a broken stream',
    async (body) => {
      const { events } = read([() => streamOf([new TextEncoder().encode(body)])]);
      expect((await failureOf(collect(events))).code).toBe('stream_incomplete');
    },
  );

  it('gives up at once when the server says that asking again is useless', async () => {
    const gone = new ChatError('gone', { code: 'stream_expired', status: 410, retryable: false });
    const { events, asked } = read([() => gone], { limit: 5 });
    expect(await failureOf(collect(events))).toBe(gone);
    expect(asked).toHaveLength(1);
  });

  it('lets go of the connection when the loop is left', async () => {
    let isCancelled = false;
    const bytes = bytesOf('happy.sse');
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes.subarray(0, 400)),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const [event] of read([() => body]).events) {
      expect(event?.seq).toBe(1);
      break;
    }
    expect(isCancelled).toBe(true);
  });

  it('opens the stream anew after too long a silence, and takes comments for life', async () => {
    const bytes = bytesOf('happy.sse');
    let opened = 0;
    const events = readReplyEvents({
      open: async (lastSeq, deadline) => {
        opened += 1;
        if (lastSeq > 0) return new Response(streamOf([bytes]));
        // Hangs until the reader's own deadline ends it, as a real connection would.
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(bytes.subarray(0, 400));
            deadline.signal.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        return new Response(body);
      },
      lastSeq: 0,
      retry: { limit: 1, baseDelayMs: 0, maxDelayMs: 0 },
      timeoutMs: 60_000,
      idleTimeoutMs: 20,
      signal: new AbortController().signal,
    });
    expect(await collect(events)).toEqual(expectedEvents('happy.sse'));
    expect(opened).toBe(2);
  });

  it('rejects with aborted when the signal fires in the middle', async () => {
    const leaving = new AbortController();
    const events = readReplyEvents({
      open: async (_, deadline) => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(bytesOf('happy.sse').subarray(0, 400));
            deadline.signal.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        });
        return new Response(body);
      },
      lastSeq: 0,
      retry: { limit: 5, baseDelayMs: 0, maxDelayMs: 0 },
      timeoutMs: 60_000,
      signal: leaving.signal,
    });
    await events.next();
    leaving.abort();
    expect((await failureOf(collect(events))).code).toBe('aborted');
  });
});
