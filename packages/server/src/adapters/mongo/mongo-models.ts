import mongoose, { Schema, type Connection, type Model, type QueryFilter } from 'mongoose';
import type {
  ChatDocument,
  MessageDocument,
  PresetDocument,
  ReplyChunkDocument,
  SendDocument,
  SessionDocument,
  UsageDocument,
  UserDocument,
} from './documents.js';
import type { StateDocument } from './storage-state.js';

/** After this long without a server to talk to, a verb gives up with `storage_unavailable`. */
const SERVER_SELECTION_TIMEOUT_MS = 3_000;
/** How often a lost server is looked for. */
const HEARTBEAT_MS = 2_000;
/** A request that stays unanswered this long is taken for lost. */
const SOCKET_TIMEOUT_MS = 30_000;

export type Filter<Document> = QueryFilter<Document>;

export interface MongoModels {
  connection: Connection;
  users: Model<UserDocument>;
  sessions: Model<SessionDocument>;
  chats: Model<ChatDocument>;
  messages: Model<MessageDocument>;
  replyChunks: Model<ReplyChunkDocument>;
  sends: Model<SendDocument>;
  presets: Model<PresetDocument>;
  usage: Model<UsageDocument>;
  states: Model<StateDocument>;
}

/** Connects, never through mongoose's global connection. */
export async function openModels(uri: string, databaseName?: string): Promise<MongoModels> {
  const connection = await mongoose
    .createConnection(uri, {
      ...(databaseName && { dbName: databaseName }),
      serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
      connectTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
      heartbeatFrequencyMS: HEARTBEAT_MS,
      socketTimeoutMS: SOCKET_TIMEOUT_MS,
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
      ignoreUndefined: true,
    })
    .asPromise();
  const models: MongoModels = {
    connection,
    users: connection.model<UserDocument>('User', userSchema(), 'users'),
    sessions: connection.model<SessionDocument>('Session', sessionSchema(), 'sessions'),
    chats: connection.model<ChatDocument>('Chat', chatSchema(), 'chats'),
    messages: connection.model<MessageDocument>('Message', messageSchema(), 'messages'),
    replyChunks: connection.model<ReplyChunkDocument>(
      'ReplyChunk',
      replyChunkSchema(),
      'reply_chunks',
    ),
    sends: connection.model<SendDocument>('Send', sendSchema(), 'sends'),
    presets: connection.model<PresetDocument>('Preset', presetSchema(), 'presets'),
    usage: connection.model<UsageDocument>('Usage', usageSchema(), 'usage'),
    states: connection.model<StateDocument>('State', stateSchema(), 'state'),
  };
  return models;
}

export async function makeMissingIndexes({ connection }: MongoModels): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}

/** A field that is not in the schema is a mistake, in what is written and in what is asked. */
const strictly = {
  strict: 'throw',
  strictQuery: 'throw',
  versionKey: false,
  minimize: false,
} as const;
const Anything = Schema.Types.Mixed;

function userSchema() {
  return new Schema<UserDocument>(
    {
      _id: String,
      username: String,
      usernameKey: String,
      email: String,
      emailKey: String,
      passwordHash: String,
      createdAt: Number,
    },
    strictly,
  )
    .index({ emailKey: 1 }, { unique: true })
    .index({ usernameKey: 1 }, { unique: true });
}

function sessionSchema() {
  return new Schema<SessionDocument>(
    {
      _id: String,
      userId: String,
      tokenHash: String,
      previousTokenHash: String,
      rotatedAt: Number,
      userAgent: String,
      createdAt: Number,
      lastUsedAt: Number,
      expiresAt: Number,
      revokedAt: Number,
    },
    strictly,
  ).index({ userId: 1, lastUsedAt: -1 });
}

function chatSchema() {
  return (
    new Schema<ChatDocument>(
      {
        _id: String,
        ownerId: String,
        title: String,
        titleKey: String,
        activeLeafId: String,
        lastReplyId: String,
        pinned: Boolean,
        archived: Boolean,
        createdAt: Number,
        updatedAt: Number,
        deletedAt: Number,
        version: Number,
      },
      strictly,
    )
      // The title comes last so that a list filtered by title reads the index alone.
      .index({
        ownerId: 1,
        deletedAt: 1,
        archived: 1,
        pinned: -1,
        updatedAt: -1,
        _id: -1,
        titleKey: 1,
      })
      .index({ deletedAt: 1 })
  );
}

function messageSchema() {
  return (
    new Schema<MessageDocument>(
      {
        _id: String,
        chatId: String,
        ownerId: String,
        parentId: String,
        depth: Number,
        role: String,
        content: String,
        reasoning: String,
        status: String,
        error: Anything,
        vote: String,
        voteDetails: Anything,
        model: String,
        requestedParameters: Anything,
        parameters: Anything,
        metrics: Anything,
        createdAt: Number,
        deletedAt: Number,
        version: Number,
        searchText: String,
        nodeId: String,
        heartbeatAt: Number,
        endedAt: Number,
        endingEvents: { type: [Anything], default: undefined },
      },
      strictly,
    )
      .index({ chatId: 1, parentId: 1, _id: 1 })
      .index({ ownerId: 1, _id: 1 })
      // Walks through the tree read this index alone.
      .index({ chatId: 1, depth: 1, parentId: 1, _id: 1 })
      .index({ chatId: 1, heartbeatAt: 1 })
      .index({ heartbeatAt: 1 }, { sparse: true })
      .index({ endedAt: 1 }, { sparse: true })
  );
}

function replyChunkSchema() {
  return new Schema<ReplyChunkDocument>(
    { _id: String, messageId: String, lastSeq: Number, events: [Anything] },
    strictly,
  ).index({ messageId: 1, lastSeq: 1 });
}

function sendSchema() {
  return new Schema<SendDocument>(
    {
      _id: String,
      ownerId: String,
      fingerprint: String,
      chatId: String,
      userMessageId: String,
      replyId: String,
      createdAt: Number,
      pending: Anything,
      pendingSince: Number,
    },
    strictly,
  )
    .index({ chatId: 1 })
    .index({ pendingSince: 1 }, { sparse: true });
}

function presetSchema() {
  return new Schema<PresetDocument>(
    {
      _id: String,
      ownerId: String,
      name: String,
      parameters: Anything,
      createdAt: Number,
      updatedAt: Number,
      version: Number,
    },
    strictly,
  ).index({ ownerId: 1, _id: -1 });
}

function usageSchema() {
  return new Schema<UsageDocument>(
    {
      _id: String,
      messageId: String,
      kind: String,
      ownerId: String,
      day: String,
      model: String,
      promptTokens: Number,
      completionTokens: Number,
      createdAt: Number,
    },
    strictly,
  )
    .index({ ownerId: 1, day: 1 })
    .index({ ownerId: 1, _id: 1 });
}

function stateSchema() {
  return new Schema<StateDocument>({ _id: String, layout: Number, copy: Anything }, strictly);
}
