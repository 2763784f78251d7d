import { sql, type SqlBool } from 'kysely';
import type { Session } from '../../domain/session.js';
import type { SessionStorage } from '../../ports/user-storage.js';
import type { SessionRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';

export function createSqliteSessions(database: SqliteDatabase): SessionStorage {
  const { queries } = database;
  const revoke = (at: number) =>
    queries.updateTable('sessions').set({ revoked_at: at }).where(isLive(at));

  return {
    async createSession(session) {
      database.write(queries.insertInto('sessions').values(toRow(session)));
    },

    async findSession(sessionId) {
      const row = database.first(
        queries.selectFrom('sessions').selectAll().where('id', '=', sessionId),
      );
      return row ? fromSessionRow(row) : null;
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
            .where(isLive(at))
            .orderBy('last_used_at', 'desc')
            .orderBy('id', 'desc')
            .limit(limit),
        )
        .map(fromSessionRow);
    },

    async revokeOtherSessions(userId, keptSessionId, at) {
      const others = revoke(at)
        .where('user_id', '=', userId)
        .where('id', 'is not', keptSessionId)
        .returning('id');
      return database.transaction(() => database.all(others)).map(({ id }) => id);
    },

    async revokeSession(sessionId, at) {
      return database.write(revoke(at).where('id', '=', sessionId)) > 0;
    },
  };
}

function isLive(at: number) {
  return sql<SqlBool>`(revoked_at IS NULL AND expires_at > ${at})`;
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

export function fromSessionRow(row: SessionRow): Session {
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
