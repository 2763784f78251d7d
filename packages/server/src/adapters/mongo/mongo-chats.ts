import type { Chat } from '../../domain/chat.js';
import { foldText } from '../../domain/fold-text.js';
import type { ChatPatch, ChatPosition, ChatStorage } from '../../ports/chat-storage.js';
import type { ChatDocument } from './documents.js';
import { escapeRegex } from './escape-regex.js';
import type { Filter, MongoModels } from './mongo-models.js';
import { CLAIMED_AT, purgeDeletedChats } from './purge-chats.js';

export function createMongoChats(models: MongoModels): ChatStorage {
  const { chats, messages } = models;
  const change = async (
    filter: Filter<ChatDocument>,
    set: Partial<ChatDocument>,
  ): Promise<Chat | null> =>
    fromDocument(
      await chats
        .findOneAndUpdate(filter, { $set: set, $inc: { version: 1 } }, { returnDocument: 'after' })
        .lean(),
    );

  return {
    async findChat(ownerId, chatId) {
      return fromDocument(await findShownChat(models, ownerId, chatId));
    },

    /**
     * A title is looked for by walking the owner's list, whose index holds it: at most the owner's
     * own chats, none of their documents, and no text index, which would know no parts of words.
     */
    async listChats(ownerId, { limit, after, archived, titleContains }) {
      const found = await chats
        .find({
          ownerId,
          deletedAt: null,
          archived,
          ...(after && { $or: isAfter(after) }),
          ...(titleContains && { titleKey: { $regex: escapeRegex(foldText(titleContains)) } }),
        })
        .sort({ pinned: -1, updatedAt: -1, _id: -1 })
        .limit(limit)
        .lean();
      return found.map(toChat);
    },

    async updateChat(ownerId, chatId, patch) {
      const { activeLeafId } = patch;
      if (activeLeafId !== undefined) {
        const leaf = await messages.findById(activeLeafId, { chatId: 1 }).lean();
        if (leaf?.chatId !== chatId) return null;
      }
      return change({ _id: chatId, ownerId, deletedAt: null }, toFields(patch));
    },

    async setFirstTitle(ownerId, chatId, title) {
      const untitled = { _id: chatId, ownerId, deletedAt: null, title: null };
      return change(untitled, toTitleFields(title));
    },

    async deleteChat(ownerId, chatId, at) {
      return (await change({ _id: chatId, ownerId, deletedAt: null }, { deletedAt: at })) !== null;
    },

    async restoreChat(ownerId, chatId, deletedSince) {
      const restorable = { $gte: deletedSince, $gt: CLAIMED_AT };
      const restored = await change(
        { _id: chatId, ownerId, deletedAt: restorable },
        { deletedAt: null },
      );
      if (restored) return restored;
      const chat = await chats.findById(chatId).lean();
      if (chat?.ownerId !== ownerId) return 'not_found';
      return chat.deletedAt === null ? toChat(chat) : 'expired';
    },

    purgeChats: (deletedBefore, limit) => purgeDeletedChats(models, deletedBefore, limit),
  };
}

/** The owner's chat unless it is deleted. */
export async function findShownChat(
  { chats }: MongoModels,
  ownerId: string,
  chatId: string,
): Promise<ChatDocument | null> {
  const chat = await chats.findById(chatId).lean();
  return chat?.ownerId === ownerId && chat.deletedAt === null ? chat : null;
}

/** A title and what it is found by: the two are only ever written together. */
export function toTitleFields(title: string | null): Pick<ChatDocument, 'title' | 'titleKey'> {
  return { title, titleKey: title === null ? null : foldText(title) };
}

function toFields({ title, ...patch }: ChatPatch): Partial<ChatDocument> {
  return { ...patch, ...(title !== undefined && toTitleFields(title)) };
}

function isAfter({ pinned, updatedAt, id }: ChatPosition) {
  return [
    { pinned: { $lt: pinned } },
    { pinned, updatedAt: { $lt: updatedAt } },
    { pinned, updatedAt, _id: { $lt: id } },
  ];
}

export function toChat(document: ChatDocument): Chat {
  return {
    id: document._id,
    ownerId: document.ownerId,
    title: document.title,
    activeLeafId: document.activeLeafId,
    pinned: document.pinned,
    archived: document.archived,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    deletedAt: document.deletedAt,
    version: document.version,
  };
}

function fromDocument(document: ChatDocument | null): Chat | null {
  return document ? toChat(document) : null;
}
