import type { ExportPage } from '../../ports/export-storage.js';
import { fromChatRow } from './chat-rows.js';
import { fromMessageRow } from './message-rows.js';
import { withTextSoFar } from './reply-log.js';
import type { SqliteDatabase } from './sqlite-database.js';
import { createSqlitePresets } from './sqlite-presets.js';

/** Page after page in the order of writing; nothing is read before it is asked for. */
export async function* exportUserData(
  database: SqliteDatabase,
  ownerId: string,
  pageSize: number,
): AsyncGenerator<ExportPage, void> {
  const presets = createSqlitePresets(database);
  let after: string | undefined;
  do {
    const items = await presets.listPresets(ownerId, { limit: pageSize, after });
    if (items.length > 0) yield { kind: 'presets', items };
    after = items.at(-1)?.id;
  } while (after !== undefined);

  for (const rows of pagesOf((rowId) =>
    database.all(chatsAfter(database, ownerId, rowId, pageSize)),
  )) {
    yield { kind: 'chats', items: rows.map(fromChatRow) };
  }
  for (const rows of pagesOf((rowId) =>
    database.all(messagesAfter(database, ownerId, rowId, pageSize)),
  )) {
    const items = rows.map((row) => withTextSoFar(database, fromMessageRow(row)));
    yield { kind: 'messages', items };
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
