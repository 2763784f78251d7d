import { createHash, type Hash } from 'node:crypto';
import { DomainError } from '../domain/domain-error.js';
import {
  RECORD_KINDS,
  type MigrationProgress,
  type MigrationSource,
  type MigrationTarget,
  type RecordKind,
  type RecordReader,
  type RecordWriter,
  type StoredRecords,
} from '../ports/migration.js';

export interface MigrateOptions {
  source: MigrationSource;
  target: MigrationTarget;
  /** Records copied or compared at once. */
  batchSize: number;
  /** Removes what an earlier, unfinished copy has written, and copies everything anew. */
  restart: boolean;
  /** Hears, a line each, how it goes. */
  report: (line: string) => void;
}

/**
 * Copies everything into a storage that is empty, then reads both and compares each record. It may
 * be cut short at any moment: the next call goes on after the last batch that was surely written.
 *
 * @throws DomainError `conflict`, its message for the operator, when there is nothing to copy, when
 *   the target holds something else, or when the two differ in the end
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { source, target, restart, report } = options;
  if (source.id === null) throw refusal('There is no account in the file: nothing to copy.');
  if (restart) await target.discard();
  const earlier = await target.begin(source.id);
  if (earlier) report('Going on where an earlier run stopped.');
  const progress: MigrationProgress = earlier ?? {};
  for (const kind of RECORD_KINDS) await copyKind(kind, progress, options);
  report('Comparing both, record by record …');
  for (const kind of RECORD_KINDS) await compareKind(kind, options);
  await target.finish();
}

async function copyKind<Kind extends RecordKind>(
  kind: Kind,
  progress: MigrationProgress,
  { source, target, batchSize, report }: MigrateOptions,
): Promise<void> {
  const from: RecordReader<StoredRecords[Kind]> = source.records[kind];
  const to: RecordWriter<StoredRecords[Kind]> = target.records[kind];
  const total = await from.count();
  const position = () => progress[kind] ?? null;
  const told = tenths(report, kind, total);
  let copied = 0;
  for (
    let page = await from.readAfter(position(), batchSize);
    page;
    page = await from.readAfter(position(), batchSize)
  ) {
    await to.write(page.records);
    // Only now: a batch written twice is harmless, one left out is not.
    progress[kind] = page.position;
    await target.saveProgress(progress);
    copied += page.records.length;
    told(copied);
  }
  const before = total - copied;
  report(`${kind}: ${copied} of ${total} copied${before > 0 ? `, ${before} earlier` : ''}`);
}

async function compareKind<Kind extends RecordKind>(
  kind: Kind,
  { source, target, batchSize, report }: MigrateOptions,
): Promise<void> {
  const from: RecordReader<StoredRecords[Kind]> = source.records[kind];
  const to: RecordWriter<StoredRecords[Kind]> = target.records[kind];
  const sums = { source: createHash('sha256'), target: createHash('sha256') };
  let count = 0;
  for (
    let page = await from.readAfter(null, batchSize);
    page;
    page = await from.readAfter(page.position, batchSize)
  ) {
    const kept = await to.readBack(page.records);
    page.records.forEach((record, index) => {
      addTo(sums.source, record);
      addTo(sums.target, kept[index] ?? null);
    });
    count += page.records.length;
  }
  const [expected, found] = [sums.source.digest('hex'), sums.target.digest('hex')];
  if (expected !== found) {
    throw refusal(
      `The ${kind} differ (checksum ${short(found)} instead of ${short(expected)}): something changed since they were copied. Run it again with --restart to copy everything anew.`,
    );
  }
  const kept = await to.count();
  if (kept !== count) {
    throw refusal(
      `There are ${kept} ${kind} instead of ${count}: something was added or deleted since they were copied. Run it again with --restart to copy everything anew.`,
    );
  }
  report(`${kind}: ${count} the same, checksum ${short(expected)}`);
}

/** A line a record, its fields in one order whatever order a storage keeps them in. */
function addTo(sum: Hash, record: unknown): void {
  sum.update(JSON.stringify(record, sortFields)).update('\n');
}

function sortFields(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A line whenever another tenth of a long copy is done; the last one is the caller's. */
function tenths(report: (line: string) => void, kind: RecordKind, total: number) {
  let next = 1;
  return (copied: number) => {
    const tenth = Math.floor((10 * copied) / total);
    if (tenth < next || copied >= total) return;
    next = tenth + 1;
    report(`${kind}: ${copied} of ${total} …`);
  };
}

function refusal(message: string): DomainError {
  return new DomainError('conflict', message);
}

/** Enough of a checksum to compare by eye. */
function short(sum: string): string {
  return sum.slice(0, 12);
}
