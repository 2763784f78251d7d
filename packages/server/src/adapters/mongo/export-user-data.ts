import { createPageSize, lengthOf } from '../../domain/page-size.js';
import { PRESETS_PER_PAGE, type ExportPage } from '../../ports/export-storage.js';
import { translateMongoError } from './mongo-errors.js';
import { toMessage } from './message-documents.js';
import { toChat } from './mongo-chats.js';
import type { MongoModels } from './mongo-models.js';
import { createMongoPresets } from './mongo-presets.js';
import { toUsage } from './mongo-usage.js';
import { withTextSoFar } from './reply-log.js';

/** Page after page in order of ids; nothing is read before it is asked for. */
export async function* exportUserData(
  models: MongoModels,
  ownerId: string,
  pageSize: number,
): AsyncGenerator<ExportPage, void> {
  try {
    yield* exportPresets(models, ownerId, pageSize);
    yield* exportChats(models, ownerId, pageSize);
    yield* exportMessages(models, ownerId, pageSize);
    yield* exportUsage(models, ownerId, pageSize);
  } catch (error) {
    throw translateMongoError(error);
  }
}

async function* exportPresets(
  models: MongoModels,
  ownerId: string,
  limit: number,
): AsyncGenerator<ExportPage, void> {
  const presets = createMongoPresets(models);
  let after: string | undefined;
  do {
    // A system prompt may be long.
    const some = Math.min(limit, PRESETS_PER_PAGE);
    const items = await presets.listPresets(ownerId, { limit: some, after });
    if (items.length > 0) yield { kind: 'presets', items };
    after = items.at(-1)?.id;
  } while (after !== undefined);
}

async function* exportChats(
  { chats }: MongoModels,
  ownerId: string,
  limit: number,
): AsyncGenerator<ExportPage, void> {
  const readAfter = (after: string) =>
    chats
      .find({ ownerId, deletedAt: null, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean();
  for (let page = await readAfter(''); page.length > 0; page = await readAfter(lastId(page))) {
    yield { kind: 'chats', items: page.map(toChat) };
  }
}

async function* exportMessages(
  models: MongoModels,
  ownerId: string,
  limit: number,
): AsyncGenerator<ExportPage, void> {
  const { chats, messages } = models;
  const size = createPageSize(limit);
  const readAfter = (after: string) =>
    messages
      .find({ ownerId, _id: { $gt: after } }, { searchText: 0 })
      .sort({ _id: 1 })
      .limit(size.rows())
      .lean();
  for (let page = await readAfter(''); page.length > 0; page = await readAfter(lastId(page))) {
    const chatIds = [...new Set(page.map(({ chatId }) => chatId))];
    const shown = await chats.find({ _id: { $in: chatIds }, deletedAt: null }, { _id: 1 }).lean();
    const shownIds = new Set(shown.map(({ _id }) => _id));
    const found = page.filter(({ chatId }) => shownIds.has(chatId)).map(toMessage);
    const items = await Promise.all(found.map((message) => withTextSoFar(models, message)));
    size.handlePage(page.reduce((length, message) => length + lengthOf(message), 0));
    if (items.length > 0) yield { kind: 'messages', items };
  }
}

async function* exportUsage(
  { usage }: MongoModels,
  ownerId: string,
  limit: number,
): AsyncGenerator<ExportPage, void> {
  const readAfter = (after: string) =>
    usage
      .find({ ownerId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean();
  for (let page = await readAfter(''); page.length > 0; page = await readAfter(lastId(page))) {
    yield { kind: 'usage', items: page.map(toUsage) };
  }
}

function lastId(page: { _id: string }[]): string {
  return page.at(-1)?._id ?? '';
}
