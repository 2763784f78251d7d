import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeFirstSend,
  makeRegeneration,
  makeSend,
  newId,
  START,
} from '../../test-support/storage-fixtures.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeSends(makeHome: MakeHome): void {
  describe('sends', () => {
    const db = useStorage(makeHome);

    it('writes chat, question and pending reply as they were given', async () => {
      const { id: owner } = await addUser(db.storage);
      const { send, chat, user, reply } = makeFirstSend(owner, { at: START + 7 });
      expect(await db.storage.recordSend(send)).toEqual({ outcome: 'recorded' });
      expect(await db.storage.findChat(owner, reply.chatId)).toEqual({
        ...chat,
        activeLeafId: reply.id,
        updatedAt: START + 7,
      });
      const siblings = { index: 0, count: 1, previousId: null, nextId: null };
      expect(await db.storage.findMessage(owner, user.id)).toEqual({ ...user, siblings });
      expect(await db.storage.findMessage(owner, reply.id)).toEqual({ ...reply, siblings });
    });

    it('moves the chat on with each further send', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, reply: parent } = await addChat(db.storage, owner);
      const { send, reply } = makeSend(chat.id, owner, parent, { at: START + 60 });
      await db.storage.recordSend(send);
      expect(await db.storage.findChat(owner, chat.id)).toEqual({
        ...chat,
        activeLeafId: reply.id,
        updatedAt: START + 60,
        version: chat.version + 1,
      });
    });

    it('records a key once and answers repeats with the first ids', async () => {
      const { id: owner } = await addUser(db.storage);
      const first = makeFirstSend(owner, { key: 'k' });
      await db.storage.recordSend(first.send);
      const again = makeFirstSend(owner, { key: 'k' });
      const repeated = {
        outcome: 'repeated',
        chatId: first.reply.chatId,
        userMessageId: first.user.id,
        replyId: first.reply.id,
      };
      expect(await db.storage.recordSend(again.send)).toEqual(repeated);
      expect(await db.storage.findSend(owner, 'k', 'same')).toEqual(repeated);
      expect(await db.storage.findChat(owner, again.reply.chatId)).toBeNull();
      expect(await db.storage.findMessage(owner, again.reply.id)).toBeNull();
    });

    it('tells a repeat from a key used for something else', async () => {
      const { id: owner } = await addUser(db.storage);
      const { send } = makeFirstSend(owner, { key: 'k' });
      await db.storage.recordSend(send);
      const other = makeFirstSend(owner, { key: 'k', fingerprint: 'different' });
      expect(await db.storage.recordSend(other.send)).toEqual({ outcome: 'mismatch' });
      expect(await db.storage.findSend(owner, 'k', 'different')).toEqual({ outcome: 'mismatch' });
      expect(await db.storage.findSend(owner, 'fresh', 'same')).toBeNull();
      expect(await db.storage.findChat(owner, other.reply.chatId)).toBeNull();
    });

    it("keeps one owner's keys apart from another's", async () => {
      for (const owner of [await addUser(db.storage), await addUser(db.storage)]) {
        const { send } = makeFirstSend(owner.id, { key: 'shared' });
        expect(await db.storage.recordSend(send)).toEqual({ outcome: 'recorded' });
      }
    });

    it('records one of many sends that race with one key', async () => {
      const { id: owner } = await addUser(db.storage);
      const sends = Array.from({ length: 20 }, () => makeFirstSend(owner, { key: 'k' }));
      const outcomes = await Promise.all(
        sends.map(({ send }, index) => (index % 2 ? db.storage : db.other).recordSend(send)),
      );
      const recorded = sends.filter((_, index) => outcomes[index]?.outcome === 'recorded');
      expect(recorded).toHaveLength(1);
      const replyId = recorded[0]?.reply.id;
      for (const outcome of outcomes) {
        if (outcome.outcome !== 'recorded') {
          expect(outcome).toMatchObject({ outcome: 'repeated', replyId });
        }
      }
      expect(await db.storage.listChats(owner, { limit: 50, archived: false })).toHaveLength(1);
    });

    it('records one of the sends that race from one leaf, and nothing of the others', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply: leaf } = await addChat(db.storage, owner);
      const seenLeafId = leaf.id;
      const sends = Array.from({ length: 10 }, (_, index) =>
        index % 3 === 0
          ? makeRegeneration(user, { seenLeafId })
          : makeSend(chat.id, owner, leaf, { seenLeafId, key: `k${index}` }),
      );
      const outcomes = await Promise.all(
        sends.map(({ send }, index) => (index % 2 ? db.storage : db.other).recordSend(send)),
      );
      const recorded = sends.filter((_, index) => outcomes[index]?.outcome === 'recorded');
      expect(recorded).toHaveLength(1);
      const winner = recorded[0];
      expect(await db.storage.findChat(owner, chat.id)).toMatchObject({
        activeLeafId: winner?.reply.id,
        version: chat.version + 1,
      });
      for (const [index, { send, reply }] of sends.entries()) {
        if (send === winner?.send) continue;
        expect(outcomes[index]).toEqual({ outcome: 'outdated' });
        expect(await db.storage.findMessage(owner, reply.id)).toBeNull();
        expect(send.key && (await db.storage.findSend(owner, send.key, 'same'))).toBeNull();
      }
    });

    it('is harmless when the very same send is written twice', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, reply: parent } = await addChat(db.storage, owner);
      const { send, reply, user } = makeSend(chat.id, owner, parent);
      await db.storage.recordSend(send);
      expect(await db.storage.recordSend(send)).toEqual({
        outcome: 'repeated',
        chatId: chat.id,
        userMessageId: user.id,
        replyId: reply.id,
      });
      expect((await db.storage.findChat(owner, chat.id))?.version).toBe(chat.version + 1);
    });

    it('names the question answered again when only its reply is new', async () => {
      const { id: owner } = await addUser(db.storage);
      const { user } = await addChat(db.storage, owner);
      const { send, reply } = makeRegeneration(user, { key: 'again' });
      await db.storage.recordSend(send);
      expect(await db.storage.findSend(owner, 'again', 'same')).toEqual({
        outcome: 'repeated',
        chatId: user.chatId,
        userMessageId: user.id,
        replyId: reply.id,
      });
    });

    it('writes nothing under a chat or a parent that is not there', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat } = await addChat(db.storage, owner);
      const { reply: foreign } = await addChat(db.storage, owner);
      for (const { send, reply } of [
        makeSend(newId(), owner, null),
        makeSend(chat.id, owner, foreign),
        makeSend(chat.id, owner, { id: newId(), depth: 3 }),
      ]) {
        await expect(db.storage.recordSend(send)).rejects.toMatchObject({ code: 'not_found' });
        expect(await db.storage.findMessage(owner, reply.id)).toBeNull();
      }
      expect(await db.storage.findChat(owner, chat.id)).toEqual(chat);
    });
  });
}
