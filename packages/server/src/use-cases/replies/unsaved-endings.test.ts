import { afterEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/domain-error.js';
import {
  endingOf,
  openReplyStage,
  textOf,
  type ReplyStage,
  type StageOptions,
} from '../../test-support/reply-stage.js';
import { wholeReply } from '../../test-support/scripted-upstream.js';

let stage: ReplyStage;
afterEach(() => stage.close());

/** Storage that takes nothing of replies while it is away. */
function createOutage() {
  const outage = { isAway: false, attempts: 0, handleAttempt: () => {} };
  const refuse = () => {
    if (outage.isAway) throw new DomainError('storage_unavailable', 'The disk is full.');
  };
  const wrapStorage: StageOptions['wrapStorage'] = (storage) => ({
    ...storage,
    async appendReplyEvents(...args) {
      refuse();
      return storage.appendReplyEvents(...args);
    },
    async recordUsage(entry) {
      outage.attempts += 1;
      outage.handleAttempt();
      refuse();
      return storage.recordUsage(entry);
    },
  });
  const tried = (times: number) =>
    new Promise<void>((resolve) => {
      outage.handleAttempt = () => outage.attempts >= times && resolve();
      outage.handleAttempt();
    });
  return { outage, wrapStorage, tried };
}

const words = Array.from({ length: 300 }, (_, index) => `word${index} `);

describe('an ending that storage does not take', () => {
  it('waits with all its text until it does, and the chat goes on at once', async () => {
    const { outage, wrapStorage, tried } = createOutage();
    stage = await openReplyStage({ wrapStorage });
    stage.upstream.answerWith(wholeReply(...words));
    outage.isAway = true;
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    const reading = stage.read(stage.caller, sent);
    await tried(3);
    expect(stage.engine.unsavedCount()).toBe(1);
    outage.isAway = false;
    const events = await reading;
    expect(endingOf(events)).toMatchObject({ event: 'message-end', data: { status: 'complete' } });
    expect(textOf(events)).toBe(words.join(''));
    const { userId } = stage.caller;
    expect(await stage.storage.findMessage(userId, sent.reply.id)).toMatchObject({
      status: 'complete',
      content: words.join(''),
    });
    expect(stage.engine.unsavedCount()).toBe(0);
    const { id: chat_id } = sent.chat;
    const next = await stage.send(stage.caller, { chat_id, message: 'More' });
    expect(endingOf(await stage.read(stage.caller, next))).toMatchObject({ event: 'message-end' });
  });

  it('does not keep whoever stops or deletes from going on, nor is it ended by recovery', async () => {
    const { outage, wrapStorage, tried } = createOutage();
    stage = await openReplyStage({ wrapStorage });
    stage.upstream.answerWith(wholeReply(...words));
    outage.isAway = true;
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    const reading = stage.read(stage.caller, sent);
    await tried(2);
    await stage.engine.stop(sent.reply.id);
    stage.advanceClock(3_600_000);
    await stage.engine.recover();
    outage.isAway = false;
    expect(endingOf(await reading)).toMatchObject({ event: 'message-end' });
  });

  it('is told as unsaved to readers that have waited, and as whole once it is', async () => {
    const { outage, wrapStorage } = createOutage();
    stage = await openReplyStage({ wrapStorage, engine: { readerPatienceMs: 0 } });
    stage.upstream.answerWith(wholeReply(...words));
    outage.isAway = true;
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    const events = await stage.read(stage.caller, sent);
    expect(textOf(events)).toBe(words.join(''));
    expect(endingOf(events)).toMatchObject({
      event: 'message-error',
      data: { code: 'storage_unavailable', retryable: true },
    });
    outage.isAway = false;
    const whole = await stage.hear(
      ({ event, data }) => event === 'message_updated' && data.message.status === 'complete',
    );
    expect(whole).toMatchObject({ data: { message: { content: words.join(''), error: null } } });
    const again = await stage.read(stage.caller, sent);
    expect(endingOf(again)).toMatchObject({ event: 'message-end' });
  });

  it('waits no longer than the room for it lasts, and then says so', async () => {
    const { outage, wrapStorage } = createOutage();
    stage = await openReplyStage({ wrapStorage, engine: { maxUnsavedBytes: 100 } });
    stage.upstream.answerWith(wholeReply(...words));
    outage.isAway = true;
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    const events = await stage.read(stage.caller, sent);
    expect(endingOf(events)).toMatchObject({
      event: 'message-error',
      data: { code: 'storage_unavailable' },
    });
  });

  it('is saved while the server drains, if storage comes back in time', async () => {
    const { outage, wrapStorage, tried } = createOutage();
    stage = await openReplyStage({ wrapStorage });
    stage.upstream.answerWith(wholeReply(...words));
    outage.isAway = true;
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    await tried(2);
    const draining = stage.engine.drain(60_000);
    await tried(3);
    outage.isAway = false;
    await draining;
    expect(await stage.storage.findMessage(stage.caller.userId, sent.reply.id)).toMatchObject({
      status: 'complete',
      content: words.join(''),
    });
  });

  it('costs what is known of it rather than its text, when that alone is refused', async () => {
    stage = await openReplyStage({
      wrapStorage: (storage) => ({
        ...storage,
        recordUsage: () => Promise.reject(new TypeError('a count that cannot be stored')),
      }),
    });
    stage.upstream.answerWith(wholeReply(...words));
    const sent = await stage.send(stage.caller, { message: 'Hello' });
    const events = await stage.read(stage.caller, sent);
    expect(endingOf(events)).toMatchObject({ event: 'message-end' });
    expect(textOf(events)).toBe(words.join(''));
  });
});
