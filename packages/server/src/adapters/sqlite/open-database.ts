import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DomainError } from '../../domain/domain-error.js';
import { makePrivateFile, makePrivateFolder } from './private-file.js';
import { migrate } from './migrations.js';
import { SqliteDatabase } from './sqlite-database.js';
import { isSqliteError } from './sqlite-errors.js';

interface OpenOptions {
  /** Keeps every other program out while it is open; not by default. */
  exclusively?: boolean;
  /** Called before a file of an earlier version is brought to this one. */
  handleUpdate?: (() => void) | undefined;
}

/**
 * Opens the file, makes it if it is not there, and brings it to the newest schema.
 *
 * @throws DomainError `storage_unavailable` whose message is one sentence for the operator
 */
export function openDatabase(
  file: string,
  { exclusively = false, handleUpdate }: OpenOptions = {},
): SqliteDatabase {
  requireWritable(file);
  let database: SqliteDatabase;
  try {
    database = new SqliteDatabase(file, { exclusively });
  } catch (error) {
    throw cannotOpen(file, reasonOf(error), error);
  }
  try {
    if (migrate(database, handleUpdate)) return database;
  } catch (error) {
    database.close();
    throw cannotOpen(file, reasonOf(error), error);
  }
  database.close();
  throw cannotOpen(
    file,
    'it was written by a newer version of the server; update the server or choose another data folder',
  );
}

/**
 * Makes the folder where there is none, and the file its owner's alone.
 *
 * @throws DomainError `storage_unavailable` when either can't be written to, as one sentence
 */
export function requireWritable(file: string): void {
  const folder = dirname(file);
  try {
    makePrivateFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotOpen(file, `the folder ${folder} can't be written to; choose another`, error);
  }
  try {
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
    makePrivateFile(file);
  } catch (error) {
    throw cannotOpen(file, 'the file may not be read and written by this user', error);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof DomainError ? error.cause : error;
  const code = isSqliteError(cause) ? cause.code : '';
  if (/NOTADB|CORRUPT/.test(code)) {
    return 'the file is damaged or no SQLite database; restore a copy or move it away';
  }
  if (/BUSY|LOCKED/.test(code)) return 'another program holds it; stop that one first';
  return cause instanceof Error ? cause.message : String(cause);
}

function cannotOpen(file: string, reason: string, cause?: unknown): DomainError {
  return new DomainError('storage_unavailable', `Cannot open the database ${file}: ${reason}.`, {
    cause,
  });
}
