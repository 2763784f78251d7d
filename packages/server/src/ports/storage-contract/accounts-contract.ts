import { describe, expect, it } from 'vitest';
import {
  addChat,
  addUser,
  makeEnding,
  makeFirstSend,
  makePreset,
  makeSend,
  makeSession,
  newId,
  START,
} from '../../test-support/storage-fixtures.js';
import type { ExportPage } from '../export-storage.js';
import type { Storage } from '../storage.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeAccounts(makeHome: MakeHome): void {
  describe('accounts', () => {
    const db = useStorage(makeHome);

    it('replaces the password', async () => {
      const user = await addUser(db.storage);
      expect(await db.storage.updatePasswordHash(user.id, 'new hash')).toBe(true);
      expect(await db.storage.findUser(user.id)).toEqual({ ...user, passwordHash: 'new hash' });
      expect(await db.storage.updatePasswordHash(newId(), 'x')).toBe(false);
    });

    it('lists live sessions, the last used first, and revokes all but one', async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const add = async (userId: string, overrides = {}) => {
        const session = makeSession(userId, overrides);
        await db.storage.createSession(session);
        return session;
      };
      const older = await add(owner);
      const newer = await add(owner, { lastUsedAt: START + 5 });
      await add(owner, { expiresAt: START + 10 });
      await add(owner, { revokedAt: START + 1 });
      const foreign = await add(stranger);
      const live = { at: START + 10, limit: 10 };
      expect(await db.storage.listSessions(owner, live)).toEqual([newer, older]);
      expect(await db.storage.listSessions(owner, { ...live, limit: 1 })).toEqual([newer]);
      const revoked = await db.storage.revokeOtherSessions(owner, newer.id, START + 10);
      expect(revoked).toEqual([older.id]);
      expect(await db.storage.listSessions(owner, live)).toEqual([newer]);
      expect(await db.storage.revokeOtherSessions(owner, null, START + 10)).toEqual([newer.id]);
      expect(await db.storage.listSessions(stranger, live)).toEqual([foreign]);
    });

    it('keeps presets, newest first, each its owner’s alone', async () => {
      const { id: owner } = await addUser(db.storage);
      const { id: stranger } = await addUser(db.storage);
      const presets = [makePreset(owner), makePreset(owner), makePreset(owner)];
      for (const preset of presets) await db.storage.createPreset(preset);
      const [first, second, third] = presets;
      if (!first || !second || !third) throw new Error('Three presets were made.');
      expect(await db.storage.listPresets(owner, { limit: 2 })).toEqual([third, second]);
      expect(await db.storage.listPresets(owner, { limit: 2, after: second.id })).toEqual([first]);
      expect(await db.storage.listPresets(stranger, { limit: 2 })).toEqual([]);
      expect(await db.storage.findPreset(stranger, first.id)).toBeNull();
      expect(await db.storage.updatePreset(stranger, first.id, { name: 'x' }, START)).toBeNull();
      expect(await db.storage.deletePreset(stranger, first.id)).toBe(false);
      expect(await db.storage.findPreset(owner, first.id)).toEqual(first);
      const parameters = { model: 'other', system_prompt: 'Be brief.' };
      const updated = { ...first, parameters, updatedAt: START + 9, version: 2 };
      expect(await db.storage.updatePreset(owner, first.id, { parameters }, START + 9)).toEqual(
        updated,
      );
      expect(await db.storage.findPreset(owner, first.id)).toEqual(updated);
      expect(await db.storage.deletePreset(owner, first.id)).toBe(true);
      expect(await db.storage.findPreset(owner, first.id)).toBeNull();
    });

    it('exports all that is a user’s, and nobody else’s, in pages', async () => {
      const { owner, chats, messages, presets } = await addAccount(db.storage);
      await addAccount(db.storage);
      const { chat: deleted } = await addChat(db.storage, owner);
      await db.storage.deleteChat(owner, deleted.id, START);
      const pages: ExportPage[] = [];
      for await (const page of db.storage.exportUserData(owner, 2)) pages.push(page);
      const idsOf = (kind: ExportPage['kind']) =>
        pages.flatMap((page) =>
          page.kind === kind
            ? page.items.map((item) => ('id' in item ? item.id : item.messageId))
            : [],
        );
      expect(idsOf('chats').sort()).toEqual(chats.sort());
      expect(idsOf('messages').sort()).toEqual(messages.sort());
      expect(idsOf('presets').sort()).toEqual(presets.sort());
      expect(Math.max(...pages.map(({ items }) => items.length))).toBe(2);
    });

    it('deletes a user with all that is the user’s, and touches nobody else', async () => {
      const doomed = await addAccount(db.storage);
      const other = await addAccount(db.storage);
      expect(await db.storage.deleteUser(doomed.owner)).toBe(true);
      expect(await db.storage.deleteUser(doomed.owner)).toBe(false);
      expect(await db.storage.findUser(doomed.owner)).toBeNull();
      expect(await db.storage.findSession(doomed.session)).toBeNull();
      const left: ExportPage[] = [];
      for await (const page of db.storage.exportUserData(doomed.owner, 9)) left.push(page);
      expect(left).toEqual([]);
      for (const id of doomed.chats) {
        expect(await db.storage.restoreChat(doomed.owner, id, -10)).toBe('not_found');
      }
      const { hits } = await db.storage.searchMessages(doomed.owner, {
        text: 'question',
        limit: 9,
      });
      expect(hits).toEqual([]);
      // Name and address are free again.
      await addUser(db.storage, { username: doomed.username, email: doomed.email });
      expect(await db.storage.findSession(other.session)).not.toBeNull();
      expect(await db.storage.listChats(other.owner, { limit: 9, archived: false })).toHaveLength(
        other.chats.length,
      );
      const late = makeFirstSend(doomed.owner);
      await expect(db.storage.recordSend(late.send)).rejects.toMatchObject({ code: 'not_found' });
    });
  });
}

/** A user with a session, presets, two chats, and a few messages. */
async function addAccount(storage: Storage) {
  const { id: owner, username, email } = await addUser(storage);
  const session = makeSession(owner);
  await storage.createSession(session);
  const presets = [makePreset(owner), makePreset(owner), makePreset(owner)];
  for (const preset of presets) await storage.createPreset(preset);
  const first = await addChat(storage, owner);
  const second = await addChat(storage, owner);
  const next = makeSend(first.chat.id, owner, first.reply);
  await storage.recordSend(next.send);
  await storage.endReply(makeEnding(first.reply.id));
  return {
    owner,
    username,
    email,
    session: session.id,
    presets: presets.map(({ id }) => id),
    chats: [first.chat.id, second.chat.id],
    messages: [first, second, next].flatMap(({ user, reply }) => [user.id, reply.id]),
  };
}
