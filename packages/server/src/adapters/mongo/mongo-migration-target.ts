import { DomainError } from '../../domain/domain-error.js';
import {
  RECORD_KINDS,
  type MigrationProgress,
  type MigrationTarget,
} from '../../ports/migration.js';
import { translatingErrors } from './mongo-errors.js';
import { connectModels } from './mongo-storage.js';
import { createRecordStores } from './record-stores.js';
import { readState, writeCopyState } from './storage-state.js';

/**
 * MongoDB as something to copy into.
 *
 * @param options.uri connection string
 * @param options.databaseName instead of the one in `uri`
 * @throws DomainError `storage_unavailable` when the server can't be reached within 3 s, or a newer
 *   version of the server has written the database
 */
export async function openMongoMigrationTarget(options: {
  uri: string;
  databaseName?: string;
}): Promise<MigrationTarget> {
  const models = await connectModels(options);
  const records = createRecordStores(models);
  let sourceId: string | undefined;
  const save = async (progress: MigrationProgress, isFinished: boolean) => {
    if (sourceId === undefined) throw new Error('A copy must begin before it goes on.');
    await writeCopyState(models, { sourceId, progress, isFinished });
  };
  const verbs = translatingErrors({
    async begin(id: string) {
      const { copy } = await readState(models);
      const isSame = copy?.sourceId === id && !copy.isFinished;
      if (!isSame) await requireEmpty(records, copy !== undefined && !copy.isFinished);
      sourceId = id;
      if (!isSame) await save({}, false);
      return isSame ? copy.progress : null;
    },
    saveProgress: (progress: MigrationProgress) => save(progress, false),
    async discard() {
      const { copy } = await readState(models);
      if (!copy || copy.isFinished) return;
      for (const kind of RECORD_KINDS) await records[kind].clear();
      await writeCopyState(models, null);
    },
    finish: () => save({}, true),
    close: () => models.connection.close(),
  });
  return { ...verbs, records };
}

async function requireEmpty(
  records: MigrationTarget['records'],
  hasUnfinished: boolean,
): Promise<void> {
  if (hasUnfinished) {
    throw refusal(
      'The database at MONGO_URI holds an unfinished copy of another file; run it again with --restart to replace that.',
    );
  }
  for (const kind of RECORD_KINDS) {
    const count = await records[kind].count();
    if (count === 0) continue;
    throw refusal(
      `The database at MONGO_URI is not empty (${count} ${kind}); a copy would mix with what is there. Name another database, or empty this one.`,
    );
  }
}

function refusal(message: string): DomainError {
  return new DomainError('conflict', message);
}
