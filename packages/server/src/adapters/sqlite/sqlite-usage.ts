import { sql } from 'kysely';
import { dayOf, type UsageEntry } from '../../domain/usage.js';
import type { UsageStorage } from '../../ports/usage-storage.js';
import type { UsageRow } from './schema.js';
import type { SqliteDatabase } from './sqlite-database.js';

export function createSqliteUsage(database: SqliteDatabase): UsageStorage {
  const { queries } = database;
  return {
    async recordUsage(entry) {
      const { kind, model, ownerId, promptTokens, completionTokens, createdAt } = entry;
      database.writeRaw(sql`
        INSERT OR IGNORE INTO usage
          (message_id, kind, owner_id, day, model, prompt_tokens, completion_tokens, created_at)
        SELECT ${entry.messageId}, ${kind}, id, ${dayOf(createdAt)}, ${model},
          ${promptTokens}, ${completionTokens}, ${createdAt}
        FROM users WHERE id = ${ownerId}`);
    },

    async sumUsage(ownerId, { from, to }) {
      return database.all(
        queries
          .selectFrom('usage')
          .select((usage) => [
            'day',
            'model',
            'kind',
            usage.fn.countAll<number>().as('count'),
            usage.fn.sum<number>('prompt_tokens').as('promptTokens'),
            usage.fn.sum<number>('completion_tokens').as('completionTokens'),
          ])
          .where('owner_id', '=', ownerId)
          .where('day', '>=', from)
          .where('day', '<=', to)
          .groupBy(['day', 'model', 'kind']),
      );
    },
  };
}

export function fromUsageRow(row: UsageRow): UsageEntry {
  return {
    messageId: row.message_id,
    kind: row.kind,
    ownerId: row.owner_id,
    model: row.model,
    promptTokens: row.prompt_tokens,
    completionTokens: row.completion_tokens,
    createdAt: row.created_at,
  };
}
