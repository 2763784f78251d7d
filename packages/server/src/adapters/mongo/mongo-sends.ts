import { notFound } from '../../domain/domain-error.js';
import type { NewSend, SendOutcome } from '../../ports/message-storage.js';
import { toDocument, type PendingSend, type SendDocument } from './documents.js';
import { toMessageDocument } from './message-documents.js';
import { findShownChat, toTitleFields } from './mongo-chats.js';
import { isDuplicateKey } from './mongo-errors.js';
import type { MongoModels } from './mongo-models.js';

/** Most sends one round of repair finishes. */
const MAX_REPAIRED_AT_ONCE = 100;

/**
 * Writes a send without a transaction: first one document that says all there is to write and, by
 * its id, decides between racing sends of one key; then the writes themselves, each harmless when
 * done again; last, that it is done. The messages are there before the chat shows them. The step that
 * moves the chat on decides between racing sends of one chat: the one that comes too late takes its
 * messages back.
 */
export async function recordSend(models: MongoModels, send: NewSend): Promise<SendOutcome> {
  await requirePlace(models, send);
  if (await models.messages.findById(send.reply.id, { _id: 1 }).lean()) {
    return repeatedOf(toSendDocument(send));
  }
  const document = toSendDocument(send);
  try {
    await models.sends.create(document);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return answerRepeat(models, document);
  }
  if (await finishSend(models, document, 'first time')) return { outcome: 'recorded' };
  await withdraw(models, document);
  return { outcome: 'outdated' };
}

export async function findSend(
  models: MongoModels,
  ownerId: string,
  key: string,
  fingerprint: string,
): Promise<SendOutcome | null> {
  const earlier = await models.sends.findById(keyedId(ownerId, key)).lean();
  if (!earlier) return null;
  if (earlier.fingerprint !== fingerprint) return { outcome: 'mismatch' };
  await finishSend(models, earlier, 'again');
  return repeatedOf(earlier);
}

/** Finishes sends whose writer died before it could: those begun before `begunBefore`. */
export async function finishPendingSends(models: MongoModels, begunBefore: number): Promise<void> {
  const pending = await models.sends
    .find({ pendingSince: { $lt: begunBefore } })
    .sort({ pendingSince: 1 })
    .limit(MAX_REPAIRED_AT_ONCE)
    .lean();
  for (const document of pending) await finishSend(models, document, 'again');
}

async function answerRepeat(models: MongoModels, document: SendDocument): Promise<SendOutcome> {
  const earlier = await models.sends.findById(document._id).lean();
  // A send without a key is forgotten once it is done.
  if (!earlier) return repeatedOf(document);
  if (earlier.fingerprint !== document.fingerprint) return { outcome: 'mismatch' };
  await finishSend(models, earlier, 'again');
  return repeatedOf(earlier);
}

/** @returns false when the chat has moved on since the sender looked at it */
async function finishSend(
  models: MongoModels,
  document: SendDocument,
  round: 'first time' | 'again',
): Promise<boolean> {
  const { pending } = document;
  if (!pending) return true;
  for (const message of pending.messages) await insertOnce(models.messages, message);
  if (pending.chat) await insertOnce(models.chats, pending.chat);
  else {
    const hasMoved = await moveChatOn(models, document, round);
    // Found again, it may have moved the chat long ago: what is there stays.
    if (!hasMoved && round === 'first time') return false;
  }
  await forgetPending(models, document);
  return true;
}

async function withdraw({ messages, sends }: MongoModels, { _id, pending }: SendDocument) {
  await messages.deleteMany({
    _id: { $in: pending?.messages.map((message) => message._id) ?? [] },
  });
  await sends.deleteOne({ _id });
}

/** A repeated round must not undo a later send; ids are in order of time. */
async function moveChatOn(
  { chats }: MongoModels,
  { chatId, replyId, createdAt, pending }: SendDocument,
  round: 'first time' | 'again',
): Promise<boolean> {
  const seenLeafId = pending?.seenLeafId;
  const { modifiedCount } = await chats.updateOne(
    {
      _id: chatId,
      lastReplyId: round === 'again' ? { $lt: replyId } : { $ne: replyId },
      ...(seenLeafId === undefined ? {} : { activeLeafId: seenLeafId }),
    },
    {
      $set: { activeLeafId: replyId, lastReplyId: replyId, updatedAt: createdAt },
      $inc: { version: 1 },
    },
  );
  if (modifiedCount > 0 || seenLeafId === undefined) return true;
  // Someone who repeats the send may have done it.
  return (await chats.exists({ _id: chatId, lastReplyId: replyId })) !== null;
}

async function forgetPending({ sends }: MongoModels, { _id, replyId }: SendDocument) {
  if (_id === unkeyedId(replyId)) await sends.deleteOne({ _id });
  else await sends.updateOne({ _id }, { $unset: { pending: '', pendingSince: '' } });
}

async function insertOnce<Document>(
  collection: { create(document: Document): Promise<unknown> },
  document: Document,
): Promise<void> {
  try {
    await collection.create(document);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The chat must be the owner's and what the send hangs on a message of it. */
async function requirePlace(models: MongoModels, send: NewSend): Promise<void> {
  const { ownerId, newChat, userMessage, reply } = send;
  const { chatId } = reply;
  if (newChat) {
    // An account may be deleted while a last request of it is on its way.
    if (!(await models.users.findById(ownerId, { _id: 1 }).lean())) throw notFound('user');
  } else if (!(await findShownChat(models, ownerId, chatId))) throw notFound('chat');
  const { parentId } = userMessage ?? reply;
  if (parentId === null) return;
  const parent = await models.messages.findById(parentId, { chatId: 1 }).lean();
  if (parent?.chatId !== chatId) throw notFound('message');
}

function toSendDocument(send: NewSend): SendDocument {
  const { ownerId, key, fingerprint, reply, at } = send;
  const userMessageId = send.userMessage?.id ?? reply.parentId;
  if (userMessageId === null) throw new Error(`Reply ${reply.id} answers no message.`);
  return {
    _id: key === null ? unkeyedId(reply.id) : keyedId(ownerId, key),
    ownerId,
    fingerprint,
    chatId: reply.chatId,
    userMessageId,
    replyId: reply.id,
    createdAt: at,
    pending: toPending(send),
    pendingSince: at,
  };
}

function toPending(send: NewSend): PendingSend {
  const { ownerId, newChat, userMessage, reply, nodeId, seenLeafId, at } = send;
  const { chatId } = reply;
  const chat = newChat && {
    ...toDocument(newChat),
    ...toTitleFields(newChat.title),
    ownerId,
    activeLeafId: reply.id,
    lastReplyId: reply.id,
    updatedAt: at,
  };
  const asked = userMessage ? [{ ...toMessageDocument(userMessage), ownerId, chatId }] : [];
  const answer = { ...toMessageDocument(reply), ownerId, nodeId, heartbeatAt: at };
  const messages = [...asked, answer];
  return seenLeafId === undefined ? { chat, messages } : { chat, messages, seenLeafId };
}

function repeatedOf({ chatId, userMessageId, replyId }: SendDocument): SendOutcome {
  return { outcome: 'repeated', chatId, userMessageId, replyId };
}

/** The key is the caller's own text: after the owner's id it can't reach anyone else's. */
export function keyedId(ownerId: string, key: string): string {
  return `key:${ownerId}:${key}`;
}

function unkeyedId(replyId: string): string {
  return `reply:${replyId}`;
}
