import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeDeltas,
  makeEnding,
  makeFirstSend,
  newId,
  NODE,
  START,
} from '../../test-support/storage-fixtures.js';
import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeReplies(makeHome: MakeHome): void {
  describe('replies', () => {
    const db = useStorage(makeHome);
    const start = async () => {
      const user = await addUser(db.storage);
      return { owner: user.id, ...(await addChat(db.storage, user.id)) };
    };
    const append = (messageId: string, events: StreamEvent[], at = START, nodeId = NODE) =>
      db.storage.appendReplyEvents([{ messageId, nodeId, events }], at);

    it('puts the text of an unfinished reply together from its events', async () => {
      const { owner, chat, reply } = await start();
      await append(reply.id, makeDeltas(reply.id, 1, ['Grüß', ' dich']));
      const thought = { message_id: reply.id, delta: 'hm' };
      await append(reply.id, [
        { seq: 3, event: 'reasoning-delta', data: thought },
        ...makeDeltas(reply.id, 4, ['!']),
      ]);
      const expected = { status: 'streaming', content: 'Grüß dich!', reasoning: 'hm' };
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject(expected);
      const [page] = await db.storage.listBranch(owner, chat.id, { leafId: reply.id, limit: 1 });
      expect(page).toMatchObject(expected);
      expect(await db.storage.castVote(owner, reply.id, 'upvote')).toMatchObject(expected);
    });

    it('gives events from any place on, in order and each once', async () => {
      const { reply } = await start();
      const events = makeDeltas(reply.id, 1, [...'abcdefghij']);
      await append(reply.id, events.slice(0, 3));
      await append(reply.id, events.slice(3, 4));
      // A write that was tried again with more in it.
      await append(reply.id, events.slice(3, 9));
      await append(reply.id, events.slice(3, 9));
      await append(reply.id, events.slice(9));
      for (let after = 0; after <= 10; after++) {
        expect(await db.storage.listReplyEvents(reply.id, after, 99)).toEqual(events.slice(after));
      }
      expect(await db.storage.listReplyEvents(reply.id, 2, 3)).toEqual(events.slice(2, 5));
      expect(await db.storage.listReplyEvents(newId(), 0, 3)).toEqual([]);
    });

    it('ends a reply once, whoever tries', async () => {
      const { owner, reply } = await start();
      await append(reply.id, makeDeltas(reply.id, 1, ['half']));
      const endings = Array.from({ length: 10 }, (_, index) =>
        makeEnding(reply.id, {
          content: `ending ${index}`,
          events: makeDeltas(reply.id, 2, [`last ${index}`]),
        }),
      );
      const outcomes = await Promise.all(
        endings.map((ending, index) => (index % 2 ? db.storage : db.other).endReply(ending)),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const winner = endings[outcomes.indexOf(true)];
      const { status, content, reasoning, error, metrics, parameters } = winner ?? endings[0] ?? {};
      expect(await db.storage.findMessage(owner, reply.id)).toEqual({
        ...reply,
        ...{ status, content, reasoning, error, metrics, parameters },
        version: reply.version + 2,
        siblings: { index: 0, count: 1, previousId: null, nextId: null },
      });
      const log = await db.storage.listReplyEvents(reply.id, 1, 9);
      expect(log).toEqual(winner?.events);
    });

    it('keeps the error of a reply that failed', async () => {
      const { owner, reply } = await start();
      const error = { code: 'provider_timeout', message: 'Too slow.', retryable: true };
      await db.storage.endReply(makeEnding(reply.id, { status: 'error', error, metrics: null }));
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject({
        status: 'error',
        error,
        metrics: null,
      });
    });

    it('takes nothing more for a reply that ended, and nothing from a node it is not of', async () => {
      const { owner, reply } = await start();
      await append(reply.id, makeDeltas(reply.id, 1, ['stray']), START, 'node-b');
      expect(await db.storage.listReplyEvents(reply.id, 0, 9)).toEqual([]);
      await db.storage.endReply(makeEnding(reply.id, { content: 'final' }));
      await append(reply.id, makeDeltas(reply.id, 1, ['late']));
      expect(await db.storage.listReplyEvents(reply.id, 0, 9)).toEqual([]);
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject({ content: 'final' });
      expect(await db.storage.endReply(makeEnding(newId()))).toBe(false);
    });

    it('names replies whose heart stopped, and those still running in a chat', async () => {
      const now = START + 1_000_000;
      const silent = await start();
      const beating = await start();
      const writing = await start();
      const ended = await start();
      await db.storage.beatReplies(NODE, [beating.reply.id, newId()], now);
      await db.storage.beatReplies('node-b', [silent.reply.id], now);
      await append(writing.reply.id, makeDeltas(writing.reply.id, 1, ['x']), now);
      await db.storage.endReply(makeEnding(ended.reply.id));
      const abandoned = await db.storage.listAbandonedReplies(now, 1_000);
      const ids = abandoned.map(({ messageId }) => messageId);
      expect(abandoned).toContainEqual({
        messageId: silent.reply.id,
        chatId: silent.chat.id,
        ownerId: silent.owner,
        nodeId: NODE,
        heartbeatAt: START,
      });
      for (const { reply } of [beating, writing, ended]) expect(ids).not.toContain(reply.id);
      expect(await db.storage.listAbandonedReplies(now, 1)).toHaveLength(1);
      const running = async ({ owner, chat }: typeof silent) =>
        (await db.storage.listRunningReplies(owner, chat.id)).map(({ messageId }) => messageId);
      expect(await running(writing)).toEqual([writing.reply.id]);
      expect(await running(ended)).toEqual([]);
    });

    it('drops old logs and keeps the text', async () => {
      const { id: owner } = await addUser(db.storage);
      const made = [makeFirstSend(owner), makeFirstSend(owner), makeFirstSend(owner)];
      for (const [index, { send, reply }] of made.entries()) {
        await db.storage.recordSend(send);
        await append(reply.id, makeDeltas(reply.id, 1, ['a']));
        const events = makeDeltas(reply.id, 2, ['b']);
        await db.storage.endReply(
          makeEnding(reply.id, { content: 'ab', events, at: START - 3_000 + index * 1_000 }),
        );
      }
      const logs = async () =>
        await Promise.all(
          made.map(async ({ reply }) => (await db.storage.listReplyEvents(reply.id, 0, 9)).length),
        );
      expect(await db.storage.purgeReplyEvents(START - 1_500, 1)).toBe(1);
      expect(await logs()).toEqual([0, 2, 2]);
      expect(await db.storage.purgeReplyEvents(START - 1_500, 10)).toBe(1);
      expect(await db.storage.purgeReplyEvents(START - 1_500, 10)).toBe(0);
      expect(await logs()).toEqual([0, 0, 2]);
      const oldest = made[0]?.reply.id ?? '';
      expect(await db.storage.findMessage(owner, oldest)).toMatchObject({ content: 'ab' });
    });
  });
}
