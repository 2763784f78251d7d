import type { Session } from '../../domain/session.js';
import type { SessionStorage } from '../../ports/user-storage.js';
import { toDocument, type SessionDocument } from './documents.js';
import type { MongoModels } from './mongo-models.js';

export function createMongoSessions({ sessions }: MongoModels): SessionStorage {
  return {
    async createSession(session) {
      await sessions.create(toDocument(session));
    },

    async findSession(sessionId) {
      const document = await sessions.findById(sessionId).lean();
      return document ? toSession(document) : null;
    },

    async rotateSession({ sessionId, expectedHash, nextHash, at, expiresAt }) {
      const { modifiedCount } = await sessions.updateOne(
        { _id: sessionId, tokenHash: expectedHash, revokedAt: null },
        {
          tokenHash: nextHash,
          previousTokenHash: expectedHash,
          rotatedAt: at,
          lastUsedAt: at,
          expiresAt,
        },
      );
      return modifiedCount > 0;
    },

    async listSessions(userId, { at, limit }) {
      const live = await sessions
        .find({ userId, revokedAt: null, expiresAt: { $gt: at } })
        .sort({ lastUsedAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return live.map(toSession);
    },

    /** One by one: each is revoked, and named, by whoever came first. */
    async revokeOtherSessions(userId, keptSessionId, at) {
      const live = { revokedAt: null, expiresAt: { $gt: at } };
      const others = await sessions.find({ userId, ...live }, { _id: 1 }).lean();
      const revoked: string[] = [];
      for (const { _id } of others) {
        if (_id === keptSessionId) continue;
        const { modifiedCount } = await sessions.updateOne({ _id, ...live }, { revokedAt: at });
        if (modifiedCount > 0) revoked.push(_id);
      }
      return revoked;
    },

    async revokeSession(sessionId, at) {
      const { modifiedCount } = await sessions.updateOne(
        { _id: sessionId, revokedAt: null, expiresAt: { $gt: at } },
        { revokedAt: at },
      );
      return modifiedCount > 0;
    },
  };
}

export function toSession({ _id: id, ...session }: SessionDocument): Session {
  return { id, ...session };
}
