import { existsSync } from 'node:fs';
import { DomainError } from '../../domain/domain-error.js';
import type { MigrationSource } from '../../ports/migration.js';
import { openDatabase } from './open-database.js';
import { createRecordReaders } from './record-readers.js';
import type { SqliteDatabase } from './sqlite-database.js';

/**
 * The embedded database as something to copy from, held for this program alone, so that no server
 * writes to it meanwhile.
 *
 * @throws DomainError `storage_unavailable` when there is no such file, a server has it open, or it
 *   is damaged or of a newer version; its message is one sentence for the operator
 */
export function openSqliteMigrationSource(file: string): MigrationSource {
  if (!existsSync(file)) {
    const message = `There is no database ${file}: nothing to copy; is DATA_DIR right?`;
    throw new DomainError('storage_unavailable', message);
  }
  const database = openDatabase(file, { exclusively: true });
  return {
    id: firstUserId(database),
    records: createRecordReaders(database),
    async close() {
      database.close();
    },
  };
}

/** The oldest account: other files have others, a copy of this file has the same. */
function firstUserId(database: SqliteDatabase): string | null {
  const users = database.queries.selectFrom('users').select('id');
  return database.first(users.orderBy('row_id').limit(1))?.id ?? null;
}
