import { setImmediate as nextTick } from 'node:timers/promises';
import { isFinalStatus, type Parameters } from '@chat-playground/sdk/protocol';
import { DomainError, notFound } from '../../domain/domain-error.js';
import type { Chat } from '../../domain/chat.js';
import type { Message } from '../../domain/message.js';
import type { ChatStorage } from '../../ports/chat-storage.js';
import type { MessageStorage } from '../../ports/message-storage.js';

/** A validated send, in the domain's words. */
export interface SendRequest {
  chatId: string | undefined;
  text: string;
  messageId: string | undefined;
  /** Position on the active branch, from 0. */
  messageIndex: number | undefined;
  /** What to do with the message named, when it is not to be edited or answered anew. */
  action: 'continue' | undefined;
  parameters: Parameters;
}

/** Where a send hangs in the tree. */
export type SendPlan = { chat: Chat | null; parameters: Parameters } & (
  | { kind: 'append'; text: string; parent: Message | null }
  | {
      kind: 'regenerate';
      userMessage: Message;
      /** The reply whose text the new one begins with. */
      continues?: Message;
    }
);

type Storage = Pick<ChatStorage, 'findChat'> & Pick<MessageStorage, 'findMessage' | 'listBranch'>;

const PAGE_SIZE = 100;

/**
 * Decides what a send does: opens a chat, goes on with the active branch, puts an edited sibling
 * beside a message of the user's, asks for another reply to it, or lets a reply go on.
 *
 * @throws DomainError `not_found`, `invalid_request`, `reply_in_progress`
 */
export async function planSend(
  storage: Storage,
  ownerId: string,
  request: SendRequest,
): Promise<SendPlan> {
  const target = await findTarget(storage, ownerId, request);
  if (request.action === 'continue') requireCutOff(target);
  const chatId = request.chatId ?? target?.chatId;
  const { text, parameters } = request;
  if (chatId === undefined) {
    requireText(text);
    return { kind: 'append', chat: null, text, parent: null, parameters };
  }
  const chat = await storage.findChat(ownerId, chatId);
  if (!chat) throw notFound('chat');
  const leaf = chat.activeLeafId && (await storage.findMessage(ownerId, chat.activeLeafId));
  if (leaf && !isFinalStatus(leaf.status)) throw replyInProgress();
  if (target) return planAtTarget(storage, ownerId, { chat, target, request });
  requireText(text);
  return { kind: 'append', chat, text, parent: leaf || null, parameters };
}

async function planAtTarget(
  storage: Storage,
  ownerId: string,
  { chat, target, request }: { chat: Chat; target: Message; request: SendRequest },
): Promise<SendPlan> {
  const { text, parameters } = request;
  const parent =
    target.parentId === null ? null : await storage.findMessage(ownerId, target.parentId);
  if (target.role === 'assistant') {
    if (!parent) throw notFound('message');
    const isUnchanged = Object.keys(parameters).length === 0;
    const again = isUnchanged ? (target.requestedParameters ?? {}) : parameters;
    if (request.action !== 'continue') {
      return { kind: 'regenerate', chat, userMessage: parent, parameters: again };
    }
    // By the same model, unless another one is named.
    const model = again.model ?? target.model ?? undefined;
    const goingOn = { ...again, ...(model === undefined ? {} : { model }) };
    return {
      kind: 'regenerate',
      chat,
      userMessage: parent,
      parameters: goingOn,
      continues: target,
    };
  }
  if (text === target.content) return { kind: 'regenerate', chat, userMessage: target, parameters };
  requireText(text);
  return { kind: 'append', chat, text, parent, parameters };
}

/** The message the send is about; null when it simply goes on. */
async function findTarget(
  storage: Storage,
  ownerId: string,
  { chatId, messageId, messageIndex }: SendRequest,
): Promise<Message | null> {
  if (messageId !== undefined) {
    const message = await storage.findMessage(ownerId, messageId);
    if (!message || (chatId !== undefined && message.chatId !== chatId)) throw notFound('message');
    return message;
  }
  if (messageIndex === undefined) return null;
  if (chatId === undefined) {
    throw invalid('body.chat_id', 'is needed to know which chat message_index counts in');
  }
  return findByIndex(storage, ownerId, chatId, messageIndex);
}

async function findByIndex(
  storage: Storage,
  ownerId: string,
  chatId: string,
  index: number,
): Promise<Message> {
  const chat = await storage.findChat(ownerId, chatId);
  if (!chat) throw notFound('chat');
  let leafId = chat.activeLeafId;
  let count = 0;
  while (leafId !== null) {
    const page = await storage.listBranch(ownerId, chatId, { leafId, limit: PAGE_SIZE });
    const found = page.find(({ depth }) => depth === index);
    if (found) return found;
    count = Math.max(count, (page.at(-1)?.depth ?? -1) + 1);
    // Older pages hold lower positions only.
    leafId = index < count ? (page[0]?.parentId ?? null) : null;
    // Storage may answer at once: others get their turn between two pages.
    if (leafId !== null) await nextTick();
  }
  throw invalid('body.message_index', `must be below ${count}, the length of the active branch`);
}

/** Only what has a beginning and lacks its end can go on. */
function requireCutOff(target: Message | null): void {
  const field = 'body.message_id';
  if (!target) throw invalid(field, 'is needed to know which reply goes on');
  if (target.role !== 'assistant') throw invalid(field, 'must name a reply');
  const isWhole = target.status === 'complete' && target.metrics?.finish_reason !== 'length';
  if (isWhole) throw invalid(field, 'must name a reply that was cut off; this one is whole');
  if (target.content === '') throw invalid(field, 'must name a reply that has begun');
}

function requireText(text: string): void {
  if (text.trim() === '') throw invalid('body.message', 'must not be empty');
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid_request', `${field} ${message}.`, {
    details: [{ field, message }],
  });
}

function replyInProgress(): DomainError {
  return new DomainError(
    'reply_in_progress',
    'A reply is still being written in this chat: wait for it or stop it first.',
  );
}
