import { dirname, join } from 'node:path';
import Database from 'libsql';
import { DomainError } from '../../domain/domain-error.js';
import { isSqliteError } from './sqlite-errors.js';
import { requireWritable } from './open-database.js';
import { makePrivateFile } from './private-file.js';

const LOCK_FILE = 'server.lock';

/**
 * Keeps other servers off a data folder for as long as this process lives: each would end the
 * replies of the other. The lock is the operating system's, taken by SQLite on a file of its own, so
 * that it ends with the process however that ends, and programs that copy the database may go on.
 *
 * @returns lets go of it
 * @throws DomainError `storage_unavailable` when another server holds it or it can't be written to,
 *   as one sentence
 */
export function holdDataFolder(databaseFile: string): () => void {
  requireWritable(databaseFile);
  const folder = dirname(databaseFile);
  const file = join(folder, LOCK_FILE);
  makePrivateFile(file);
  const connection = new Database(file, { timeout: 0 });
  try {
    connection.exec('PRAGMA busy_timeout = 0');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (!isSqliteError(error) || !/BUSY|LOCKED/.test(error.code)) throw error;
    throw new DomainError(
      'storage_unavailable',
      `Another server is using the data folder ${folder}; stop that one, or give this one a DATA_DIR of its own.`,
      { cause: error },
    );
  }
  return () => connection.close();
}
