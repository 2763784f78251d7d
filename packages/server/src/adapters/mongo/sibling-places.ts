import type { Message, PlacedMessage } from '../../domain/message.js';
import type { MongoModels } from './mongo-models.js';

/** Places messages of one chat among their siblings, with one query for all of them. */
export async function placeAmongSiblings(
  { messages }: MongoModels,
  page: Message[],
): Promise<PlacedMessage[]> {
  const first = page[0];
  if (!first) return [];
  const parentIds = [...new Set(page.map(({ parentId }) => parentId))];
  const found = await messages
    .find({ chatId: first.chatId, parentId: { $in: parentIds } }, { parentId: 1 })
    .sort({ _id: 1 })
    .lean();
  const families = new Map<string | null, string[]>(parentIds.map((parentId) => [parentId, []]));
  for (const { _id, parentId } of found) families.get(parentId)?.push(_id);
  return page.map((message) => {
    const ids = families.get(message.parentId) ?? [];
    const index = ids.indexOf(message.id);
    const siblings = {
      index,
      count: ids.length,
      previousId: ids[index - 1] ?? null,
      nextId: ids[index + 1] ?? null,
    };
    return { ...message, siblings };
  });
}
