import { escapeRegex } from './escape-regex.js';
import { findWords, wordsOf } from '../../domain/search-text.js';
import type { MessageHit, MessageQuery } from '../../ports/message-storage.js';
import type { ChatDocument } from './documents.js';
import { toMessage } from './message-documents.js';
import type { MongoModels } from './mongo-models.js';

/** Messages read at once. */
const BATCH = 64;

/**
 * Messages that hold all the words, newest first: a walk down the owner's own messages that stops
 * at a full page. No text index (it knows no parts of words and no Thai), and no index of every
 * trigram: that would be several times the size of the texts themselves.
 */
export async function searchMessages(
  models: MongoModels,
  ownerId: string,
  { text, limit, after }: MessageQuery,
): Promise<MessageHit[]> {
  const words = wordsOf(text);
  const hits: MessageHit[] = [];
  let last = after;
  while (words.length > 0 && hits.length < limit) {
    const found = await models.messages
      .find({
        ownerId,
        ...(last !== undefined && { _id: { $lt: last } }),
        $and: words.map((word) => ({ searchText: { $regex: escapeRegex(word) } })),
      })
      .sort({ _id: -1 })
      .limit(BATCH)
      .lean();
    const shown = await findShownChats(models, [...new Set(found.map(({ chatId }) => chatId))]);
    for (const document of found) {
      const chat = shown.get(document.chatId);
      const ranges = chat && findWords(document.content, words);
      if (ranges) hits.push({ message: toMessage(document), chatTitle: chat.title, ranges });
    }
    if (found.length < BATCH) break;
    last = found.at(-1)?._id;
  }
  return hits.slice(0, limit);
}

async function findShownChats({ chats }: MongoModels, ids: string[]) {
  const found = await chats.find({ _id: { $in: ids }, deletedAt: null }).lean();
  return new Map<string, ChatDocument>(found.map((chat) => [chat._id, chat]));
}
