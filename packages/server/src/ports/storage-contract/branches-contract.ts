import { MAX_PAGE_LENGTH } from '../../domain/page-size.js';
import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeRegeneration,
  makeEnding,
  makeSend,
  newId,
} from '../../test-support/storage-fixtures.js';
import type { Message } from '../../domain/message.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

/** As deep as a chat gets in years; a page of it must not cost more for that. */
const DEEPEST = 2_000;
const PAGE = 250;

export function describeBranches(makeHome: MakeHome): void {
  describe('branches', () => {
    const db = useStorage(makeHome);

    it('places edited and regenerated messages among their siblings, first messages too', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      const second = makeRegeneration(user);
      const third = makeRegeneration(user);
      const edited = makeSend(chat.id, owner, null);
      // Another chat's messages have the same (absent) parent and are no siblings.
      await addChat(db.storage, owner);
      for (const { send } of [second, third, edited]) await db.storage.recordSend(send);
      const place = async (message: Message) =>
        (await db.storage.findMessage(owner, message.id))?.siblings;
      expect(await place(reply)).toEqual({
        index: 0,
        count: 3,
        previousId: null,
        nextId: second.reply.id,
      });
      expect(await place(second.reply)).toEqual({
        index: 1,
        count: 3,
        previousId: reply.id,
        nextId: third.reply.id,
      });
      expect(await place(user)).toMatchObject({ index: 0, count: 2, nextId: edited.user.id });
      expect(await place(edited.user)).toMatchObject({ index: 1, previousId: user.id });
      expect(await place(edited.reply)).toMatchObject({ index: 0, count: 1 });
    });

    it('lists each branch alone, oldest first, whichever leaf it is read from', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      const second = makeRegeneration(user);
      await db.storage.recordSend(second.send);
      const next = makeSend(chat.id, owner, second.reply);
      await db.storage.recordSend(next.send);
      const list = async (leafId: string, limit = 50) =>
        (await db.storage.listBranch(owner, chat.id, { leafId, limit })).map(({ id }) => id);
      expect(await list(reply.id)).toEqual([user.id, reply.id]);
      const branch = [user.id, second.reply.id, next.user.id, next.reply.id];
      expect(await list(next.reply.id)).toEqual(branch);
      expect(await list(next.reply.id, 2)).toEqual(branch.slice(2));
      expect(await list(second.reply.id, 1)).toEqual([second.reply.id]);
      const page = await db.storage.listBranch(owner, chat.id, { leafId: reply.id, limit: 1 });
      expect(page).toEqual([await db.storage.findMessage(owner, reply.id)]);
      expect(page[0]?.siblings.count).toBe(2);
    });

    it('gives nothing for a leaf of another chat', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat } = await addChat(db.storage, owner);
      const { reply } = await addChat(db.storage, owner);
      for (const leafId of [reply.id, newId()]) {
        expect(await db.storage.listBranch(owner, chat.id, { leafId, limit: 10 })).toEqual([]);
      }
    });

    it('finds the newest leaf below a message', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      const below = makeSend(chat.id, owner, reply);
      const second = makeRegeneration(user);
      for (const { send } of [below, second]) await db.storage.recordSend(send);
      const leafOf = (message: Message) => db.storage.findNewestLeaf(owner, message.id);
      expect(await leafOf(user)).toBe(second.reply.id);
      expect(await leafOf(reply)).toBe(below.reply.id);
      expect(await leafOf(second.reply)).toBe(second.reply.id);
    });

    it('ends a page where its texts fill it, and loses none', async () => {
      const { id: owner } = await addUser(db.storage);
      const long = 'ยาว '.repeat(50_000);
      const { chat, user, reply } = await addChat(db.storage, owner, { user: { content: long } });
      const ids = [user.id, reply.id];
      let leaf = reply;
      for (let count = 0; count < 12; count += 1) {
        await db.storage.endReply(makeEnding(leaf.id, { content: long }));
        const made = makeSend(chat.id, owner, leaf);
        await db.storage.recordSend(made.send);
        ids.push(made.user.id, made.reply.id);
        leaf = made.reply;
      }
      const seen: string[] = [];
      let leafId: string | null = leaf.id;
      while (leafId) {
        const page = await db.storage.listBranch(owner, chat.id, { leafId, limit: 100 });
        const length = page.reduce((sum, message) => sum + message.content.length, 0);
        expect(length).toBeLessThan(3 * MAX_PAGE_LENGTH);
        seen.unshift(...page.map(({ id }) => id));
        leafId = page[0]?.parentId ?? null;
      }
      expect(seen).toEqual(ids);
      const exported: string[] = [];
      for await (const page of db.storage.exportUserData(owner, 200)) {
        if (page.kind !== 'messages') continue;
        expect(page.items.length).toBeLessThanOrEqual(8);
        exported.push(...page.items.map(({ id }) => id));
      }
      expect(exported.toSorted()).toEqual(ids.toSorted());
    });

    it('reads a very deep chain, page by page', { timeout: 240_000 }, async () => {
      const deepest = db.home.deepest ?? DEEPEST;
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      const ids = [user.id, reply.id];
      let leaf = reply;
      while (ids.length < deepest) {
        const made = makeSend(chat.id, owner, leaf);
        await db.storage.recordSend(made.send);
        ids.push(made.user.id, made.reply.id);
        leaf = made.reply;
      }
      const seen: string[] = [];
      let leafId: string | null = leaf.id;
      while (leafId) {
        const page = await db.storage.listBranch(owner, chat.id, { leafId, limit: PAGE });
        seen.unshift(...page.map(({ id }) => id));
        leafId = page[0]?.parentId ?? null;
      }
      expect(seen).toEqual(ids);
      expect(await db.storage.findNewestLeaf(owner, user.id)).toBe(leaf.id);
    });
  });
}
