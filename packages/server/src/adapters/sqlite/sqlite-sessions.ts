import type { Session } from '../../domain/session.js';
import type { SessionStorage } from '../../ports/user-storage.js';
import type { SessionRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';

export function createSqliteSessions(database: SqliteDatabase): SessionStorage {
  const { queries } = database;

  return {
    async createSession(session) {
      database.write(queries.insertInto('sessions').values(toRow(session)));
    },

    async findSession(sessionId) {
      const row = database.first(
        queries.selectFrom('sessions').selectAll().where('id', '=', sessionId),
      );
      return row ? fromRow(row) : null;
    },

    async rotateSession({ sessionId, expectedHash, nextHash, at, expiresAt }) {
      const rotated = database.write(
        queries
          .updateTable('sessions')
          .set({
            token_hash: nextHash,
            previous_token_hash: expectedHash,
            rotated_at: at,
            last_used_at: at,
            expires_at: expiresAt,
          })
          .where('id', '=', sessionId)
          .where('token_hash', '=', expectedHash)
          .where('revoked_at', 'is', null),
      );
      return rotated > 0;
    },

    async listSessions(userId, { at, limit }) {
      return database
        .all(
          queries
            .selectFrom('sessions')
            .selectAll()
            .where('user_id', '=', userId)
            .where('revoked_at', 'is', null)
            .where('expires_at', '>', at)
            .orderBy('last_used_at', 'desc')
            .orderBy('id', 'desc')
            .limit(limit),
        )
        .map(fromRow);
    },

    async revokeOtherSessions(userId, keptSessionId, at) {
      return database
        .all(
          queries
            .updateTable('sessions')
            .set({ revoked_at: at })
            .where('user_id', '=', userId)
            .where('id', 'is not', keptSessionId)
            .where('revoked_at', 'is', null)
            .where('expires_at', '>', at)
            .returning('id'),
        )
        .map(({ id }) => id);
    },

    async revokeSession(sessionId, at) {
      const revoked = database.write(
        queries
          .updateTable('sessions')
          .set({ revoked_at: at })
          .where('id', '=', sessionId)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', at),
      );
      return revoked > 0;
    },
  };
}

function toRow(session: Session): SessionRow {
  return {
    id: session.id,
    user_id: session.userId,
    token_hash: session.tokenHash,
    previous_token_hash: session.previousTokenHash,
    rotated_at: session.rotatedAt,
    user_agent: session.userAgent,
    created_at: session.createdAt,
    last_used_at: session.lastUsedAt,
    expires_at: session.expiresAt,
    revoked_at: session.revokedAt,
  };
}

function fromRow(row: SessionRow): Session {
  return {
    id: row.id,
    userId: row.user_id,
    tokenHash: row.token_hash,
    previousTokenHash: row.previous_token_hash,
    rotatedAt: row.rotated_at,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
