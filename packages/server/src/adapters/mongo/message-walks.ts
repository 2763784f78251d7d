import type { Message } from '../../domain/message.js';
import type { MongoModels } from './mongo-models.js';

type Place = Pick<Message, 'id' | 'chatId' | 'depth'>;

/**
 * Ids from a leaf towards the root, `limit` at most. One query for the levels of the page (ids and
 * parents, from the index), whatever lies above it; siblings at those levels are all it reads too
 * many.
 */
export async function walkUp(
  { messages }: MongoModels,
  leaf: Place,
  limit: number,
): Promise<string[]> {
  const levels = { $gt: leaf.depth - limit, $lte: leaf.depth };
  const found = await messages.find({ chatId: leaf.chatId, depth: levels }, { parentId: 1 }).lean();
  const parents = new Map(found.map(({ _id, parentId }) => [_id, parentId]));
  const ids: string[] = [];
  for (let id: string | null = leaf.id; id !== null && parents.has(id);) {
    ids.push(id);
    id = parents.get(id) ?? null;
  }
  return ids;
}

/** The leaf reached by always taking the newest child. Reads the ids below, from the index. */
export async function walkDown({ messages }: MongoModels, from: Place): Promise<string> {
  const below = await messages
    .find({ chatId: from.chatId, depth: { $gt: from.depth } }, { parentId: 1 })
    .lean();
  const newestChildren = new Map<string | null, string>();
  for (const { _id, parentId } of below) {
    const known = newestChildren.get(parentId);
    if (known === undefined || known < _id) newestChildren.set(parentId, _id);
  }
  let leafId = from.id;
  for (let child = newestChildren.get(leafId); child; child = newestChildren.get(child)) {
    leafId = child;
  }
  return leafId;
}
