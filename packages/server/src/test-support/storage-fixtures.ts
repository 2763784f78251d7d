import { v7 as newId } from 'uuid';
import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { Chat } from '../domain/chat.js';
import type { Message } from '../domain/message.js';
import type { Preset } from '../domain/preset.js';
import type { Session } from '../domain/session.js';
import type { UsageEntry } from '../domain/usage.js';
import type { User } from '../domain/user.js';
import type { NewSend, ReplyEnding } from '../ports/message-storage.js';
import type { Storage } from '../ports/storage.js';

export { newId };

/** A moment all fixtures start from; tests move on from it by hand. */
export const START = Date.UTC(2026, 0, 1);
export const NODE = 'node-a';

export function makeUser(overrides: Partial<User> = {}): User {
  const id = newId();
  return {
    id,
    username: `user ${id}`,
    email: `${id}@example.org`,
    passwordHash: '$argon2id$fixture',
    createdAt: START,
    ...overrides,
  };
}

export async function addUser(storage: Storage, overrides: Partial<User> = {}): Promise<User> {
  const user = makeUser(overrides);
  await storage.createUser(user);
  return user;
}

export function makeChat(ownerId: string, overrides: Partial<Chat> = {}): Chat {
  return {
    id: newId(),
    ownerId,
    title: null,
    activeLeafId: null,
    pinned: false,
    archived: false,
    createdAt: START,
    updatedAt: START,
    deletedAt: null,
    version: 1,
    ...overrides,
  };
}

export function makeMessage(
  place: Pick<Message, 'chatId' | 'ownerId' | 'parentId' | 'depth' | 'role'> & Partial<Message>,
): Message {
  const isReply = place.role === 'assistant';
  return {
    id: newId(),
    content: isReply ? '' : 'a question',
    reasoning: '',
    status: isReply ? 'pending' : 'complete',
    error: null,
    vote: null,
    model: isReply ? 'demo/echo' : null,
    requestedParameters: isReply ? { temperature: 0.5, stop: ['\n'] } : null,
    parameters: null,
    metrics: null,
    createdAt: START,
    version: 1,
    ...place,
  };
}

export interface MadeSend {
  send: NewSend;
  chat: Chat | null;
  user: Message;
  reply: Message;
}

/** A send that opens a chat. */
export function makeFirstSend(
  ownerId: string,
  { chat: chatOverrides, user: userOverrides, ...overrides }: SendOverrides = {},
): MadeSend {
  const chat = makeChat(ownerId, chatOverrides);
  return makeSend(chat.id, ownerId, null, { newChat: chat, user: userOverrides, ...overrides });
}

interface SendOverrides extends Partial<NewSend> {
  chat?: Partial<Chat>;
  user?: Partial<Message>;
}

/** A send after `parent` (null: a first message) in a chat that is there already. */
export function makeSend(
  chatId: string,
  ownerId: string,
  parent: Pick<Message, 'id' | 'depth'> | null,
  { chat: _chat, user: userOverrides, ...overrides }: SendOverrides = {},
): MadeSend {
  const depth = parent ? parent.depth + 1 : 0;
  const place = { chatId, ownerId };
  const user = makeMessage({
    ...place,
    parentId: parent?.id ?? null,
    depth,
    role: 'user',
    ...userOverrides,
  });
  const reply = makeMessage({ ...place, parentId: user.id, depth: depth + 1, role: 'assistant' });
  const send: NewSend = {
    ownerId,
    key: null,
    fingerprint: 'same',
    newChat: null,
    userMessage: user,
    reply,
    nodeId: NODE,
    at: START,
    ...overrides,
  };
  return { send, chat: send.newChat, user, reply };
}

/** A send that answers an existing user message once more. */
export function makeRegeneration(asked: Message, overrides: Partial<NewSend> = {}): MadeSend {
  const made = makeSend(asked.chatId, asked.ownerId, null);
  const reply = { ...made.reply, parentId: asked.id, depth: asked.depth + 1 };
  return {
    send: { ...made.send, userMessage: null, reply, ...overrides },
    chat: null,
    user: asked,
    reply,
  };
}

/** Opens a chat and returns what was written. */
export async function addChat(
  storage: Storage,
  ownerId: string,
  overrides: SendOverrides = {},
): Promise<MadeSend & { chat: Chat }> {
  const made = makeFirstSend(ownerId, overrides);
  await storage.recordSend(made.send);
  const chat = await storage.findChat(ownerId, made.reply.chatId);
  if (!chat) throw new Error('The chat just made is not there.');
  return { ...made, chat };
}

/** Text events with consecutive numbers from `firstSeq`. */
export function makeDeltas(messageId: string, firstSeq: number, texts: string[]): StreamEvent[] {
  return texts.map((delta, index) => ({
    seq: firstSeq + index,
    event: 'text-delta',
    data: { message_id: messageId, delta },
  }));
}

export function makeEnding(messageId: string, overrides: Partial<ReplyEnding> = {}): ReplyEnding {
  return {
    messageId,
    status: 'complete',
    content: 'an answer',
    reasoning: 'because',
    error: null,
    metrics: {
      prompt_tokens: 3,
      completion_tokens: 2,
      token_count_source: 'tokenizer',
      response_time: 1.25,
      first_token_time: 0.5,
      tokens_per_second: 1.6,
      finish_reason: 'stop',
    },
    parameters: {
      temperature: { outcome: 'applied', requested: 0.5, value: 0.5, wire_name: 'temperature' },
    },
    events: [],
    at: START + 1_000,
    ...overrides,
  };
}

export function makeSession(userId: string, overrides: Partial<Session> = {}): Session {
  return {
    id: newId(),
    userId,
    tokenHash: `hash-${newId()}`,
    previousTokenHash: null,
    rotatedAt: START,
    userAgent: 'a browser',
    createdAt: START,
    lastUsedAt: START,
    expiresAt: START + 1_000,
    revokedAt: null,
    ...overrides,
  };
}

export function makePreset(ownerId: string): Preset {
  return {
    id: newId(),
    ownerId,
    name: 'Terse',
    parameters: { model: 'demo/echo', temperature: 0, stop: [], system_prompt: 'Be terse.' },
    createdAt: START,
    updatedAt: START,
    version: 1,
  };
}

export function makeUsage(ownerId: string, overrides: Partial<UsageEntry> = {}): UsageEntry {
  return {
    messageId: newId(),
    kind: 'reply',
    ownerId,
    model: 'demo/echo',
    promptTokens: 5,
    completionTokens: 7,
    createdAt: START,
    ...overrides,
  };
}
