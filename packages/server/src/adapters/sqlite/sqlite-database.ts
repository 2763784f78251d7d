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
import { translateSqliteError } from './sqlite-errors.js';
import type { Schema } from './schema.js';

/** How long a write waits for another process's write before it gives up. */
const BUSY_TIMEOUT_MS = 2_000;
/**
 * Pages of 4 kB in the write-ahead log at which whoever writes copies them into the file, should that
 * not have been done in time (see `createCheckpoints`): dozens of sends take no longer.
 */
const CHECKPOINT_PAGES = 16_000;
/** Distinct statements the adapter has, with room; beyond it the oldest is prepared anew. */
const MAX_CACHED_STATEMENTS = 256;

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
  readonly #connection: Database.Database;
  #handleWrite = () => {};
  readonly #statements = new Map<string, Statement>();

  /** @throws SqliteError when the file can't be opened or is no database */
  constructor(file: string, { exclusively = false } = {}) {
    this.#connection = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      this.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      // Before the journal is opened: it is then not shared, and whoever has the file open already is met.
      if (exclusively) this.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.exec('PRAGMA journal_mode = WAL');
      // With WAL, NORMAL survives a killed process whole; only a power cut may take the last writes.
      this.exec('PRAGMA synchronous = NORMAL');
      this.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      this.exec('PRAGMA foreign_keys = ON');
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  /** From now on, calls `handleWrite` after each `write`, and each transaction. */
  watchWrites(handleWrite: () => void): void {
    this.#handleWrite = handleWrite;
  }

  /** Runs statements that take no parameters. */
  exec(sql: string): void {
    this.#connection.exec(sql);
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
    const changes = this.#run(query.compile(), write);
    this.#handleWrite();
    return changes;
  }

  /** All or nothing. Takes the write lock at once, so that what it reads can't be outdated when it writes. */
  transaction<Result>(work: () => Result): Result {
    try {
      this.#prepare('BEGIN IMMEDIATE').run([]);
      try {
        const result = work();
        this.#prepare('COMMIT').run([]);
        this.#handleWrite();
        return result;
      } catch (error) {
        // Some errors have undone it already.
        if (this.#connection.inTransaction) this.#prepare('ROLLBACK').run([]);
        throw error;
      }
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  close(): void {
    if (!this.#connection.open) return;
    this.#statements.clear();
    this.#connection.close();
  }

  #run<Result>(
    { sql, parameters }: CompiledQuery,
    execute: (statement: Statement, parameters: unknown[]) => Result,
  ): Result {
    try {
      return execute(this.#prepare(sql), [...parameters]);
    } catch (error) {
      throw translateSqliteError(error);
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
}
