import { describe, expect, it } from 'vitest';
import { addChat, addUser, newId, START } from '../../test-support/storage-fixtures.js';
import type { Chat } from '../../domain/chat.js';
import type { ChatPosition } from '../chat-storage.js';
import type { Storage } from '../storage.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeChats(makeHome: MakeHome): void {
  describe('chats', () => {
    const db = useStorage(makeHome);

    it('lists pinned first, then newest, then highest id, archived apart', async () => {
      const { id: owner } = await addUser(db.storage);
      const old = await addTitled(db.storage, owner, 'old', START + 1);
      const twin = await addTitled(db.storage, owner, 'twin', START + 2);
      const laterTwin = await addTitled(db.storage, owner, 'later twin', START + 2);
      const pinned = await addTitled(db.storage, owner, 'pinned', START);
      await db.storage.updateChat(owner, pinned.id, { pinned: true });
      const archived = await addTitled(db.storage, owner, 'archived', START + 3);
      await db.storage.updateChat(owner, archived.id, { archived: true });
      expect(await titles(db.storage, owner)).toEqual(['pinned', 'later twin', 'twin', 'old']);
      expect([twin.id < laterTwin.id, old.version]).toEqual([true, 1]);
      const apart = await db.storage.listChats(owner, { limit: 10, archived: true });
      expect(apart).toEqual([{ ...archived, archived: true, version: 2 }]);
    });

    it('pages without losing or doubling a chat while others come and go', async () => {
      const { id: owner } = await addUser(db.storage);
      const kept: string[] = [];
      const doomed: Chat[] = [];
      for (let index = 0; index < 30; index++) {
        const chat = await addTitled(db.storage, owner, `chat ${index}`, START + (index % 7));
        if (index % 5 === 0) doomed.push(chat);
        else kept.push(chat.id);
        if (index % 6 === 1) await db.storage.updateChat(owner, chat.id, { pinned: true });
      }
      const seen = await readAllPages(db.storage, owner, 4, async () => {
        const victim = doomed.pop();
        if (victim) await db.other.deleteChat(owner, victim.id, START + 50);
        await addTitled(db.other, owner, 'newcomer', START + 100);
      });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => kept.includes(id)).sort()).toEqual([...kept].sort());
    });

    it('finds part of a title in either case, in Thai as in English, taking no sign for special', async () => {
      const { id: owner } = await addUser(db.storage);
      for (const title of ['Baking BREAD', 'สอนทำอาหารไทย', '100% "sure"_*', 'Ünïcode Straße']) {
        await addTitled(db.storage, owner, title, START);
      }
      const find = async (part: string) => await titles(db.storage, owner, part);
      expect(await find('bread')).toEqual(['Baking BREAD']);
      expect(await find('G b')).toEqual(['Baking BREAD']);
      expect(await find('อาหาร')).toEqual(['สอนทำอาหารไทย']);
      expect(await find('ทำ')).toEqual(['สอนทำอาหารไทย']);
      expect(await find('ü')).toEqual(['Ünïcode Straße']);
      expect(await find('0% "S')).toEqual(['100% "sure"_*']);
      expect(await find('_*')).toEqual(['100% "sure"_*']);
      for (const none of ['.*', 'bread OR sure', 'b%d', 'NEAR(a b)']) {
        expect(await find(none)).toEqual([]);
      }
    });

    it('finds by the new title after a rename, page by page', async () => {
      const { id: owner } = await addUser(db.storage);
      const chat = await addTitled(db.storage, owner, 'before', START);
      await addTitled(db.storage, owner, 'afterwards', START + 1);
      const renamed = await db.storage.updateChat(owner, chat.id, { title: 'AFTER' });
      expect(renamed).toEqual({ ...chat, title: 'AFTER', version: chat.version + 1 });
      expect(await titles(db.storage, owner, 'before')).toEqual([]);
      const query = { limit: 1, archived: false, titleContains: 'after' };
      const [first] = await db.storage.listChats(owner, query);
      expect(first?.title).toBe('afterwards');
      const after = first && { pinned: false, updatedAt: first.updatedAt, id: first.id };
      expect(await db.storage.listChats(owner, { ...query, after })).toEqual([renamed]);
    });

    it('sets a first title once, and never over one given by hand', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat } = await addChat(db.storage, owner);
      const titled = await db.storage.setFirstTitle(owner, chat.id, 'made');
      expect(titled).toEqual({ ...chat, title: 'made', version: chat.version + 1 });
      expect(await db.storage.setFirstTitle(owner, chat.id, 'again')).toBeNull();
      expect(await db.storage.findChat(owner, chat.id)).toEqual(titled);
    });

    it('counts every change of fifty that race', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat } = await addChat(db.storage, owner);
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? db.storage : db.other).updateChat(owner, chat.id, { title: `${index}` }),
        ),
      );
      expect((await db.storage.findChat(owner, chat.id))?.version).toBe(chat.version + 50);
    });

    it('shows a leaf of the same chat only', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, user } = await addChat(db.storage, owner);
      const { reply: foreign } = await addChat(db.storage, owner);
      const update = (activeLeafId: string) =>
        db.storage.updateChat(owner, chat.id, { activeLeafId });
      expect(await update(foreign.id)).toBeNull();
      expect(await update(newId())).toBeNull();
      expect(await db.storage.findChat(owner, chat.id)).toEqual(chat);
      expect(await update(user.id)).toMatchObject({ activeLeafId: user.id });
    });
  });
}

async function addTitled(storage: Storage, ownerId: string, title: string, at: number) {
  return (await addChat(storage, ownerId, { chat: { title }, at })).chat;
}

async function titles(storage: Storage, ownerId: string, titleContains?: string) {
  const chats = await storage.listChats(ownerId, { limit: 100, archived: false, titleContains });
  return chats.map(({ title }) => title);
}

async function readAllPages(
  storage: Storage,
  ownerId: string,
  limit: number,
  betweenPages: () => Promise<void>,
): Promise<string[]> {
  const ids: string[] = [];
  let after: ChatPosition | undefined;
  for (;;) {
    const page = await storage.listChats(ownerId, { limit, after, archived: false });
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (!last || page.length < limit) return ids;
    after = { pinned: last.pinned, updatedAt: last.updatedAt, id: last.id };
    await betweenPages();
  }
}
