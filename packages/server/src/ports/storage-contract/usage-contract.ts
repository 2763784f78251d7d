import { describe, expect, it } from 'vitest';
import type { UsageSum } from '../../domain/usage.js';
import {
  addChat,
  addUser,
  makeEnding,
  makeUsage,
  START,
} from '../../test-support/storage-fixtures.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

const DAY_MS = 86_400_000;
const ALWAYS = { from: '2000-01-01', to: '2999-12-31' };

/** Sums come in no order. */
const sorted = (sums: UsageSum[]) =>
  sums.sort((a, b) => `${a.day}${a.model}${a.kind}`.localeCompare(`${b.day}${b.model}${b.kind}`));

export function describeUsage(makeHome: MakeHome): void {
  describe('usage', () => {
    const db = useStorage(makeHome);

    it('is summed up by day, model and kind, each user’s own', async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const entries = [
        makeUsage(owner),
        makeUsage(owner, { promptTokens: 100, completionTokens: 0 }),
        makeUsage(owner, { kind: 'title', promptTokens: 9 }),
        makeUsage(owner, { model: 'other/model' }),
        makeUsage(owner, { createdAt: START + DAY_MS - 1 }),
        makeUsage(owner, { createdAt: START + DAY_MS }),
        makeUsage(owner, { createdAt: START - 1 }),
        makeUsage(stranger, { promptTokens: 1_000 }),
      ];
      for (const entry of entries) await db.storage.recordUsage(entry);
      const of = (day: string, rest: Partial<UsageSum> = {}) => ({
        day,
        model: 'demo/echo',
        kind: 'reply',
        count: 1,
        promptTokens: 5,
        completionTokens: 7,
        ...rest,
      });
      const days = { from: '2026-01-01', to: '2026-01-02' };
      expect(sorted(await db.other.sumUsage(owner, days))).toEqual([
        of('2026-01-01', { count: 3, promptTokens: 110, completionTokens: 14 }),
        of('2026-01-01', { kind: 'title', promptTokens: 9 }),
        of('2026-01-01', { model: 'other/model' }),
        of('2026-01-02'),
      ]);
      const before = { from: '2025-12-31', to: '2025-12-31' };
      expect(await db.storage.sumUsage(owner, before)).toEqual([of('2025-12-31')]);
      expect(await db.storage.sumUsage(owner, { from: '2026-02-01', to: '2026-02-28' })).toEqual(
        [],
      );
    });

    it('is recorded once, however often and from wherever it is told', async () => {
      const { id: owner } = await addUser(db.storage);
      const entry = makeUsage(owner);
      const again = { ...entry, promptTokens: 999, createdAt: START + DAY_MS };
      await db.storage.recordUsage(entry);
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? db.storage : db.other).recordUsage(again),
        ),
      );
      await db.storage.recordUsage({ ...entry, kind: 'title' });
      const sums = sorted(await db.storage.sumUsage(owner, ALWAYS));
      expect(sums).toMatchObject([
        { kind: 'reply', count: 1, promptTokens: 5, day: '2026-01-01' },
        { kind: 'title', count: 1 },
      ]);
    });

    it('is decided by one of many who tell it first at once', async () => {
      const { id: owner } = await addUser(db.storage);
      const entry = makeUsage(owner);
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          (index % 2 ? db.storage : db.other).recordUsage(entry),
        ),
      );
      expect(await db.storage.sumUsage(owner, ALWAYS)).toMatchObject([{ count: 1 }]);
    });

    it('outlives the chat and its messages', async () => {
      const { id: owner } = await addUser(db.storage);
      const { chat, reply, user } = await addChat(db.storage, owner);
      await db.storage.endReply(makeEnding(reply.id));
      await db.storage.recordUsage(makeUsage(owner, { messageId: reply.id }));
      await db.storage.deleteMessage(owner, reply.id, START);
      await db.storage.deleteMessage(owner, user.id, START);
      await db.storage.deleteChat(owner, chat.id, START);
      await db.storage.purgeChats(START + 1, 10);
      expect(await db.storage.sumUsage(owner, ALWAYS)).toMatchObject([{ count: 1 }]);
    });

    it('is exported, page by page, and goes with the account for good', async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const entries = [
        makeUsage(owner),
        makeUsage(owner),
        makeUsage(owner, { createdAt: START - DAY_MS }),
      ];
      const [first] = entries;
      if (!first) throw new Error('Three were made.');
      entries.splice(1, 0, { ...first, kind: 'title' });
      for (const entry of [...entries, makeUsage(stranger)]) await db.storage.recordUsage(entry);
      const pages: unknown[][] = [];
      for await (const page of db.storage.exportUserData(owner, 2)) {
        if (page.kind === 'usage') pages.push(page.items);
      }
      expect(pages.map((items) => items.length)).toEqual([2, 2]);
      expect(pages.flat()).toEqual(entries);

      await db.storage.deleteUser(owner);
      await db.storage.recordUsage(makeUsage(owner));
      expect(await db.storage.sumUsage(owner, ALWAYS)).toEqual([]);
      expect(await db.storage.sumUsage(stranger, ALWAYS)).toHaveLength(1);
    });
  });
}
