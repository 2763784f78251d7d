import { sql, type Kysely } from 'kysely';
import { MAX_PAGE_LENGTH } from '../../domain/page-size.js';
import type { Schema } from './schema.js';

type Queries = Pick<Kysely<Schema>, 'selectFrom' | 'withRecursive'>;

/** One message of a chat that is not deleted, with its place among its siblings. */
export function selectMessage(queries: Queries, ownerId: string, messageId: string) {
  return queries
    .selectFrom('messages as m')
    .innerJoin('chats as c', 'c.id', 'm.chat_id')
    .selectAll('m')
    .select(siblingColumns())
    .where('m.id', '=', messageId)
    .where('m.owner_id', '=', ownerId)
    .where('c.deleted_at', 'is', null);
}

export interface Branch {
  ownerId: string;
  chatId: string;
  leafId: string;
  limit: number;
}

/**
 * Walks from the leaf towards the root, `limit` steps at most, by ids alone; then reads the bodies
 * of those it met. What lies above or beside them is never touched. It ends as well where the texts
 * so far fill a page.
 */
export function selectBranch(queries: Queries, { ownerId, chatId, leafId, limit }: Branch) {
  return queries
    .withRecursive('branch(id, parent_id, steps, bytes)', (db) =>
      db
        .selectFrom('messages as leaf')
        .innerJoin('chats as c', 'c.id', 'leaf.chat_id')
        .select(['leaf.id', 'leaf.parent_id', sql<number>`1`.as('steps')])
        .select(textBytes('leaf').as('bytes'))
        .where('leaf.id', '=', leafId)
        .where('leaf.chat_id', '=', chatId)
        .where('leaf.owner_id', '=', ownerId)
        .where('c.deleted_at', 'is', null)
        .unionAll(
          db
            .selectFrom('branch')
            .innerJoin('messages as parent', 'parent.id', 'branch.parent_id')
            .select(['parent.id', 'parent.parent_id', sql<number>`branch.steps + 1`.as('steps')])
            .select(sql<number>`branch.bytes + ${textBytes('parent')}`.as('bytes'))
            .where('branch.steps', '<', limit)
            .where('branch.bytes', '<', MAX_PAGE_LENGTH),
        ),
    )
    .selectFrom('branch')
    .innerJoin('messages as m', 'm.id', 'branch.id')
    .selectAll('m')
    .select(siblingColumns())
    .orderBy('branch.steps', 'desc');
}

/** Known without reading the texts. */
function textBytes(message: 'leaf' | 'parent') {
  const content = sql.ref(`${message}.content`);
  const reasoning = sql.ref(`${message}.reasoning`);
  return sql<number>`octet_length(${content}) + octet_length(${reasoning})`;
}

/** From a message down, always to the child with the highest (newest) id, until there is none. */
export function selectNewestLeaf(queries: Queries, ownerId: string, messageId: string) {
  return queries
    .withRecursive('path(id, chat_id, steps)', (db) =>
      db
        .selectFrom('messages as m')
        .innerJoin('chats as c', 'c.id', 'm.chat_id')
        .select(['m.id', 'm.chat_id', sql<number>`0`.as('steps')])
        .where('m.id', '=', messageId)
        .where('m.owner_id', '=', ownerId)
        .where('c.deleted_at', 'is', null)
        .unionAll(
          db
            .selectFrom('path')
            .innerJoin('messages as child', (join) =>
              join.on(
                'child.id',
                '=',
                sql<string>`(
                  SELECT max(id) FROM messages
                  WHERE chat_id = path.chat_id AND parent_id = path.id
                )`,
              ),
            )
            .select(['child.id', 'child.chat_id', sql<number>`path.steps + 1`.as('steps')]),
        ),
    )
    .selectFrom('path')
    .select('id')
    .orderBy('steps', 'desc')
    .limit(1);
}

/** Siblings share chat and parent (first messages share having none) and stand in id order. */
function siblingColumns() {
  const siblings = sql`messages AS s WHERE s.chat_id = m.chat_id AND s.parent_id IS m.parent_id`;
  return [
    sql<number>`(SELECT count(*) FROM ${siblings} AND s.id < m.id)`.as('sibling_index'),
    sql<number>`(SELECT count(*) FROM ${siblings})`.as('sibling_count'),
    sql<string | null>`(SELECT max(s.id) FROM ${siblings} AND s.id < m.id)`.as(
      'previous_sibling_id',
    ),
    sql<string | null>`(SELECT min(s.id) FROM ${siblings} AND s.id > m.id)`.as('next_sibling_id'),
  ];
}
