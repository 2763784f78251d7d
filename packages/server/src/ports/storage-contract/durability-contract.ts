import { describe, expect, it } from 'vitest';
import { addChat, addUser, makeDeltas, NODE, START } from '../../test-support/storage-fixtures.js';
import { writeUntilKilled } from '../../test-support/spawn-storage-writer.js';
import type { Acknowledged } from '../../test-support/storage-writer.js';
import type { Storage } from '../storage.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

const WRITES_BEFORE_KILL = [1, 7, 40, 41, 42, 43];

export function describeDurability(makeHome: MakeHome): void {
  describe('durability', () => {
    const db = useStorage(makeHome);

    it('answers a ping', async () => {
      await expect(db.storage.ping()).resolves.toBeUndefined();
    });

    it('has everything again after close and reopen', async () => {
      const first = await db.home.open();
      const user = await addUser(first);
      const { chat, reply } = await addChat(first, user.id, { key: 'k' });
      const events = makeDeltas(reply.id, 1, ['kept']);
      await first.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events }], START);
      await first.close();

      const second = await db.home.open();
      expect(await second.findUser(user.id)).toEqual(user);
      expect(await second.findChat(user.id, chat.id)).toEqual(chat);
      expect(await second.findMessage(user.id, reply.id)).toMatchObject({ content: 'kept' });
      expect(await second.findSend(user.id, 'k', 'same')).toMatchObject({ replyId: reply.id });
      await second.close();
    });

    it('says that it is unavailable once closed, and closes twice in peace', async () => {
      const closed = await db.home.open();
      await closed.close();
      await closed.close();
      await expect(closed.ping()).rejects.toMatchObject({ code: 'storage_unavailable' });
      await expect(closed.findUser('x')).rejects.toMatchObject({ code: 'storage_unavailable' });
    });

    it.each(WRITES_BEFORE_KILL)(
      'loses nothing acknowledged and shows nothing half-written when killed after %i writes',
      { timeout: 60_000 },
      async (lines) => {
        const { id: owner } = await addUser(db.storage);
        const acknowledged = await writeUntilKilled(db.home.opener, owner, lines);
        const storage = await db.home.open();
        try {
          for (const line of acknowledged) await expectKept(storage, owner, line);
          await expectWholeChats(storage, owner);
        } finally {
          await storage.close();
        }
      },
    );
  });
}

async function expectKept(storage: Storage, owner: string, line: Acknowledged): Promise<void> {
  const reply = await storage.findMessage(owner, line.replyId);
  if (line.kind === 'send') {
    expect(reply).not.toBeNull();
    expect(await storage.findMessage(owner, line.userMessageId)).not.toBeNull();
    expect(await storage.findChat(owner, line.chatId)).not.toBeNull();
    return;
  }
  expect(reply?.content.startsWith(line.text)).toBe(true);
  if (line.kind === 'end') expect(reply).toMatchObject({ status: 'complete', content: line.text });
}

/** Every chat shows a branch from its leaf to its first message, and no leaf it did not show. */
async function expectWholeChats(storage: Storage, owner: string): Promise<void> {
  const chats = await storage.listChats(owner, { limit: 100, archived: false });
  for (const { id, activeLeafId } of chats) {
    expect(activeLeafId).not.toBeNull();
    const leafId = activeLeafId ?? '';
    const branch = await storage.listBranch(owner, id, { leafId, limit: 10 });
    expect(branch.map(({ depth }) => depth)).toEqual(branch.map((_, index) => index));
    expect(branch.at(-1)).toMatchObject({ id: leafId, role: 'assistant' });
    expect(await storage.findNewestLeaf(owner, branch[0]?.id ?? '')).toBe(leafId);
  }
}
