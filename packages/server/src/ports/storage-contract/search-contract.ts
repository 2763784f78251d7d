import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeEnding,
  makeSend,
  newId,
  START,
} from '../../test-support/storage-fixtures.js';
import type { MessageHits } from '../message-storage.js';
import type { Storage } from '../storage.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

/** Between any two looks at it an hour has passed. */
function createLateClock(): () => number {
  let hours = 0;
  return () => (hours += 1) * 3_600_000;
}

export function describeSearch(makeHome: MakeHome): void {
  describe('search', () => {
    const db = useStorage(makeHome);
    const write = async (ownerId: string, content: string, answer?: string) => {
      const made = await addChat(db.storage, ownerId, { user: { content } });
      if (answer !== undefined) {
        await db.storage.endReply(makeEnding(made.reply.id, { content: answer }));
      }
      return made;
    };
    const search = async (ownerId: string, text: string) =>
      (await db.storage.searchMessages(ownerId, { text, limit: 20 })).hits.map(
        ({ message }) => message.id,
      );
    /** Page after page, as ids, until there is no other. */
    const searchAll = async (storage: Storage, ownerId: string, text: string, limit: number) => {
      const pages: string[][] = [];
      let after: string | null = null;
      do {
        const query = { text, limit, ...(after !== null && { after }) };
        const page: MessageHits = await storage.searchMessages(ownerId, query);
        pages.push(page.hits.map(({ message }) => message.id));
        after = page.nextAfter;
      } while (after !== null);
      return pages;
    };

    it('finds words and parts of words, in questions and answers, newest first', async () => {
      const { id: owner } = await addUser(db.storage);
      const first = await write(owner, 'How do I bake sourdough BREAD?', 'Patiently.');
      const second = await write(owner, 'Breadth first?', 'Search level by level; no bread.');
      expect(await search(owner, 'bread')).toEqual([
        second.reply.id,
        second.user.id,
        first.user.id,
      ]);
      expect(await search(owner, 'dough bake')).toEqual([first.user.id]);
      expect(await search(owner, 'dough level')).toEqual([]);
      expect(await search(owner, 'patient')).toEqual([first.reply.id]);
    });

    it('says where in the text the words are, and in which chat', async () => {
      const { id: owner } = await addUser(db.storage);
      const made = await addChat(db.storage, owner, {
        chat: { title: 'Kitchen' },
        user: { content: 'ทำขนมปัง Sourdough อย่างไร' },
      });
      const { hits } = await db.storage.searchMessages(owner, { text: 'SOUR ขนมปัง', limit: 5 });
      const [hit] = hits;
      const { id, chatId, role, createdAt } = made.user;
      expect(hit).toMatchObject({
        chatTitle: 'Kitchen',
        message: { id, chatId, role, createdAt },
        snippet: made.user.content,
      });
      const found = hit?.ranges.map(([start, end]) => hit.snippet.slice(start, end));
      expect(found).toEqual(['ขนมปัง', 'Sour']);
    });

    it('finds one and two letters too', async () => {
      const { id: owner } = await addUser(db.storage);
      const { user } = await write(owner, 'น้ำ C#');
      expect(await search(owner, 'c#')).toEqual([user.id]);
      expect(await search(owner, 'น้ำ')).toEqual([user.id]);
      expect(await search(owner, 'zq')).toEqual([]);
    });

    it('takes no sign for special', async () => {
      const { id: owner } = await addUser(db.storage);
      const { user } = await write(owner, 'SELECT "a*b" (NEAR) AND .*');
      for (const text of ['"a*b"', '(NEAR)', 'AND', '.*', '*b"']) {
        expect(await search(owner, text)).toEqual([user.id]);
      }
      for (const text of ['NOT', 'a.b', 'terms:a', '^SEL', '   ', '']) {
        expect(await search(owner, text)).toEqual([]);
      }
    });

    it('goes page by page', async () => {
      const { id: owner } = await addUser(db.storage);
      const ids: string[] = [];
      for (let index = 0; index < 7; index++) {
        ids.unshift((await write(owner, `needle ${index}`)).user.id);
      }
      expect(await searchAll(db.storage, owner, 'needle', 3)).toEqual([
        ids.slice(0, 3),
        ids.slice(3, 6),
        ids.slice(6),
      ]);
      expect(await searchAll(db.storage, owner, 'needle', 7)).toEqual([ids]);
    });

    it('goes on after a message that has been deleted since', async () => {
      const { id: owner } = await addUser(db.storage);
      const [third, second, first] = [
        await write(owner, 'needle'),
        await write(owner, 'needle'),
        await write(owner, 'needle'),
      ];
      const query = { text: 'needle', limit: 1 };
      const { nextAfter: after } = await db.storage.searchMessages(owner, query);
      expect(after).toBe(first.user.id);
      await db.storage.deleteMessage(owner, first.reply.id, START);
      await db.storage.deleteMessage(owner, first.user.id, START);
      const { hits } = await db.storage.searchMessages(owner, {
        ...query,
        limit: 9,
        after: after ?? '',
      });
      expect(hits.map(({ message }) => message.id)).toEqual([second.user.id, third.user.id]);
    });

    it('tells a word from texts that hold all its parts', async () => {
      const { id: owner } = await addUser(db.storage);
      await write(owner, 'lamo moka kala oka', 'Amok! A lamo kala moka.');
      const { user } = await write(owner, 'a lamokala');
      expect(await search(owner, 'lamokala')).toEqual([user.id]);
      expect(await search(owner, 'lamokala moka')).toEqual([user.id]);
      expect(await search(owner, 'mokalamo')).toEqual([]);
    });

    it('finds words of hundreds of letters, and hundreds of words', async () => {
      const { id: owner } = await addUser(db.storage);
      const long = 'lamo'.repeat(50);
      const many = Array.from({ length: 60 }, (_, index) => `word${index}`);
      const { user } = await write(owner, `${long}x ${many.join(' ')}`);
      await write(owner, `${long.slice(1)} ${many.slice(1).join(' ')}`);
      expect(await search(owner, `${long}x`)).toEqual([user.id]);
      expect(await search(owner, many.join(' '))).toEqual([user.id]);
    });

    it('bounds what one call looks through, and finds everything all the same', async () => {
      const hurried = await db.home.open({
        searchBounds: { firstSlice: 2, now: createLateClock() },
      });
      const { id: owner } = await addUser(db.storage);
      const found: string[] = [];
      for (const content of ['needle', 'hay', 'needle and hay', 'hay', 'hay']) {
        const { user } = await write(owner, content);
        if (content.includes('needle')) found.unshift(user.id);
      }
      for (const text of ['needle', 'ne']) {
        const pages = await searchAll(hurried, owner, text, 20);
        expect(pages[0]).toEqual([]);
        expect(pages.length).toBeGreaterThan(3);
        expect(pages.flat()).toEqual(found);
      }
      expect((await searchAll(hurried, owner, 'straw', 20)).flat()).toEqual([]);
      await hurried.close();
    });

    it('finds words anywhere in long messages, with the text around the first', async () => {
      const { id: owner } = await addUser(db.storage);
      const filler = 'ที่นี่มีข้อความยาว lorem ipsum '.repeat(2_000);
      const first = await write(owner, `${filler} first needle ${filler}`, `${filler} the END`);
      const second = await write(owner, `${filler} neeedle`, 'a short needle');
      expect(await search(owner, 'needle')).toEqual([second.reply.id, first.user.id]);
      expect(await search(owner, 'first needle')).toEqual([first.user.id]);
      expect(await search(owner, 'the end')).toEqual([first.reply.id]);
      expect(await search(owner, 'ยาว lorem')).toEqual([
        second.user.id,
        first.reply.id,
        first.user.id,
      ]);
      const { hits } = await db.storage.searchMessages(owner, { text: 'first need', limit: 5 });
      expect(hits[0]?.snippet).toMatch(/^….{1,40}first needle.{1,160}…$/u);
      expect(await searchAll(db.storage, owner, 'lorem', 1)).toEqual([
        [second.user.id],
        [first.reply.id],
        [first.user.id],
      ]);
      await db.storage.deleteMessage(owner, first.user.id, START);
      expect(await search(owner, 'first needle')).toEqual([]);
    });

    it("gives a stranger's messages no way into another's search, whatever signs they hold", async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const { user } = await write(owner, 'my needle');
      const signs = Array.from({ length: 0x40 }, (_, index) =>
        [0, 0, index].map((sign) => String.fromCodePoint(0xf0000 + sign)).join(''),
      ).join(' ');
      for (let index = 0; index < 40; index++) await write(stranger, `${signs} needle`);
      const { user: newest } = await write(owner, 'the last word');
      const query = { text: 'needle', limit: 5 };
      const { hits, nextAfter } = await db.storage.searchMessages(owner, query);
      expect(hits.map(({ message }) => message.id)).toEqual([user.id]);
      expect(nextAfter).toBeNull();
      // Such signs are found by whoever wrote them, like any others.
      const { user: signed } = await write(owner, `${newest.content} \u{f0000}\u{f0001}\u{f0002}x`);
      expect(await search(owner, '\u{f0000}\u{f0001}\u{f0002}x')).toEqual([signed.id]);
      expect(await search(owner, '\u{f0001}\u{f0000}\u{f0002}x')).toEqual([]);
    });

    it('moves its cursor over any number of messages of strangers', async () => {
      const hurried = await db.home.open({
        searchBounds: { firstSlice: 2, now: createLateClock() },
      });
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const { user } = await write(owner, 'needle');
      for (let index = 0; index < 20; index++) await write(stranger, 'needle');
      await write(owner, 'hay');
      for (const text of ['needle', 'ne']) {
        const cursors: string[] = [];
        const found: string[] = [];
        let after: string | undefined;
        do {
          const page: MessageHits = await hurried.searchMessages(owner, { text, limit: 9, after });
          found.push(...page.hits.map(({ message }) => message.id));
          after = page.nextAfter ?? undefined;
          if (after !== undefined) cursors.push(after);
        } while (after !== undefined && cursors.length < 50);
        expect(new Set(cursors).size).toBe(cursors.length);
        expect(cursors.length).toBeLessThan(5);
        expect(found).toEqual([user.id]);
      }
      await hurried.close();
    });

    it("keeps a stranger's messages, deleted chats and deleted messages out", async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      await write(stranger, 'a secret of mine');
      const gone = await write(owner, 'a secret to be deleted');
      const emptied = await write(owner, 'a secret emptied');
      const kept = await write(owner, 'a secret kept');
      await db.storage.deleteChat(owner, gone.chat.id, START);
      await db.storage.deleteMessage(owner, emptied.user.id, START);
      expect(await search(owner, 'secret')).toEqual([kept.user.id]);
      expect(await search(owner, 'se')).toEqual([kept.user.id]);
      await db.storage.restoreChat(owner, gone.chat.id, START);
      expect(await search(owner, 'secret')).toEqual([kept.user.id, gone.user.id]);
      expect(await search(newId(), 'secret')).toEqual([]);
    });
  });

  describe('deleting one message', () => {
    const db = useStorage(makeHome);

    it('empties one that others follow and keeps every branch reachable', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      await db.storage.endReply(makeEnding(reply.id));
      await db.storage.castVote(owner, reply.id, 'upvote');
      const next = makeSend(chat.id, owner, reply);
      await db.storage.recordSend(next.send);
      const deletion = await db.storage.deleteMessage(owner, reply.id, START + 9);
      expect(deletion).toMatchObject({
        outcome: 'emptied',
        chat: { id: chat.id, activeLeafId: next.reply.id, version: chat.version + 2 },
      });
      const leafId = next.reply.id;
      const branch = await db.storage.listBranch(owner, chat.id, { leafId, limit: 9 });
      expect(branch.map(({ id }) => id)).toEqual([user.id, reply.id, next.user.id, next.reply.id]);
      expect(branch[1]).toMatchObject({
        content: '',
        reasoning: '',
        vote: null,
        deletedAt: START + 9,
      });
      expect(await db.storage.listReplyEvents(reply.id, 0, 9)).toEqual([]);
    });

    it('removes one that nothing follows and shows what is beside or above it', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user, reply } = await addChat(db.storage, owner);
      const edited = makeSend(chat.id, owner, null);
      await db.storage.recordSend(edited.send);
      const remove = async (id: string) =>
        (await db.storage.deleteMessage(owner, id, START))?.chat.activeLeafId;
      expect(await remove(edited.reply.id)).toBe(edited.user.id);
      expect(await remove(edited.user.id)).toBe(reply.id);
      expect(await db.storage.findMessage(owner, edited.user.id)).toBeNull();
      expect(await db.storage.findMessage(owner, user.id)).toMatchObject({
        siblings: { index: 0, count: 1 },
      });
      expect(await remove(reply.id)).toBe(user.id);
      expect(await remove(user.id)).toBeNull();
    });

    it("leaves a stranger's message alone", async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const { reply } = await addChat(db.storage, owner);
      expect(await db.storage.deleteMessage(stranger, reply.id, START)).toBeNull();
      expect(await db.storage.findMessage(owner, reply.id)).not.toBeNull();
    });
  });
}
