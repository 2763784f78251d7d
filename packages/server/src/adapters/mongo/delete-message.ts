import type { Message } from '../../domain/message.js';
import type { MessageDeletion } from '../../ports/message-storage.js';
import type { MessageDocument } from './documents.js';
import { toChat } from './mongo-chats.js';
import type { MongoModels } from './mongo-models.js';
import { walkDown } from './message-walks.js';

/**
 * Empties the message, and removes it when nothing follows it. Should something have been sent
 * after it in that very moment, it is put back, empty as it was.
 */
export async function deleteMessage(
  models: MongoModels,
  message: Message,
  at: number,
): Promise<MessageDeletion | null> {
  const emptied = await empty(models, message.id, at);
  if (!emptied) return null;
  await models.replyChunks.deleteMany({ messageId: message.id });
  const isRemoved = await removeUnlessFollowed(models, emptied);
  const leafId = isRemoved ? await findNextLeaf(models, message) : message.id;
  // Two steps, as the leaf may be another one by now.
  await models.chats.updateOne(
    { _id: message.chatId, activeLeafId: message.id },
    { activeLeafId: leafId },
  );
  const chat = await models.chats
    .findOneAndUpdate(
      { _id: message.chatId },
      { $inc: { version: 1 } },
      { returnDocument: 'after' },
    )
    .lean();
  return chat && { outcome: isRemoved ? 'removed' : 'emptied', chat: toChat(chat) };
}

async function empty({ messages }: MongoModels, id: string, at: number) {
  await messages.updateOne(
    { _id: id, status: { $in: ['pending', 'streaming'] } },
    { $set: { status: 'stopped' } },
  );
  return messages
    .findOneAndUpdate(
      { _id: id },
      {
        $set: {
          content: '',
          reasoning: '',
          searchText: '',
          error: null,
          vote: null,
          deletedAt: at,
        },
        $unset: { voteDetails: '', heartbeatAt: '', endedAt: '', endingEvents: '' },
        $inc: { version: 1 },
      },
      { returnDocument: 'after' },
    )
    .lean();
}

async function removeUnlessFollowed(
  { messages }: MongoModels,
  message: MessageDocument,
): Promise<boolean> {
  const { _id, chatId } = message;
  const isFollowed = async () => (await messages.exists({ chatId, parentId: _id })) !== null;
  if (await isFollowed()) return false;
  await messages.deleteOne({ _id });
  if (!(await isFollowed())) return true;
  await messages.create(message);
  return false;
}

/** Beside the removed message the newest leaf, else its parent; null when the chat is empty. */
async function findNextLeaf(models: MongoModels, message: Message): Promise<string | null> {
  const { chatId, parentId, depth } = message;
  const sibling = await models.messages
    .findOne({ chatId, parentId }, { _id: 1 })
    .sort({ _id: -1 })
    .lean();
  return sibling ? walkDown(models, { id: sibling._id, chatId, depth }) : parentId;
}
