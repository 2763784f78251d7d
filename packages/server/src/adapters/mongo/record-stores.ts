import type { Model } from 'mongoose';
import { foldText } from '../../domain/fold-text.js';
import type { Session } from '../../domain/session.js';
import type { User } from '../../domain/user.js';
import type {
  RecordKind,
  RecordWriter,
  StoredChat,
  StoredMessage,
  StoredRecords,
  StoredReplyEvents,
  StoredSend,
} from '../../ports/migration.js';
import {
  toDocument,
  type ChatDocument,
  type MessageDocument,
  type ReplyChunkDocument,
  type SendDocument,
  type SessionDocument,
  type UserDocument,
} from './documents.js';
import { toMessage, toMessageDocument } from './message-documents.js';
import { toChat, toTitleFields } from './mongo-chats.js';
import { isDuplicateKey, translatingErrors } from './mongo-errors.js';
import type { Filter, MongoModels } from './mongo-models.js';
import { toPreset } from './mongo-presets.js';
import { keyedId } from './mongo-sends.js';
import { toSession } from './mongo-sessions.js';
import { toUsage, toUsageDocument } from './mongo-usage.js';
import { toUser } from './mongo-users.js';

export interface RecordStore<Value> extends RecordWriter<Value> {
  clear(): Promise<void>;
}

export type RecordStores = { readonly [Kind in RecordKind]: RecordStore<StoredRecords[Kind]> };

interface Storing<Value, Document extends { _id: string }> {
  model: Model<Document>;
  toDocument: (record: Value) => Document;
  toRecord: (document: Document) => Value;
}

/** Every collection of the storage as whole records; what can be derived is made anew. */
export function createRecordStores(models: MongoModels): RecordStores {
  const { users, sessions, presets, usage, chats, messages, replyChunks, sends } = models;
  return {
    users: createStore({ model: users, toDocument: toUserDocument, toRecord: toUser }),
    sessions: createStore<Session, SessionDocument>({
      model: sessions,
      toDocument,
      toRecord: toSession,
    }),
    presets: createStore({ model: presets, toDocument, toRecord: toPreset }),
    usage: createStore({ model: usage, toDocument: toUsageDocument, toRecord: toUsage }),
    chats: createStore({ model: chats, toDocument: toChatDocument, toRecord: toStoredChat }),
    messages: createStore({
      model: messages,
      toDocument: toStoredMessageDocument,
      toRecord: toStoredMessage,
    }),
    reply_events: createStore<StoredReplyEvents, ReplyChunkDocument>({
      model: replyChunks,
      toDocument: (chunk) => ({ _id: `${chunk.messageId}:${chunk.lastSeq}`, ...chunk }),
      toRecord: ({ messageId, lastSeq, events }) => ({ messageId, lastSeq, events }),
    }),
    sends: createStore<StoredSend, SendDocument>({
      model: sends,
      toDocument: ({ key, ...send }) => ({ _id: keyedId(send.ownerId, key), ...send }),
      toRecord: ({ _id, ...send }) => ({
        key: _id.slice(keyedId(send.ownerId, '').length),
        ...send,
      }),
    }),
  };
}

function createStore<Value, Document extends { _id: string }>({
  model,
  toDocument,
  toRecord,
}: Storing<Value, Document>): RecordStore<Value> {
  const withIds = (ids: string[]) => ({ _id: { $in: ids } }) as Filter<Document>;
  return translatingErrors<RecordStore<Value>>({
    count: () => model.countDocuments(),

    async clear() {
      await model.deleteMany();
    },

    async write(records) {
      const documents = records.map(toDocument);
      const run = (writes: object[]) =>
        // The driver's type wants documents without their id, which for generic ones says nothing.
        model.bulkWrite(writes as WritesOf<Document>, { ordered: false });
      try {
        await run(documents.map((document) => ({ insertOne: { document } })));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Some are there from a run that was cut short. Only then: to replace is to look for each.
        await run(documents.map(replaceById));
      }
    },

    async readBack(records) {
      const ids = records.map((record) => toDocument(record)._id);
      const found = (await model.find(withIds(ids)).lean()) as Document[];
      const kept = new Map(found.map((document) => [document._id, document]));
      return ids.map((id) => {
        const document = kept.get(id);
        return document ? toRecord(document) : null;
      });
    },
  });
}

function replaceById<Document extends { _id: string }>(replacement: Document) {
  const filter = withId<Document>(replacement._id);
  return { replaceOne: { filter, replacement, upsert: true } };
}

type WritesOf<Document> = Parameters<Model<Document>['bulkWrite']>[0];

function withId<Document extends { _id: string }>(id: string): Filter<Document> {
  return { _id: id } as Filter<Document>;
}

function toUserDocument(user: User): UserDocument {
  const keys = { emailKey: foldText(user.email), usernameKey: foldText(user.username) };
  return { ...toDocument(user), ...keys };
}

function toChatDocument({ newestReplyId, ...chat }: StoredChat): ChatDocument {
  return { ...toDocument(chat), ...toTitleFields(chat.title), lastReplyId: newestReplyId };
}

function toStoredChat(document: ChatDocument): StoredChat {
  return { ...toChat(document), newestReplyId: document.lastReplyId };
}

function toStoredMessageDocument({ run, ...message }: StoredMessage): MessageDocument {
  return { ...toMessageDocument(message), ...run };
}

function toStoredMessage(document: MessageDocument): StoredMessage {
  const { nodeId = '', heartbeatAt, endedAt } = document;
  const message = toMessage(document);
  if (endedAt !== undefined) return { ...message, run: { nodeId, endedAt } };
  return { ...message, run: heartbeatAt === undefined ? null : { nodeId, heartbeatAt } };
}
