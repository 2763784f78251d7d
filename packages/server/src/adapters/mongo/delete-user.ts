import type { MongoModels } from './mongo-models.js';
import { CLAIMED_AT, purgeDeletedChats } from './purge-chats.js';

/** Chats removed before the next are looked for. */
const CHATS_PER_STEP = 50;

/**
 * The account goes last of what names it, so that a removal that was cut short is found undone and
 * can be asked for again; the chats, claimed for the purge, go on by themselves either way.
 */
export async function deleteUser(models: MongoModels, userId: string): Promise<boolean> {
  const { users, sessions, presets, usage, chats } = models;
  await sessions.deleteMany({ userId });
  await presets.deleteMany({ ownerId: userId });
  await usage.deleteMany({ ownerId: userId });
  await chats.updateMany({ ownerId: userId }, { deletedAt: CLAIMED_AT });
  const { deletedCount } = await users.deleteOne({ _id: userId });
  // Again: what another node was just recording when the user was still there.
  await usage.deleteMany({ ownerId: userId });
  while ((await purgeDeletedChats(models, 0, CHATS_PER_STEP)) > 0);
  return deletedCount > 0;
}
