import { createPageSize, lengthOf } from '../../domain/page-size.js';
import { PRESETS_PER_PAGE, type ExportPage } from '../../ports/export-storage.js';
import { fromChatRow } from './chat-rows.js';
import { fromMessageRow } from './message-rows.js';
import { withTextSoFar } from './reply-log.js';
import type { SqliteDatabase } from './sqlite-database.js';
import type { UsageRow } from './schema.js';
import { createSqlitePresets } from './sqlite-presets.js';
import { fromUsageRow } from './sqlite-usage.js';

/** Page after page in the order of writing; nothing is read before it is asked for. */
export async function* exportUserData(
  database: SqliteDatabase,
  ownerId: string,
  pageSize: number,
): AsyncGenerator<ExportPage, void> {
  const presets = createSqlitePresets(database);
  let after: string | undefined;
  do {
    // A system prompt may be long.
    const limit = Math.min(pageSize, PRESETS_PER_PAGE);
    const items = await presets.listPresets(ownerId, { limit, after });
    if (items.length > 0) yield { kind: 'presets', items };
    after = items.at(-1)?.id;
  } while (after !== undefined);

  for (const rows of pagesOf((rowId) =>
    database.all(chatsAfter(database, ownerId, rowId, pageSize)),
  )) {
    yield { kind: 'chats', items: rows.map(fromChatRow) };
  }
  const size = createPageSize(pageSize);
  for (const rows of pagesOf((rowId) =>
    database.all(messagesAfter(database, ownerId, rowId, size.rows())),
  )) {
    const items = rows.map((row) => withTextSoFar(database, fromMessageRow(row)));
    size.handlePage(items.reduce((length, item) => length + lengthOf(item), 0));
    yield { kind: 'messages', items };
  }
  yield* exportUsage(database, ownerId, pageSize);
}

function* exportUsage(
  database: SqliteDatabase,
  ownerId: string,
  limit: number,
): Generator<ExportPage, void> {
  let last: UsageRow | undefined;
  for (;;) {
    const rows = database.all(usageAfter(database, ownerId, last, limit));
    if (rows.length === 0) return;
    yield { kind: 'usage', items: rows.map(fromUsageRow) };
    last = rows.at(-1);
  }
}

function* pagesOf<Row extends { row_id: number }>(
  readAfter: (rowId: number) => Row[],
): Generator<Row[], void> {
  let rowId = 0;
  for (;;) {
    const rows = readAfter(rowId);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    rowId = last.row_id;
  }
}

function chatsAfter({ queries }: SqliteDatabase, ownerId: string, rowId: number, limit: number) {
  return queries
    .selectFrom('chats')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('deleted_at', 'is', null)
    .where('row_id', '>', rowId)
    .orderBy('row_id')
    .limit(limit);
}

function messagesAfter({ queries }: SqliteDatabase, ownerId: string, rowId: number, limit: number) {
  return queries
    .selectFrom('messages as m')
    .innerJoin('chats as c', 'c.id', 'm.chat_id')
    .selectAll('m')
    .where('m.owner_id', '=', ownerId)
    .where('c.deleted_at', 'is', null)
    .where('m.row_id', '>', rowId)
    .orderBy('m.row_id')
    .limit(limit);
}

/** Ids are made in order of time, so this is the order of writing, give or take a long reply. */
function usageAfter(
  { queries }: SqliteDatabase,
  ownerId: string,
  last: UsageRow | undefined,
  limit: number,
) {
  const { message_id: id = '', kind = 'reply' } = last ?? {};
  return queries
    .selectFrom('usage')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('message_id', 'kind'), '>', tuple(id, kind)))
    .orderBy('message_id')
    .orderBy('kind')
    .limit(limit);
}
