import type { MongoModels } from './mongo-models.js';

/** A `deletedAt` before all time: claimed by a purge. */
export const CLAIMED_AT = -1;
/** Documents removed by one request. */
const MESSAGES_PER_STEP = 200;

/**
 * Removes chats for good in small steps. First each is claimed: from then on no undo can revive a
 * chat that is half gone, and a purge that is killed is taken up by the next. The chat goes last.
 */
export async function purgeDeletedChats(
  models: MongoModels,
  deletedBefore: number,
  limit: number,
): Promise<number> {
  const { chats, sends } = models;
  const doomed = await chats
    .find({ deletedAt: { $lt: deletedBefore } }, { _id: 1 })
    .sort({ deletedAt: 1 })
    .limit(limit)
    .lean();
  let purged = 0;
  for (const { _id } of doomed) {
    const claim = await chats.updateOne(
      { _id, deletedAt: { $lt: deletedBefore } },
      { deletedAt: CLAIMED_AT },
    );
    if (claim.matchedCount === 0) continue;
    // Sends first: one still pending would write its messages anew.
    await sends.deleteMany({ chatId: _id });
    while ((await removeSomeMessages(models, _id)) > 0);
    purged += (await chats.deleteOne({ _id })).deletedCount;
  }
  return purged;
}

/** Their event chunks first: without their message nobody would find them. */
async function removeSomeMessages(
  { messages, replyChunks }: MongoModels,
  chatId: string,
): Promise<number> {
  const found = await messages.find({ chatId }, { _id: 1 }).limit(MESSAGES_PER_STEP).lean();
  const ids = found.map(({ _id }) => _id);
  await replyChunks.deleteMany({ messageId: { $in: ids } });
  await messages.deleteMany({ _id: { $in: ids } });
  return ids.length;
}
