import { DomainError, isDomainError } from '../../domain/domain-error.js';

/** SQLite's primary result codes that speak of the file or the disk, not of the statement. */
const UNAVAILABLE = /^SQLITE_(BUSY|LOCKED|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|NOTADB|PROTOCOL)/;
const CLOSED = /connection (is not open|was closed)|database connection is not open/i;

/** Trouble with the file becomes `storage_unavailable`; everything else is passed through. */
export function translateSqliteError(error: unknown): unknown {
  const unavailable =
    (isSqliteError(error) && UNAVAILABLE.test(error.code)) ||
    (error instanceof Error && CLOSED.test(error.message));
  return unavailable
    ? new DomainError('storage_unavailable', 'The database does not answer; try again shortly.', {
        cause: error,
      })
    : error;
}

/** Whether another program's lock was in the way, so that the same may work a moment later. */
export function isLocked(error: unknown): boolean {
  if (!isDomainError(error)) return false;
  const { cause } = error;
  return isSqliteError(cause) && /^SQLITE_(BUSY|LOCKED)/.test(cause.code);
}

/** Whether a write failed because the value of that column is there already. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  return (
    isSqliteError(error) &&
    error.code.startsWith('SQLITE_CONSTRAINT') &&
    error.message.includes(column)
  );
}

/** Told by its shape: the class libsql throws is typed as its constructor. */
export function isSqliteError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}
