import { v7 as newId } from 'uuid';
import { toChatRow } from '../../packages/server/src/adapters/sqlite/chat-rows.ts';
import { indexMessage } from '../../packages/server/src/adapters/sqlite/message-index.ts';
import { toMessageRow } from '../../packages/server/src/adapters/sqlite/message-rows.ts';
import { openDatabase } from '../../packages/server/src/adapters/sqlite/open-database.ts';
import { createRandom } from '../figures/random.js';
import { pickWord } from '../texts/word-list.js';

const CHATS_PER_TRANSACTION = 20;
const SECONDS_BETWEEN_CHATS = 60;
const FIRST_AT = Date.UTC(2024, 0, 1);
const TITLE_WORDS = 4;
const WORDS_OF = { user: 8, assistant: 24 };

/**
 * Writes chats of one user as the embedded database keeps them, with the adapter's own rows and
 * index, but many in one transaction. Chats that are there already are left as they are.
 *
 * A program of its own, told what to do as JSON, because a connection that was closed holds its file
 * until the last of its statements is collected, and the copy into MongoDB wants the file alone.
 *
 * @param {{ file: string, ownerId: string, messagesPerChat: number, chats: number }} options
 *   `chats`: how many there are to be
 */
function fill({ file, chats, ...options }) {
  const database = openDatabase(file);
  const there = countChats(database);
  const random = createRandom(there + 1);
  for (let first = there; first < chats; first += CHATS_PER_TRANSACTION) {
    database.transaction(() => {
      const end = Math.min(first + CHATS_PER_TRANSACTION, chats);
      for (let number = first; number < end; number += 1) {
        writeChat(database, { ...options, random }, number);
      }
    });
  }
  database.close();
}

function countChats(database) {
  const chats = database.queries.selectFrom('chats');
  return database.first(chats.select(({ fn }) => fn.countAll().as('count'))).count;
}

function writeChat(database, { ownerId, random, messagesPerChat }, number) {
  const at = FIRST_AT + number * SECONDS_BETWEEN_CHATS * 1000;
  const chatId = newId({ msecs: at });
  const messages = makeBranch({ chatId, ownerId, at, random, count: messagesPerChat });
  const chat = {
    ...{ id: chatId, ownerId, title: makeText(random, TITLE_WORDS), pinned: false },
    ...{ archived: false, activeLeafId: messages.at(-1).id, createdAt: at, updatedAt: at },
    ...{ deletedAt: null, version: 1 },
  };
  database.write(database.queries.insertInto('chats').values(toChatRow(chat)));
  for (const message of messages) {
    const row = toMessageRow(message);
    const insert = database.queries.insertInto('messages').values(row);
    const { rowId } = database.first(insert.returning('row_id as rowId'));
    indexMessage(database, { rowId, ownerId, content: row.content });
  }
}

function makeBranch({ chatId, ownerId, at, random, count }) {
  const messages = [];
  for (let depth = 0; depth < count; depth += 1) {
    const role = depth % 2 === 0 ? 'user' : 'assistant';
    messages.push({
      ...{ id: newId({ msecs: at + depth }), chatId, ownerId, role, depth },
      ...{ parentId: messages.at(-1)?.id ?? null, content: makeText(random, WORDS_OF[role]) },
      ...{ reasoning: '', status: 'complete', error: null, vote: null, model: null },
      ...{ requestedParameters: null, parameters: null, metrics: null },
      ...{ createdAt: at + depth, version: 1 },
    });
  }
  return messages;
}

function makeText(random, words) {
  return Array.from({ length: words }, () => pickWord(random)).join(' ');
}

fill(JSON.parse(process.argv[2]));
