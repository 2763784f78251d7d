import { DomainError } from '../../domain/domain-error.js';
import type { MigrationProgress } from '../../ports/migration.js';
import { isDuplicateKey } from './mongo-errors.js';
import type { MongoModels } from './mongo-models.js';

/** Raised when documents change in a way that programs of before would misread. */
const LAYOUT = 1;
const STATE_ID = 'state';

/** What a database says of itself, in one document. */
export interface StateDocument {
  _id: string;
  layout: number;
  /** A copy from an embedded database. */
  copy?: CopyState;
}

export interface CopyState {
  sourceId: string;
  progress: MigrationProgress;
  isFinished: boolean;
}

type States = Pick<MongoModels, 'states'>;

/**
 * Reads what the database says of itself, and writes it into a new one.
 *
 * @throws DomainError `storage_unavailable` when a newer version of the server has written it
 */
export async function readState({ states }: States): Promise<StateDocument> {
  const known = (await states.findById(STATE_ID).lean()) ?? (await writeFirstState({ states }));
  if (known.layout <= LAYOUT) return known;
  throw new DomainError(
    'storage_unavailable',
    'The database at MONGO_URI was written by a newer version of the server; update the server or name another database.',
  );
}

/** Of nodes that start at once, one writes it. */
async function writeFirstState({ states }: States): Promise<StateDocument> {
  const first: StateDocument = { _id: STATE_ID, layout: LAYOUT };
  try {
    await states.create(first);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return (await states.findById(STATE_ID).lean()) ?? first;
}

/** @throws DomainError `storage_unavailable` while a copy into the database is unfinished */
export function requireWhole({ copy }: StateDocument): void {
  if (!copy || copy.isFinished) return;
  throw new DomainError(
    'storage_unavailable',
    'A copy into the database at MONGO_URI is unfinished; finish it with "chat-playground migrate".',
  );
}

export async function writeCopyState({ states }: States, copy: CopyState | null): Promise<void> {
  const change = copy ? { $set: { copy } } : { $unset: { copy: '' } };
  await states.updateOne({ _id: STATE_ID }, change);
}
