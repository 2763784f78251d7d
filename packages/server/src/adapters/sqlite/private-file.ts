import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** What others on the machine may do. */
const OTHERS = 0o077;
/** SQLite gives those it makes the mode of the database. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** Makes a folder that only this user may look into; one that is there stays as it is. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
}

/** Makes a file, or closes the one that is there, with its companions, to all others. */
export function makePrivateFile(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', OWNER_ONLY_FILE));
  for (const companion of COMPANIONS) {
    const found = statSync(file + companion, { throwIfNoEntry: false });
    if (!found?.isFile() || (found.mode & OTHERS) === 0) continue;
    // Another user's file that may be written all the same is theirs to close.
    if (found.uid === process.getuid?.()) chmodSync(file + companion, OWNER_ONLY_FILE);
  }
}
