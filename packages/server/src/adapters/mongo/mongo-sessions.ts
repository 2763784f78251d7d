import type { SessionStorage } from '../../ports/user-storage.js';
import { toDocument } from './documents.js';
import type { MongoModels } from './mongo-models.js';

export function createMongoSessions({ sessions }: MongoModels): SessionStorage {
  return {
    async createSession(session) {
      await sessions.create(toDocument(session));
    },

    async findSession(sessionId) {
      const document = await sessions.findById(sessionId).lean();
      if (!document) return null;
      const { _id: id, ...session } = document;
      return { id, ...session };
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

    async revokeSession(sessionId, at) {
      const { modifiedCount } = await sessions.updateOne(
        { _id: sessionId, revokedAt: null, expiresAt: { $gt: at } },
        { revokedAt: at },
      );
      return modifiedCount > 0;
    },
  };
}
