import { statSync } from 'node:fs';
import Database from 'libsql';
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type RawBuilder,
} from 'kysely';
import { DomainError } from '../../domain/domain-error.js';
import { isLocked, translateSqliteError } from './sqlite-errors.js';
import type { Schema } from './schema.js';

/** How long opening a file waits for another program's lock, in milliseconds. */
const OPEN_TIMEOUT_MS = 2_000;
/**
 * Pages of 4 kB in the write-ahead log at which whoever writes copies them into the file, should that
 * not have been done in time (see `createCheckpoints`): dozens of sends take no longer.
 */
const CHECKPOINT_PAGES = 16_000;
/** Distinct statements the adapter has, with room; beyond it the oldest is prepared anew. */
const MAX_CACHED_STATEMENTS = 256;

/** How often it is looked whether the file is still where it was, in milliseconds. */
const PLACE_CHECK_MS = 1_000;
/** What only reads needs no lock: it cannot be in another's way, nor another in its. */
const READS = /^\s*(select|with|pragma)\b/i;

type Statement = Database.Statement;
export interface Query<Row> {
  compile(): CompiledQuery<Row>;
}

/**
 * One connection. Queries are written with kysely and run here, synchronously: a verb that never
 * awaits between its statements can't be interleaved with another, needs no queue in front of the
 * connection, and its statements stay prepared (kysely's own driver prepares each one again).
 */
export class SqliteDatabase {
  /** Builds queries; runs none. */
  readonly queries = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  #connection: Database.Database;
  #handleWrite = () => {};
  /** Whether a statement was left in the middle: from then on nothing this connection says is sure. */
  #isDoubtful = false;
  #isClosed = false;
  #place: string;
  #placeCheckedAt = 0;
  readonly #statements = new Map<string, Statement>();
  readonly #file: string;
  readonly #isExclusive: boolean;

  /** @throws SqliteError when the file can't be opened or is no database */
  constructor(file: string, { exclusively = false } = {}) {
    this.#file = file;
    this.#isExclusive = exclusively;
    this.#connection = this.#connect(OPEN_TIMEOUT_MS);
    this.#place = placeOf(file);
  }

  /** From now on, a lock of another program is met at once: whoever waits for it, waits elsewhere. */
  stopWaiting(): void {
    this.exec('PRAGMA busy_timeout = 0');
  }

  /** From now on, calls `handleWrite` after each `write`, and each transaction. */
  watchWrites(handleWrite: () => void): void {
    this.#handleWrite = handleWrite;
  }

  /** Runs statements that take no parameters. */
  exec(sql: string): void {
    this.#usable().exec(sql);
  }

  all<Row>(query: Query<Row>): Row[] {
    return this.#run(
      query.compile(),
      (statement, parameters) => statement.all(parameters) as Row[],
    );
  }

  /** Costs half of `all`. */
  first<Row>(query: Query<Row>): Row | undefined {
    return this.#run(
      query.compile(),
      (statement, parameters) => statement.get(parameters) as Row | undefined,
    );
  }

  /** The rows of a query written as SQL. */
  raw<Row>(query: RawBuilder<Row>): Row[] {
    return this.all({ compile: () => query.compile(this.queries) });
  }

  /** @returns how many rows a statement written as SQL changed */
  writeRaw(query: RawBuilder<unknown>): number {
    return this.write({ compile: () => query.compile(this.queries) });
  }

  /** @returns how many rows were changed */
  write(query: Query<unknown>): number {
    const write = (statement: Statement, parameters: unknown[]) =>
      statement.run(parameters).changes;
    return this.#run(query.compile(), write);
  }

  /**
   * All or nothing. Takes the write lock at once, so that what it reads can't be outdated when it
   * writes, and so that no statement within meets another program's lock: a prepared one that does
   * is never reset, and keeps the connection from ever committing again. `exec` leaves nothing behind.
   */
  transaction<Result>(work: () => Result): Result {
    try {
      this.#begin();
      try {
        const result = work();
        this.#connection.exec('COMMIT');
        this.#handleWrite();
        return result;
      } catch (error) {
        // Some errors have undone it already.
        if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
        throw error;
      }
    } catch (error) {
      throw this.#judge(error);
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#statements.clear();
    this.#connection.close();
  }

  #run<Result>(
    { sql, parameters }: CompiledQuery,
    execute: (statement: Statement, parameters: unknown[]) => Result,
  ): Result {
    const run = () => execute(this.#prepare(sql), [...parameters]);
    try {
      const connection = this.#usable();
      if (READS.test(sql) || connection.inTransaction) return run();
      return this.transaction(run);
    } catch (error) {
      throw this.#judge(error);
    }
  }

  /** A lock that is met here has left nothing in the middle. */
  #begin(): void {
    const connection = this.#usable();
    try {
      connection.exec('BEGIN IMMEDIATE');
    } catch (error) {
      const translated = translateSqliteError(error);
      if (!isLocked(translated)) throw error;
      throw translated;
    }
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#connection.prepare(sql);
    for (const oldest of this.#statements.keys()) {
      if (this.#statements.size < MAX_CACHED_STATEMENTS) break;
      this.#statements.delete(oldest);
    }
    this.#statements.set(sql, statement);
    return statement;
  }

  #connect(timeoutMs: number): Database.Database {
    const connection = new Database(this.#file, { timeout: timeoutMs });
    try {
      connection.exec(`PRAGMA busy_timeout = ${timeoutMs}`);
      // Before the journal is opened: it is then not shared, and whoever has the file open already is met.
      if (this.#isExclusive) connection.exec('PRAGMA locking_mode = EXCLUSIVE');
      connection.exec('PRAGMA journal_mode = WAL');
      // With WAL, NORMAL survives a killed process whole; only a power cut may take the last writes.
      connection.exec('PRAGMA synchronous = NORMAL');
      connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      connection.exec('PRAGMA foreign_keys = ON');
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** The connection, or a new one in place of one that is in doubt. Within a transaction it stays. */
  #usable(): Database.Database {
    if (this.#isClosed) throw new Error('The database connection is not open');
    if (!this.#isDoubtful || this.#connection.inTransaction) {
      this.#requirePlace();
      return this.#connection;
    }
    // A file that is gone is not made anew: what it held would seem never to have been.
    this.#requirePlace(true);
    const doubtful = this.#connection;
    this.#connection = this.#connect(0);
    this.#isDoubtful = false;
    this.#statements.clear();
    doubtful.close();
    return this.#connection;
  }

  /** What is written to a file that was moved away is lost to whoever opens the next one. */
  #requirePlace(now = false): void {
    const at = performance.now();
    if (!now && at - this.#placeCheckedAt < PLACE_CHECK_MS) return;
    this.#placeCheckedAt = at;
    if (placeOf(this.#file) === this.#place) return;
    this.#placeCheckedAt = 0;
    throw new DomainError(
      'storage_unavailable',
      'The database file is not where it was when the server started. Put it back, or start the server again.',
    );
  }

  #judge(error: unknown): unknown {
    const translated = translateSqliteError(error);
    if (translated !== error && !this.#isClosed) this.#isDoubtful = true;
    return translated;
  }
}

/** Which file is there: another one, or the same. */
function placeOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : '';
}
