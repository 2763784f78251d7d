import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { createMemoryEventLog } from './memory-event-log.js';

const delta = (seq: number): StreamEvent => ({
  seq,
  event: 'text-delta',
  data: { message_id: 'm', delta: `${seq} ` },
});
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const deltas = (from: number, to: number): StreamEvent[] => numbers(from, to).map(delta);

const never = new AbortController().signal;

function openLog() {
  const logs = createMemoryEventLog();
  const log = logs.open('m');
  /** Follows it, and keeps the numbers of what it was given. */
  const follow = (afterSeq: number, signal = never) => {
    const seen: number[] = [];
    const take = (batch: readonly StreamEvent[]) => void seen.push(...batch.map(({ seq }) => seq));
    return { seen, ended: logs.follow('m', afterSeq, take, signal) };
  };
  return { logs, log, follow };
}

describe('createMemoryEventLog', () => {
  it('gives each follower what follows its own place, and what comes', () => {
    const { log, follow } = openLog();
    log.append(deltas(1, 5));
    const followers = [follow(0), follow(3), follow(5)];
    log.append([delta(6)]);
    log.append(deltas(7, 8));
    expect(followers.map(({ seen }) => seen)).toEqual([
      numbers(1, 8),
      numbers(4, 8),
      numbers(6, 8),
    ]);
  });

  it('forgets what storage has, and sends a follower that lacks it there', async () => {
    const { logs, log, follow } = openLog();
    const early = follow(0);
    log.append(deltas(1, 10));
    expect(logs.size).toEqual({ replies: 1, events: 10 });
    log.release(5);
    log.release(3);
    expect(logs.size).toEqual({ replies: 1, events: 5 });
    expect(await follow(4).ended).toBe('behind');
    const late = follow(5);
    log.release(10);
    expect(await follow(9).ended).toBe('behind');
    const latest = follow(10);
    log.append([delta(11)]);
    expect([early.seen, late.seen, latest.seen]).toEqual([numbers(1, 11), numbers(6, 11), [11]]);
  });

  it('gives a busy follower nothing, and then all that came meanwhile at once', async () => {
    const { logs, log } = openLog();
    const batches: number[][] = [];
    let rest = () => {};
    const ended = logs.follow(
      'm',
      0,
      (batch) => {
        batches.push(batch.map(({ seq }) => seq));
        return new Promise((resolve) => (rest = resolve));
      },
      never,
    );
    for (const seq of numbers(1, 4)) log.append([delta(seq)]);
    expect(batches).toEqual([[1]]);
    log.close();
    rest();
    await expect.poll(() => batches).toEqual([[1], [2, 3, 4]]);
    rest();
    expect(await ended).toBe('closed');
  });

  it('sends a follower to storage that was busy for too long', async () => {
    const { logs, log } = openLog();
    let rest = () => {};
    const take = () => new Promise<void>((resolve) => (rest = resolve));
    const ended = logs.follow('m', 0, take, never);
    log.append([delta(1)]);
    log.append([delta(2)]);
    log.release(2);
    rest();
    expect(await ended).toBe('behind');
  });

  it('tells waiting and coming followers that it is closed, after its last events', async () => {
    const { log, follow } = openLog();
    const waiting = follow(0);
    log.append([delta(1)]);
    log.close();
    expect(await waiting.ended).toBe('closed');
    expect(waiting.seen).toEqual([1]);
    expect(await follow(0).ended).toBe('closed');
  });

  it('lets a follower go when its signal aborts, and gives it nothing more', async () => {
    const { log, follow } = openLog();
    const controller = new AbortController();
    const { seen, ended } = follow(0, controller.signal);
    controller.abort(new Error('reader left'));
    await expect(ended).rejects.toThrow('reader left');
    log.append([delta(1)]);
    expect(seen).toEqual([]);
    await expect(follow(0, controller.signal).ended).rejects.toThrow('reader left');
  });

  it('keeps the failure of one follower from the writer and from the others', async () => {
    const { logs, log, follow } = openLog();
    const broken = [
      () => {
        throw new Error('broken');
      },
      () => Promise.reject(new Error('broken')),
    ].map((take) => logs.follow('m', 0, take, never));
    const sound = follow(0);
    log.append([delta(1)]);
    log.append([delta(2)]);
    for (const ended of broken) await expect(ended).rejects.toThrow('broken');
    expect(sound.seen).toEqual([1, 2]);
  });
});
