import { foldForSearch } from '../../domain/search-text.js';
import type { ReplyProgress, ReplyStorage, RunningReply } from '../../ports/message-storage.js';
import type { MessageDocument, ReplyChunkDocument } from './documents.js';
import { isDuplicateKey } from './mongo-errors.js';
import type { MongoModels } from './mongo-models.js';
import { finishPendingSends } from './mongo-sends.js';
import { readEvents } from './reply-log.js';

export function createMongoReplies(models: MongoModels): ReplyStorage {
  const { messages } = models;

  return {
    async appendReplyEvents(progress, at) {
      for (const nodeId of new Set(progress.map((one) => one.nodeId))) {
        const ofNode = progress.filter((one) => one.nodeId === nodeId);
        await appendOfNode(models, nodeId, ofNode, at);
      }
    },

    async beatReplies(nodeId, messageIds, at) {
      await messages.updateMany(
        { _id: { $in: messageIds }, nodeId, status: { $in: ['pending', 'streaming'] } },
        { heartbeatAt: at },
      );
    },

    async endReply({ messageId, events, at, ...ending }) {
      const { modifiedCount } = await messages.updateOne(
        { _id: messageId, status: { $in: ['pending', 'streaming'] } },
        {
          $set: {
            ...ending,
            searchText: foldForSearch(ending.content),
            endingEvents: events,
            endedAt: at,
          },
          $unset: { heartbeatAt: '' },
          $inc: { version: 1 },
        },
      );
      return modifiedCount > 0;
    },

    listReplyEvents: (messageId, afterSeq, limit) => readEvents(models, messageId, afterSeq, limit),

    /** Called again and again by every node, so it is here that sends cut short are finished too. */
    async listAbandonedReplies(beatBefore, limit) {
      await finishPendingSends(models, beatBefore);
      const silent = await messages
        .find({ heartbeatAt: { $lt: beatBefore } })
        .sort({ heartbeatAt: 1 })
        .limit(limit)
        .lean();
      return silent.map(toRunningReply);
    },

    async listRunningReplies(ownerId, chatId) {
      const running = await messages.find({ chatId, ownerId, heartbeatAt: { $gte: 0 } }).lean();
      return running.map(toRunningReply);
    },

    purgeReplyEvents: (endedBefore, limit) => purgeLogs(models, endedBefore, limit),
  };
}

async function purgeLogs(
  { messages, replyChunks }: MongoModels,
  endedBefore: number,
  limit: number,
): Promise<number> {
  const ended = await messages
    .find({ endedAt: { $lt: endedBefore } }, { _id: 1 })
    .sort({ endedAt: 1 })
    .limit(limit)
    .lean();
  const ids = ended.map(({ _id }) => _id);
  await replyChunks.deleteMany({ messageId: { $in: ids } });
  const purged = await messages.updateMany(
    { _id: { $in: ids } },
    { $unset: { endedAt: '', endingEvents: '' } },
  );
  return purged.modifiedCount;
}

/** Four requests, however many replies: mark, beat, see which are this node's and live, append. */
async function appendOfNode(
  { messages, replyChunks }: MongoModels,
  nodeId: string,
  progress: ReplyProgress[],
  at: number,
): Promise<void> {
  const ids = progress.map(({ messageId }) => messageId);
  const ofNode = { _id: { $in: ids }, nodeId };
  await messages.updateMany(
    { ...ofNode, status: 'pending' },
    { $set: { status: 'streaming' }, $inc: { version: 1 } },
  );
  await messages.updateMany({ ...ofNode, status: 'streaming' }, { heartbeatAt: at });
  const live = await messages.find({ ...ofNode, status: 'streaming' }, { _id: 1 }).lean();
  const liveIds = new Set(live.map(({ _id }) => _id));
  const chunks = progress.filter(({ messageId }) => liveIds.has(messageId)).flatMap(toChunk);
  if (chunks.length === 0) return;
  try {
    await replyChunks.insertMany(chunks, { ordered: false });
  } catch (error) {
    // Written already, by a try whose answer was lost.
    if (!isDuplicateKey(error)) throw error;
  }
}

function toChunk({ messageId, events }: ReplyProgress): ReplyChunkDocument[] {
  const last = events.at(-1);
  if (!last) return [];
  return [{ _id: `${messageId}:${last.seq}`, messageId, lastSeq: last.seq, events }];
}

function toRunningReply(message: MessageDocument): RunningReply {
  return {
    messageId: message._id,
    chatId: message.chatId,
    ownerId: message.ownerId,
    nodeId: message.nodeId ?? '',
    heartbeatAt: message.heartbeatAt ?? 0,
  };
}
