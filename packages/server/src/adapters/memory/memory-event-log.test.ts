import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import { createMemoryEventLog } from './memory-event-log.js';

const delta = (seq: number): StreamEvent => ({
  seq,
  event: 'text-delta',
  data: { message_id: 'm', delta: `${seq} ` },
});
const deltas = (from: number, to: number): StreamEvent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => delta(from + index));

const never = new AbortController().signal;

describe('createMemoryEventLog', () => {
  it('gives each follower what follows its own place', async () => {
    const log = createMemoryEventLog();
    log.open('m');
    log.append('m', deltas(1, 5));
    expect(await log.follow('m', 0, never)).toEqual({ state: 'events', events: deltas(1, 5) });
    expect(await log.follow('m', 3, never)).toEqual({ state: 'events', events: deltas(4, 5) });
  });

  it('wakes every waiting follower', async () => {
    const log = createMemoryEventLog();
    log.open('m');
    const followers = [log.follow('m', 0, never), log.follow('m', 0, never)];
    log.append('m', [delta(1)]);
    for (const batch of await Promise.all(followers)) {
      expect(batch).toEqual({ state: 'events', events: [delta(1)] });
    }
  });

  it('forgets only what storage has, and sends a late follower there', async () => {
    const log = createMemoryEventLog({ tailEvents: 2 });
    log.open('m');
    log.append('m', deltas(1, 10));
    expect(await log.follow('m', 0, never)).toEqual({ state: 'events', events: deltas(1, 10) });
    log.release('m', 5);
    expect(await log.follow('m', 4, never)).toEqual({ state: 'behind' });
    expect(await log.follow('m', 5, never)).toEqual({ state: 'events', events: deltas(6, 10) });
    log.release('m', 10);
    expect(await log.follow('m', 8, never)).toEqual({ state: 'events', events: deltas(9, 10) });
  });

  it('tells waiting and coming followers that it is closed', async () => {
    const log = createMemoryEventLog();
    log.open('m');
    const waiting = log.follow('m', 0, never);
    log.close('m');
    expect(await waiting).toEqual({ state: 'closed' });
    expect(await log.follow('m', 0, never)).toEqual({ state: 'closed' });
  });

  it('gives the last events to a follower that waited for them', async () => {
    const log = createMemoryEventLog();
    log.open('m');
    const waiting = log.follow('m', 0, never);
    log.append('m', [delta(1)]);
    log.close('m');
    expect(await waiting).toEqual({ state: 'events', events: [delta(1)] });
  });

  it('lets a follower go when its signal aborts', async () => {
    const log = createMemoryEventLog();
    log.open('m');
    const controller = new AbortController();
    const waiting = log.follow('m', 0, controller.signal);
    controller.abort(new Error('reader left'));
    await expect(waiting).rejects.toThrow('reader left');
  });
});
