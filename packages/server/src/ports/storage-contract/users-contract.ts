import { describe, expect, it } from 'vitest';
import {
  addUser,
  makeSession,
  makeUser,
  newId,
  START,
} from '../../test-support/storage-fixtures.js';
import type { Session } from '../../domain/session.js';
import { useStorage, type MakeHome } from './storage-home-contract.js';

export function describeUsers(makeHome: MakeHome): void {
  describe('users', () => {
    const db = useStorage(makeHome);

    it('gives a user back whole, by id and by e-mail without case', async () => {
      const user = await addUser(db.storage, { username: 'ไทย Ünïcode' });
      expect(await db.storage.findUser(user.id)).toEqual(user);
      expect(await db.storage.findUserByEmail(user.email)).toEqual(user);
      expect(await db.storage.findUserByEmail(user.email.toUpperCase())).toEqual(user);
    });

    it('has no user that was not created', async () => {
      expect(await db.storage.findUser(newId())).toBeNull();
      expect(await db.storage.findUserByEmail('nobody@example.org')).toBeNull();
    });

    it('refuses an e-mail or a username that differs in case only', async () => {
      const user = await addUser(db.storage, { username: `Ärger ${newId()}` });
      const email = user.email.toUpperCase();
      await expect(db.storage.createUser(makeUser({ email }))).rejects.toMatchObject({
        code: 'email_taken',
      });
      const username = user.username.toUpperCase();
      await expect(db.storage.createUser(makeUser({ username }))).rejects.toMatchObject({
        code: 'username_taken',
      });
    });

    it('lets exactly one of fifty racing registrations have an e-mail', async () => {
      const email = `${newId()}@example.org`;
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 ? db.storage : db.other).createUser(makeUser({ email })),
        ),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toMatchObject({ code: 'email_taken' });
        }
      }
    });

    it('frees the e-mail of a registration whose username was taken', async () => {
      const { username } = await addUser(db.storage);
      const email = `${newId()}@example.org`;
      await expect(db.storage.createUser(makeUser({ email, username }))).rejects.toMatchObject({
        code: 'username_taken',
      });
      const user = await addUser(db.storage, { email });
      expect(await db.storage.findUserByEmail(email)).toEqual(user);
    });
  });

  describe('sessions', () => {
    const db = useStorage(makeHome);
    const addSession = async (overrides: Partial<Session> = {}): Promise<Session> => {
      const user = await addUser(db.storage);
      const session = makeSession(user.id, overrides);
      await db.storage.createSession(session);
      return session;
    };

    it('gives a session back whole', async () => {
      const session = await addSession();
      expect(await db.storage.findSession(session.id)).toEqual(session);
      expect(await db.storage.findSession(newId())).toBeNull();
    });

    it('rotates once for each expected token, however many race', async () => {
      const session = await addSession();
      const rotate = (index: number) =>
        (index % 2 ? db.storage : db.other).rotateSession({
          sessionId: session.id,
          expectedHash: session.tokenHash,
          nextHash: `next-${index}`,
          at: START + 5,
          expiresAt: START + 9_000,
        });
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, index) => rotate(index)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await db.storage.findSession(session.id)).toEqual({
        ...session,
        tokenHash: `next-${outcomes.indexOf(true)}`,
        previousTokenHash: session.tokenHash,
        rotatedAt: START + 5,
        lastUsedAt: START + 5,
        expiresAt: START + 9_000,
      });
    });

    it('revokes once, keeps the session findable, and rotates it no more', async () => {
      const session = await addSession();
      expect(await db.storage.revokeSession(session.id, START + 5)).toBe(true);
      expect(await db.storage.revokeSession(session.id, START + 6)).toBe(false);
      expect(await db.storage.findSession(session.id)).toMatchObject({ revokedAt: START + 5 });
      const rotated = await db.storage.rotateSession({
        sessionId: session.id,
        expectedHash: session.tokenHash,
        nextHash: 'next',
        at: START + 7,
        expiresAt: START + 9_000,
      });
      expect(rotated).toBe(false);
    });

    it('says of an expired or unknown session that it was not live', async () => {
      const session = await addSession({ expiresAt: START + 10 });
      expect(await db.storage.revokeSession(session.id, START + 11)).toBe(false);
      expect(await db.storage.revokeSession(newId(), START)).toBe(false);
    });
  });
}
