import { createMongoStorage } from '../adapters/mongo/mongo-storage.js';
import { createSqliteStorage } from '../adapters/sqlite/sqlite-storage.js';
import type { StorageOpener } from '../ports/storage-contract/storage-home-contract.js';
import type { Storage } from '../ports/storage.js';

/** Opens what a test in another process made. */
export async function openStorage(opener: StorageOpener): Promise<Storage> {
  switch (opener.adapter) {
    case 'sqlite':
      return createSqliteStorage(opener);
    case 'mongo':
      return createMongoStorage(opener);
  }
}
