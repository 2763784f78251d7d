import type { Vote } from '@chat-playground/sdk/protocol';
import { createPageSize, lengthOf, MAX_PAGE_LENGTH } from '../../domain/page-size.js';
import type { Message, PlacedMessage } from '../../domain/message.js';
import type { MessageStorage } from '../../ports/message-storage.js';
import type { MessageDocument } from './documents.js';
import { deleteMessage } from './delete-message.js';
import { toMessage } from './message-documents.js';
import type { Filter, MongoModels } from './mongo-models.js';
import { findShownChat } from './mongo-chats.js';
import { findSend, recordSend } from './mongo-sends.js';
import { walkDown, walkUp } from './message-walks.js';
import { withTextSoFar } from './reply-log.js';
import { placeAmongSiblings } from './sibling-places.js';

export function createMongoMessages(models: MongoModels): Omit<MessageStorage, 'searchMessages'> {
  const { messages } = models;
  /** By id alone and judged here: every server, however simple, finds one document by its id. */
  const findShown = async (ownerId: string, messageId: string): Promise<Message | null> => {
    const document = await messages.findById(messageId).lean();
    if (document?.ownerId !== ownerId) return null;
    return (await findShownChat(models, ownerId, document.chatId)) ? toMessage(document) : null;
  };
  const place = async (found: Message[]): Promise<PlacedMessage[]> =>
    placeAmongSiblings(models, await Promise.all(found.map((one) => withTextSoFar(models, one))));

  return {
    recordSend: (send) => recordSend(models, send),
    findSend: (ownerId, key, fingerprint) => findSend(models, ownerId, key, fingerprint),

    async findMessage(ownerId, messageId) {
      const message = await findShown(ownerId, messageId);
      return message ? ((await place([message]))[0] ?? null) : null;
    },

    async listBranch(ownerId, chatId, { leafId, limit }) {
      const leaf = await findShown(ownerId, leafId);
      if (!leaf || leaf.chatId !== chatId) return [];
      const ids = await walkUp(models, leaf, limit);
      const page = await readPage(models, ids);
      return place(page.sort((one, other) => one.depth - other.depth));
    },

    async findNewestLeaf(ownerId, messageId) {
      const message = await findShown(ownerId, messageId);
      return message ? walkDown(models, message) : null;
    },

    async deleteMessage(ownerId, messageId, at) {
      const message = await findShown(ownerId, messageId);
      return message ? deleteMessage(models, message, at) : null;
    },

    async setVoteDetails(ownerId, messageId, details) {
      if (!(await findShown(ownerId, messageId))) return null;
      const described = await messages
        .findOneAndUpdate(
          { _id: messageId, ownerId, vote: { $ne: null } },
          { $set: { voteDetails: details }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean();
      return described ? withTextSoFar(models, toMessage(described)) : null;
    },

    async castVote(ownerId, messageId, vote) {
      if (!(await findShown(ownerId, messageId))) return null;
      const voted = await toggleVote(models, messageId, vote);
      return voted ? withTextSoFar(models, toMessage(voted)) : null;
    },
  };
}

/** Two more queries for a page of short messages. */
const PAGE_GROWTH = 8;

/** The first of these, until their texts fill a page. */
async function readPage({ messages }: MongoModels, ids: readonly string[]): Promise<Message[]> {
  const size = createPageSize(ids.length, PAGE_GROWTH);
  const page: Message[] = [];
  for (let from = 0, length = 0; from < ids.length && length < MAX_PAGE_LENGTH;) {
    const some = ids.slice(from, from + size.rows());
    const found = await messages.find({ _id: { $in: some } }, { searchText: 0 }).lean();
    const read = found.map(toMessage);
    const added = read.reduce((sum, message) => sum + lengthOf(message), 0);
    page.push(...read);
    size.handlePage(added);
    length += added;
    from += some.length;
  }
  return page;
}

/** Each of the two updates is a toggle of its own; only a vote cast between them tries again. */
async function toggleVote(
  { messages }: MongoModels,
  messageId: string,
  vote: Vote,
): Promise<MessageDocument | null> {
  const change = (from: Filter<MessageDocument>, to: Vote | null) =>
    messages
      .findOneAndUpdate(
        { ...from, _id: messageId },
        { $set: { vote: to }, $unset: { voteDetails: '' }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean();
  for (;;) {
    const voted = (await change({ vote }, null)) ?? (await change({ vote: { $ne: vote } }, vote));
    if (voted) return voted;
    if (!(await messages.exists({ _id: messageId }))) return null;
  }
}
