import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import {
  streamEventSchemas,
  type StreamEvent,
  type StreamEventName,
} from '@chat-playground/sdk/protocol';
import { createParser } from 'eventsource-parser';
import { afterEach, describe, expect, it } from 'vitest';
import type { Source } from '../ports/source.js';
import { formatEvent, writeEventStream } from './sse-writer.js';

const golden = new URL('../../../sdk/src/protocol/golden/', import.meta.url);
const transcripts = readdirSync(golden).filter((name) => name.endsWith('.sse'));

/** The events of a transcript, read by a parser of someone else's. */
function readTranscript(text: string): StreamEvent[] {
  const events: StreamEvent[] = [];
  const parser = createParser({
    onEvent({ id, event, data }) {
      const name = event as StreamEventName;
      const parsed: unknown = JSON.parse(data);
      streamEventSchemas[name].parse(parsed);
      events.push({ seq: Number(id), event: name, data: parsed } as StreamEvent);
    },
  });
  parser.feed(text);
  return events;
}

describe('the golden transcripts', () => {
  it('are there', () => expect(transcripts).toContain('happy.sse'));

  it.each(transcripts)('%s is what the server writes for its events, byte for byte', (name) => {
    const bytes = readFileSync(new URL(name, golden));
    const events = readTranscript(bytes.toString('utf8'));
    expect(events.length).toBeGreaterThan(0);
    const written = events.map((event) => formatEvent(event)).join('');
    expect(Buffer.from(written).equals(bytes)).toBe(true);
  });
});

const sourceOf =
  (batches: AsyncIterable<StreamEvent[]>): Source<StreamEvent> =>
  async (take) => {
    for await (const batch of batches) await take(batch);
  };

const delta = (seq: number, text: string): StreamEvent => ({
  seq,
  event: 'text-delta',
  data: { message_id: '01993b5e-7c20-7c33-8e5f-2f7a4b6c8d92', delta: text },
});

describe('a stream', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** A server that streams these events to whoever asks, and what became of it. */
  async function serve(
    events: (signal: AbortSignal) => AsyncIterable<StreamEvent[]>,
    { heartbeatMs, see }: { heartbeatMs?: number; see?: (response: ServerResponse) => void } = {},
  ) {
    let settle: (outcome: unknown) => void;
    const ended = new Promise((resolve) => (settle = resolve));
    server = createServer((_request, response) => {
      const gone = new AbortController();
      see?.(response);
      response.once('close', () => gone.abort());
      const given = sourceOf(events(gone.signal));
      writeEventStream(response, given, { signal: gone.signal, heartbeatMs }).then(
        () => settle('ended'),
        (error: unknown) => settle(error),
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const open = () =>
      new Promise<IncomingMessage>((resolve, reject) =>
        get({ port, host: '127.0.0.1', agent: false }, resolve).on('error', reject),
      );
    return { ended, open };
  }

  const whenAborted = (signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

  /** Says nothing for as long as someone listens. */
  async function* silence(signal: AbortSignal): AsyncGenerator<StreamEvent[]> {
    await whenAborted(signal);
    yield [delta(1, 'nobody hears this')];
  }

  it('sends its headers before there is an event', async () => {
    const { open } = await serve(silence);
    const { headers, statusCode } = await open();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });

  it('beats while nothing happens', async () => {
    const { open } = await serve(silence, { heartbeatMs: 5 });
    const response = await open();
    for await (const chunk of response) {
      expect(String(chunk)).toMatch(/^(: heartbeat\n\n)+$/);
      break;
    }
  });

  it('stops asking for events when its reader leaves', async () => {
    let left = false;
    const { open, ended } = await serve(async function* (signal) {
      try {
        yield [delta(1, 'hello')];
        await whenAborted(signal);
        yield [delta(2, 'nobody hears this')];
      } finally {
        left = true;
      }
    });
    const response = await open();
    await once(response, 'data');
    response.destroy();
    expect(await ended).toBe('ended');
    expect(left).toBe(true);
  });

  it('asks for no more than its reader takes', async () => {
    const piece = 'x'.repeat(64 * 1024);
    let asked = 0;
    const total = 2_000;
    const { open } = await serve(async function* () {
      for (; asked < total; asked += 1) yield [delta(asked + 1, piece)];
    });
    const response = await open();
    // Nothing is read. Once the buffers between are full the writer must wait.
    await settled(() => asked);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(total / 4);
    response.destroy();
  });

  it('holds of a great batch no more than its reader takes', async () => {
    const piece = 'x'.repeat(64 * 1024);
    const batch = Array.from({ length: 400 }, (_, index) => delta(index + 1, piece));
    let held: ServerResponse | undefined;
    const { open, ended } = await serve(
      async function* () {
        yield batch;
      },
      { see: (response) => (held = response) },
    );
    const response = await open();
    // Nothing is read until the buffers between are full; they hold far less than all of it.
    await settled(() => held?.writableLength ?? 0);
    expect(held?.writableLength).toBeGreaterThan(0);
    expect(held?.writableLength).toBeLessThan(4 * piece.length);
    let text = '';
    for await (const chunk of response) text += String(chunk);
    // Not compared as texts: the difference of two so long would take minutes to print.
    expect(text === batch.map(formatEvent).join('')).toBe(true);
    expect(await ended).toBe('ended');
  });

  it('is cut, not ended, when the events fail', async () => {
    const failure = new Error('the database is gone');
    const { ended } = await serveAndRead(async function* () {
      yield [delta(1, 'hello')];
      throw failure;
    });
    expect(await ended).toBe(failure);
  });

  it('waits for the answers asked for before it over the same connection', async () => {
    let first: ServerResponse | undefined;
    let told = () => {};
    const isTold = new Promise<void>((resolve) => (told = resolve));
    server = createServer((request, response) => {
      if (request.url === '/first') {
        first = response;
        return;
      }
      const { signal } = new AbortController();
      const given: Source<StreamEvent> = async (take) => {
        await take([delta(1, 'second')]);
        told();
      };
      void writeEventStream(response, given, { signal });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    for (const path of ['/first', '/second']) {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
    }
    await isTold;
    first?.end('first');
    let text = '';
    for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
    const [one, two] = text.split('HTTP/1.1 200 OK').slice(1);
    expect(one).toContain('\r\nfirst');
    expect(two).toContain(`\r\n\r\n${formatEvent(delta(1, 'second'))}`);
  });

  async function serveAndRead(events: () => AsyncIterable<StreamEvent[]>) {
    const { open, ended } = await serve(events);
    void open().then((response) => response.resume());
    return { ended };
  }

  /** Waits until a number has stayed the same for many turns of the event loop. */
  async function settled(read: () => number): Promise<void> {
    let last = read();
    for (let calm = 0; calm < 200; calm += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (read() !== last) calm = 0;
      last = read();
    }
  }
});
