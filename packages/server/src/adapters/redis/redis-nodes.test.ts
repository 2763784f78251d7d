import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NodeMessage } from '../../ports/node-bus.js';
import type { Take } from '../../ports/source.js';
import { startTestRedis, type TestRedis } from '../../test-support/redis.js';
import { newId } from '../../test-support/storage-fixtures.js';
import type { OpenLog } from '../../ports/event-log.js';
import { createMemoryEventLog } from '../memory/memory-event-log.js';
import { joinRedisNodes } from './redis-nodes.js';

const redis = await startTestRedis();
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Node = Awaited<ReturnType<typeof joinRedisNodes>>;
const nodes: Node[] = [];
async function join({ url }: Pick<TestRedis, 'url'>): Promise<Node> {
  const node = await joinRedisNodes({ url, logger: silent, local: createMemoryEventLog() });
  nodes.push(node);
  return node;
}

const never = new AbortController().signal;
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const deltas = (messageId: string, from: number, to: number): StreamEvent[] =>
  numbers(from, to).map((seq) => ({
    seq,
    event: 'text-delta',
    data: { message_id: messageId, delta: `${seq} ` },
  }));
/** What comes first after `afterSeq`, or why nothing does. */
async function next(node: Node, messageId: string, afterSeq: number) {
  const enough = new AbortController();
  let seen: number[] | null = null;
  const take: Take<StreamEvent> = (batch) => {
    seen ??= batch.map(({ seq }) => seq);
    enough.abort();
    return undefined;
  };
  const following = node.eventLog.follow(messageId, afterSeq, take, enough.signal);
  return following.catch((error: unknown) => {
    if (!seen) throw error;
    return seen;
  });
}

/** Whatever comes until the log is closed or its reader has fallen behind. */
async function readAll(node: Node, messageId: string, afterSeq = 0) {
  const seen: number[] = [];
  const take: Take<StreamEvent> = (batch) => void seen.push(...batch.map(({ seq }) => seq));
  return { state: await node.eventLog.follow(messageId, afterSeq, take, never), seen };
}

const until = async (node: Node, isConnected: boolean) => {
  await expect.poll(() => node.bus.isConnected, { timeout: 10_000 }).toBe(isConnected);
};

describe.skipIf(!redis)('a Redis that refuses the password', () => {
  it.each(['redis://:wrong-word@', 'redis://nobody:wrong-word@', 'redis://'])(
    'is named as one that does, without the password, and not waited for: %s',
    async (start) => {
      const locked = await startTestRedis(['--requirepass', 'the right one']);
      const said: string[] = [];
      const log = (_: object, message: string) => void said.push(message);
      const url = (locked?.url ?? '').replace('redis://', start);
      const node = await joinRedisNodes({
        url,
        logger: { info: log, warn: log, error: log },
        local: createMemoryEventLog(),
      });
      expect(said).toEqual(['Redis refuses the user name or the password in REDIS_URL']);
      expect(node.bus.isConnected).toBe(false);
      await node.bus.close();
      await locked?.stop();
    },
  );
});

describe.skipIf(!redis)('nodes at one Redis', () => {
  const server = redis as TestRedis;
  let writer: Node;
  let reader: Node;
  beforeAll(async () => {
    writer = await join(server);
    reader = await join(server);
  });
  afterEach(() => nodes.splice(2).forEach((node) => void node.bus.close()));
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.bus.close()));
    await server.stop();
  });

  const readerSees = async (messageId: string, afterSeq: number, what: number[] | 'behind') => {
    const look = () => next(reader, messageId, afterSeq);
    await expect.poll(look, { timeout: 10_000 }).toEqual(what);
  };

  /** A reply of so many events at the writer's node, of which the reader's knows. */
  async function openReply(count: number): Promise<{ id: string; log: OpenLog }> {
    const id = newId();
    const log = writer.eventLog.open(id);
    log.append(deltas(id, 1, count));
    await readerSees(id, 0, numbers(1, count));
    return { id, log };
  }

  it('reads a reply of another node as it grows, from any event on, to its end', async () => {
    const { id, log } = await openReply(3);
    const [whole, rest] = [readAll(reader, id), readAll(reader, id, 2)];
    for (let seq = 4; seq <= 60; seq += 1) {
      log.append(deltas(id, seq, seq));
      if (seq % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    log.close();
    const all = numbers(1, 60);
    expect(await whole).toEqual({ seen: all, state: 'closed' });
    expect(await rest).toEqual({ seen: all.slice(2), state: 'closed' });
  });

  it('knows nothing of a reply that is written nowhere', async () => {
    expect(await next(reader, newId(), 0)).toBe('closed');
  });

  it('sends whoever is too far behind to storage, and goes on from there', async () => {
    const id = newId();
    const log = writer.eventLog.open(id);
    // Each read before the next is written: what waits together becomes one entry.
    for (let seq = 1; seq <= 800; seq += 1) {
      log.append(deltas(id, seq, seq));
      await readerSees(id, seq - 1, [seq]);
    }
    expect(await next(reader, id, 0)).toBe('behind');
    expect(await next(reader, id, 790)).toEqual(numbers(791, 800));
    log.close();
  });

  it('takes nothing from a writer whose reply was ended by another node', async () => {
    const { id, log } = await openReply(1);
    const waiting = next(reader, id, 1);
    reader.eventLog.close(id);
    expect(await waiting).toBe('closed');
    log.append(deltas(id, 2, 2));
    const third = await join(server);
    expect(await readAll(third, id)).toEqual({ seen: [1], state: 'closed' });
  });

  it('lets a waiting reader leave', async () => {
    const { id, log } = await openReply(1);
    const leaving = new AbortController();
    const waiting = reader.eventLog.follow(id, 1, () => undefined, leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    log.close();
  });

  it('tells all other nodes, and not itself', async () => {
    const third = await join(server);
    const heard: Record<string, NodeMessage[]> = { writer: [], reader: [], third: [] };
    const both = new Promise<void>((resolve) => {
      const count = () => heard.reader?.length && heard.third?.length && resolve();
      writer.bus.subscribe((message) => heard.writer?.push(message));
      reader.bus.subscribe((message) => (heard.reader?.push(message), count()));
      third.bus.subscribe((message) => (heard.third?.push(message), count()));
    });
    const message: NodeMessage = { kind: 'session-ended', sessionId: newId() };
    await expect.poll(() => (writer.bus.publish(message), heard.third?.length)).toBeTruthy();
    await both;
    expect(heard.reader?.[0]).toEqual(message);
    expect(heard.writer).toEqual([]);
  });

  it('goes on alone while Redis is away, says so, and heals by itself', async () => {
    const { id, log } = await openReply(1);
    const waiting = next(reader, id, 1);
    let returns = 0;
    reader.bus.onReturn(() => void (returns += 1));

    await server.kill();
    expect(await waiting).toBe('closed');
    await Promise.all([until(writer, false), until(reader, false)]);
    expect(await reader.bus.isAnswering()).toBe(false);
    log.append(deltas(id, 2, 3));
    expect(await next(writer, id, 1)).toEqual([2, 3]);
    expect(await next(reader, id, 1)).toBe('closed');
    writer.bus.publish({ kind: 'session-ended', sessionId: newId() });

    await server.restart();
    await Promise.all([until(writer, true), until(reader, true)]);
    expect(await reader.bus.isAnswering()).toBe(true);
    expect(returns).toBe(1);
    log.append(deltas(id, 4, 4));
    // What was said meanwhile is in storage; what follows it is live again.
    await readerSees(id, 1, 'behind');
    expect(await next(reader, id, 3)).toEqual([4]);
    const heard = new Promise((resolve) => reader.bus.subscribe(resolve));
    writer.bus.publish({ kind: 'session-ended', sessionId: 'after' });
    expect(await heard).toEqual({ kind: 'session-ended', sessionId: 'after' });
    log.close();
  });

  it('starts without Redis, and joins once it is there', async () => {
    await server.kill();
    const late = await join(server);
    expect(late.bus.isConnected).toBe(false);
    await server.restart();
    await until(late, true);
  });
});
