import { describe, expect, it } from 'vitest';
import { addChat, addUser, makeSend, START } from '../../test-support/storage-fixtures.js';
import type { Storage } from '../storage.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

type Things = Awaited<ReturnType<typeof addChat>>;

/** Every verb that names an owner; each answers `absent` to a stranger and anything else to the owner. */
const verbs: Record<
  string,
  { absent: unknown; call: (storage: Storage, owner: string, things: Things) => Promise<unknown> }
> = {
  findChat: { absent: null, call: (storage, owner, { chat }) => storage.findChat(owner, chat.id) },
  listChats: {
    absent: [],
    call: (storage, owner) => storage.listChats(owner, { limit: 9, archived: false }),
  },
  updateChat: {
    absent: null,
    call: (storage, owner, { chat }) => storage.updateChat(owner, chat.id, { title: 'mine' }),
  },
  setFirstTitle: {
    absent: null,
    call: (storage, owner, { chat }) => storage.setFirstTitle(owner, chat.id, 'mine'),
  },
  findMessage: {
    absent: null,
    call: (storage, owner, { reply }) => storage.findMessage(owner, reply.id),
  },
  listBranch: {
    absent: [],
    call: (storage, owner, { chat, reply }) =>
      storage.listBranch(owner, chat.id, { leafId: reply.id, limit: 9 }),
  },
  findNewestLeaf: {
    absent: null,
    call: (storage, owner, { user }) => storage.findNewestLeaf(owner, user.id),
  },
  castVote: {
    absent: null,
    call: (storage, owner, { reply }) => storage.castVote(owner, reply.id, 'upvote'),
  },
  findSend: { absent: null, call: (storage, owner) => storage.findSend(owner, 'k', 'same') },
  listRunningReplies: {
    absent: [],
    call: (storage, owner, { chat }) => storage.listRunningReplies(owner, chat.id),
  },
  deleteChat: {
    absent: false,
    call: (storage, owner, { chat }) => storage.deleteChat(owner, chat.id, START),
  },
  restoreChat: {
    absent: 'not_found',
    call: async (storage, owner, { chat }) => {
      await storage.deleteChat(chat.ownerId, chat.id, START);
      return storage.restoreChat(owner, chat.id, START);
    },
  },
};

export function describeOwnership(makeHome: MakeHome): void {
  describe('ownership', () => {
    const db = useStorage(makeHome);

    for (const [name, { absent, call }] of Object.entries(verbs)) {
      it(`${name}: what is a stranger's is absent`, async () => {
        const owner = await addUser(db.storage);
        const stranger = await addUser(db.storage);
        const things = await addChat(db.storage, owner.id, { key: 'k' });
        expect(await call(db.storage, stranger.id, things)).toEqual(absent);
        expect(await call(db.storage, owner.id, things)).not.toEqual(absent);
      });
    }

    it("recordSend: nothing is written into a stranger's chat", async () => {
      const owner = await addUser(db.storage);
      const stranger = await addUser(db.storage);
      const { chat, reply } = await addChat(db.storage, owner.id);
      const foreign = makeSend(chat.id, stranger.id, reply);
      await expect(db.storage.recordSend(foreign.send)).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(await db.storage.findChat(owner.id, chat.id)).toEqual(chat);
      const own = makeSend(chat.id, owner.id, reply);
      expect(await db.storage.recordSend(own.send)).toEqual({ outcome: 'recorded' });
    });
  });
}
