import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import AsyncDatabase from 'libsql/promise';

/** Writes gather for so long, in milliseconds: of what came before, a power cut takes nothing. */
const GATHER_MS = 1_000;
/**
 * Copies as much as it can and makes nobody wait: https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
 * Once more for what was written meanwhile: the log begins anew where nothing is left.
 */
const COPY = 'PRAGMA wal_checkpoint(PASSIVE); '.repeat(2);

export interface Checkpoints {
  /** To be called after each write. */
  handleWrite(): void;
  /** Copies what is left; resolves when that is done, and nothing else will be. */
  stop(): Promise<void>;
}

/**
 * Copies what was written from the write-ahead log into the file. It waits for the disk twice; on a
 * connection, and a thread, of its own nobody waits with it.
 */
export function createCheckpoints(file: string): Checkpoints {
  const stopping = new AbortController();
  let connection: AsyncDatabase | null = null;
  let hasNews = false;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    const { signal } = stopping;
    while (hasNews) {
      await delay(GATHER_MS, undefined, { ref: false, signal }).catch(() => null);
      hasNews = false;
      // What fails stays in the log, and is copied with what comes next.
      await copy().catch(() => null);
    }
    working = null;
  }

  async function copy(): Promise<void> {
    // To open a file that was moved away would make one.
    if (!existsSync(file)) return;
    connection ??= new AsyncDatabase(file, {});
    await connection.exec(COPY);
  }

  return {
    handleWrite() {
      hasNews = true;
      working ??= work();
    },
    async stop() {
      stopping.abort();
      await working;
      connection?.close();
    },
  };
}
