import { afterAll, beforeAll } from 'vitest';
import type { SearchBounds } from '../../domain/search-pace.js';
import type { Storage } from '../storage.js';

/** A database that can be opened more than once, from here and from another process. */
export interface StorageHome {
  open(options?: { searchBounds: Partial<SearchBounds> }): Promise<Storage>;
  /** Tells `test-support/storage-writer.ts` how to open the same from its own process. */
  readonly opener: StorageOpener;
  /** Messages in the deepest chain that is tried; 2,000 when absent. */
  readonly deepest?: number;
  destroy(): Promise<void>;
}

export type StorageOpener =
  { adapter: 'sqlite'; file: string } | { adapter: 'mongo'; uri: string; databaseName: string };

export type MakeHome = () => Promise<StorageHome>;

/** One home and two connections to it for all tests of a suite, as two nodes would have. */
export function useStorage(makeHome: MakeHome): {
  readonly home: StorageHome;
  readonly storage: Storage;
  readonly other: Storage;
} {
  let opened: { home: StorageHome; storage: Storage; other: Storage } | undefined;
  const get = () => {
    if (!opened) throw new Error('The storage is open during tests only.');
    return opened;
  };
  beforeAll(async () => {
    const home = await makeHome();
    opened = { home, storage: await home.open(), other: await home.open() };
  });
  afterAll(async () => {
    await opened?.storage.close();
    await opened?.other.close();
    await opened?.home.destroy();
  });
  return {
    get home() {
      return get().home;
    },
    get storage() {
      return get().storage;
    },
    get other() {
      return get().other;
    },
  };
}
