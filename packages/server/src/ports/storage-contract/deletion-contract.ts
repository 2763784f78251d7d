import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeDeltas,
  makeSend,
  newId,
  NODE,
  START,
} from '../../test-support/storage-fixtures.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeDeletion(makeHome: MakeHome): void {
  describe('deletion', () => {
    const db = useStorage(makeHome);
    const start = async () => {
      const user = await addUser(db.storage);
      return { owner: user.id, ...(await addChat(db.storage, user.id, { key: 'k' })) };
    };

    it('hides a deleted chat from every verb until it is restored', async () => {
      const { owner, chat, reply } = await start();
      const branch = { leafId: reply.id, limit: 10 };
      const everything = async () => [
        await db.storage.findChat(owner, chat.id),
        (await db.storage.listChats(owner, { limit: 10, archived: false })).length,
        await db.storage.findMessage(owner, reply.id),
        (await db.storage.listBranch(owner, chat.id, branch)).length,
        await db.storage.findNewestLeaf(owner, reply.id),
      ];
      const before = await everything();
      expect(before.every(Boolean)).toBe(true);
      expect(await db.storage.deleteChat(owner, chat.id, START + 10)).toBe(true);
      expect(await everything()).toEqual([null, 0, null, 0, null]);
      expect(await db.storage.castVote(owner, reply.id, 'upvote')).toBeNull();
      expect(await db.storage.updateChat(owner, chat.id, { pinned: true })).toBeNull();
      expect(await db.storage.setFirstTitle(owner, chat.id, 'x')).toBeNull();
      const { send } = makeSend(chat.id, owner, reply);
      await expect(db.storage.recordSend(send)).rejects.toMatchObject({ code: 'not_found' });
      expect(await db.storage.deleteChat(owner, chat.id, START + 11)).toBe(false);

      const restored = await db.storage.restoreChat(owner, chat.id, START + 10);
      expect(restored).toEqual({ ...chat, version: chat.version + 2 });
      expect(await everything()).toEqual([restored, ...before.slice(1)]);
    });

    it('lets a running reply of a deleted chat be found and go on, so that undo loses nothing', async () => {
      const { owner, chat, reply } = await start();
      await db.storage.deleteChat(owner, chat.id, START);
      const events = makeDeltas(reply.id, 1, ['text']);
      await db.storage.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events }], START);
      expect(await db.storage.listRunningReplies(owner, chat.id)).toHaveLength(1);
      await db.storage.restoreChat(owner, chat.id, START);
      expect(await db.storage.findMessage(owner, reply.id)).toMatchObject({ content: 'text' });
    });

    it('restores within the window only', async () => {
      const { owner, chat } = await start();
      await db.storage.deleteChat(owner, chat.id, START + 10);
      expect(await db.storage.restoreChat(owner, chat.id, START + 11)).toBe('expired');
      expect(await db.storage.restoreChat(owner, newId(), START)).toBe('not_found');
      expect(await db.storage.restoreChat(owner, chat.id, START + 10)).toMatchObject({
        id: chat.id,
      });
      // Undoing twice is harmless.
      expect(await db.storage.restoreChat(owner, chat.id, START + 99)).toMatchObject({
        id: chat.id,
        version: chat.version + 2,
      });
    });

    it('purges old deletions with all that hung on them, and nothing else', async () => {
      const old = await start();
      const events = makeDeltas(old.reply.id, 1, ['x']);
      await db.storage.appendReplyEvents(
        [{ messageId: old.reply.id, nodeId: NODE, events }],
        START,
      );
      const recent = await start();
      const live = await start();
      await db.storage.deleteChat(old.owner, old.chat.id, START - 1_000);
      await db.storage.deleteChat(recent.owner, recent.chat.id, START);
      expect(await db.storage.purgeChats(START - 500, 10)).toBe(1);
      expect(await db.storage.purgeChats(START - 500, 10)).toBe(0);
      expect(await db.storage.restoreChat(old.owner, old.chat.id, -10)).toBe('not_found');
      expect(await db.storage.listReplyEvents(old.reply.id, 0, 10)).toEqual([]);
      expect(await db.storage.findSend(old.owner, 'k', 'same')).toBeNull();
      expect(await db.storage.listRunningReplies(old.owner, old.chat.id)).toEqual([]);
      expect(await db.storage.restoreChat(recent.owner, recent.chat.id, START)).toMatchObject({
        id: recent.chat.id,
      });
      expect(await db.storage.findMessage(live.owner, live.reply.id)).not.toBeNull();
    });

    it('purges long chats whole and no more chats than asked for', async () => {
      const { owner, chat, reply } = await start();
      let leaf = reply;
      for (let index = 0; index < 150; index++) {
        const made = makeSend(chat.id, owner, leaf);
        await db.storage.recordSend(made.send);
        leaf = made.reply;
      }
      const { chat: second } = await addChat(db.storage, owner);
      await db.storage.deleteChat(owner, chat.id, START - 2_000);
      await db.storage.deleteChat(owner, second.id, START - 1_500);
      expect(await db.storage.purgeChats(START - 1_000, 1)).toBe(1);
      expect(await db.storage.restoreChat(owner, chat.id, 0)).toBe('not_found');
      expect(await db.storage.restoreChat(owner, second.id, 0)).toMatchObject({ id: second.id });
      // The ids are free again, so nothing of them was left behind.
      const again = makeSend(chat.id, owner, null, { newChat: { ...chat, activeLeafId: null } });
      expect(await db.storage.recordSend(again.send)).toEqual({ outcome: 'recorded' });
      expect(await db.storage.findMessage(owner, again.user.id)).toMatchObject({
        siblings: { count: 1 },
      });
    });

    it('brings no chat back that is half gone', async () => {
      const { owner, chat, reply } = await start();
      const questions = Array.from({ length: 250 }, () => makeSend(chat.id, owner, reply));
      for (const { send } of questions) await db.storage.recordSend(send);
      await db.storage.deleteChat(owner, chat.id, START - 2_000);
      const purging = db.storage.purgeChats(START - 1_000, 10);
      const restored = await db.other.restoreChat(owner, chat.id, -10);
      const purged = await purging;
      // Either came first; never both.
      expect([restored === 'expired' || restored === 'not_found', purged]).toEqual(
        typeof restored === 'string' ? [true, 1] : [false, 0],
      );
    });
  });
}
