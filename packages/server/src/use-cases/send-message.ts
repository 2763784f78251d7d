import { createHash } from 'node:crypto';
import type { ValidatedOf } from '@chat-playground/sdk/protocol';
import { DomainError, notFound } from '../domain/domain-error.js';
import { negotiateParameters } from '../domain/negotiate-parameters.js';
import { presentChat, presentMessage } from '../domain/present.js';
import type { Chat } from '../domain/chat.js';
import type { Message, PlacedMessage } from '../domain/message.js';
import type { Caller } from '../domain/user.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { Clock } from '../ports/clock.js';
import type { MessageStorage, NewSend, SendOutcome } from '../ports/message-storage.js';
import { createKeyedLock } from './replies/keyed-lock.js';
import type { ModelCatalog, ResolvedModel } from './replies/model-catalog.js';
import { planSend, type SendPlan, type SendRequest } from './replies/plan-send.js';
import type { ReplyEngine } from './replies/reply-engine.js';

/** Each lost race is someone else's send; that many in a row is someone else's loop. */
const MAX_ATTEMPTS = 5;

type SendInput = ValidatedOf<'sendMessage'>['body'];

interface SendMessageDeps {
  storage: Pick<ChatStorage, 'findChat'> &
    Pick<MessageStorage, 'findMessage' | 'listBranch' | 'recordSend' | 'findSend'>;
  catalog: Pick<ModelCatalog, 'resolve'>;
  engine: Pick<ReplyEngine, 'start' | 'isAccepting'>;
  broadcaster: Broadcaster;
  clock: Clock;
  /** UUIDs of version 7: a later one is higher. */
  newId: () => string;
  nodeId: string;
}

/** What a send made, or had made when it was first sent. */
export interface Sent {
  chat: Chat;
  userMessage: PlacedMessage;
  reply: PlacedMessage;
}

export type SendMessage = (
  caller: Caller,
  input: SendInput,
  idempotencyKey: string | undefined,
) => Promise<Sent>;

/**
 * Sends, edits or regenerates a message (see the protocol's send body) and starts its reply. With a
 * key the same send is done once, however often it is repeated.
 *
 * @throws DomainError `forbidden`, `not_found`, `invalid_request`, `model_not_found`,
 *   `reply_in_progress`, `idempotency_mismatch`, `shutting_down`; nothing is written then
 */
export function createSendMessage(deps: SendMessageDeps): SendMessage {
  const inTurn = createKeyedLock();
  return async (caller, input, idempotencyKey) => {
    requireOwn(caller, input.user_id);
    const request = toRequest(input);
    const key = idempotencyKey ?? null;
    const fingerprint = fingerprintOf(request);
    // A user's sends queue up: two to one chat must not both find it idle, nor two of one key fresh.
    // Those at other nodes are found out when this one is recorded.
    return inTurn(caller.userId, async () => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const sent = await trySend();
        if (sent) return sent;
      }
      throw movedOn();
    });

    /** Null when another node moved the chat on meanwhile: then it must be looked at again. */
    async function trySend(): Promise<Sent | null> {
      const earlier = key && (await deps.storage.findSend(caller.userId, key, fingerprint));
      if (earlier) return sentBefore(deps, caller, earlier);
      if (!deps.engine.isAccepting) throw shuttingDown();
      const plan = await planSend(deps.storage, caller.userId, request);
      const resolved = await deps.catalog.resolve(plan.parameters.model);
      return record(deps, caller, { plan, resolved, key, fingerprint });
    }
  };
}

interface Decided {
  plan: SendPlan;
  resolved: ResolvedModel;
  key: string | null;
  fingerprint: string;
}

async function record(
  deps: SendMessageDeps,
  caller: Caller,
  decided: Decided,
): Promise<Sent | null> {
  const { plan, resolved } = decided;
  const { send, chat, userMessage } = prepare(deps, caller, decided);
  const outcome = await deps.storage.recordSend(send);
  if (outcome.outcome === 'outdated') return null;
  if (outcome.outcome !== 'recorded') return sentBefore(deps, caller, outcome);
  try {
    const ids = { chatId: chat.id, userMessageId: userMessage.id, replyId: send.reply.id };
    const sent = plan.chat ? await load(deps, caller, ids) : begun(send, chat, userMessage);
    announce(deps.broadcaster, sent, plan);
    return sent;
  } finally {
    // It is recorded, so it is written, even if the answer to its sender fails.
    const { provider, model } = resolved;
    const continues = plan.kind === 'regenerate' ? plan.continues : undefined;
    deps.engine.start({ chat, userMessage, reply: send.reply, provider, model, continues });
  }
}

function prepare(deps: SendMessageDeps, caller: Caller, decided: Decided) {
  const { plan, resolved, key, fingerprint } = decided;
  const at = deps.clock.now();
  const ownerId = caller.userId;
  const chat = plan.chat ?? blankChat(deps.newId(), ownerId, at);
  const blank = blankMessage({ chatId: chat.id, ownerId, at });
  const userMessage: Message =
    plan.kind === 'regenerate'
      ? plan.userMessage
      : {
          ...blank,
          id: deps.newId(),
          parentId: plan.parent?.id ?? null,
          depth: plan.parent ? plan.parent.depth + 1 : 0,
          content: plan.text,
        };
  const reply: Message = {
    ...blank,
    id: deps.newId(),
    parentId: userMessage.id,
    depth: userMessage.depth + 1,
    role: 'assistant',
    status: 'pending',
    model: resolved.id,
    requestedParameters: plan.parameters,
    parameters: negotiateParameters(plan.parameters, resolved.model).applied,
  };
  const send: NewSend = {
    ...{ ownerId, key, fingerprint, reply, nodeId: deps.nodeId, at },
    newChat: plan.chat ? null : chat,
    ...(plan.chat ? { seenLeafId: plan.chat.activeLeafId } : {}),
    userMessage: plan.kind === 'regenerate' ? null : userMessage,
  };
  return { send, chat, userMessage };
}

function blankChat(id: string, ownerId: string, at: number): Chat {
  return {
    ...{ id, ownerId, title: null, activeLeafId: null, pinned: false, archived: false },
    ...{ createdAt: at, updatedAt: at, deletedAt: null, version: 1 },
  };
}

function blankMessage(of: { chatId: string; ownerId: string; at: number }): Message {
  return {
    ...{ id: '', chatId: of.chatId, ownerId: of.ownerId, parentId: null, depth: 0 },
    ...{ role: 'user', content: '', reasoning: '', status: 'complete', error: null, vote: null },
    ...{ model: null, requestedParameters: null, parameters: null, metrics: null },
    ...{ createdAt: of.at, version: 1 },
  };
}

async function sentBefore(
  deps: SendMessageDeps,
  caller: Caller,
  outcome: SendOutcome,
): Promise<Sent> {
  if (outcome.outcome === 'repeated') return load(deps, caller, outcome);
  throw new DomainError(
    'idempotency_mismatch',
    'This Idempotency-Key was used for another message; send each message with a key of its own.',
  );
}

/** A chat that has just begun is what was written; one that goes on is shared with others. */
function begun({ reply, at }: NewSend, chat: Chat, userMessage: Message): Sent {
  const siblings = { index: 0, count: 1, previousId: null, nextId: null };
  return {
    chat: { ...chat, activeLeafId: reply.id, updatedAt: at },
    userMessage: { ...userMessage, siblings },
    reply: { ...reply, siblings },
  };
}

async function load(
  { storage }: SendMessageDeps,
  { userId }: Caller,
  ids: { chatId: string; userMessageId: string; replyId: string },
): Promise<Sent> {
  const [chat, userMessage, reply] = await Promise.all([
    storage.findChat(userId, ids.chatId),
    storage.findMessage(userId, ids.userMessageId),
    storage.findMessage(userId, ids.replyId),
  ]);
  // A repeated send may meet a chat that was deleted meanwhile.
  if (!chat || !userMessage || !reply) throw notFound('chat');
  return { chat, userMessage, reply };
}

function announce(broadcaster: Broadcaster, sent: Sent, plan: SendPlan): void {
  const { chat, userMessage, reply } = sent;
  const event = plan.chat ? 'chat_updated' : 'chat_created';
  broadcaster.publish(chat.ownerId, { event, data: { chat: presentChat(chat) } });
  const created = plan.kind === 'regenerate' ? [reply] : [userMessage, reply];
  for (const message of created) {
    const data = { message: presentMessage(message) };
    broadcaster.publish(chat.ownerId, { event: 'message_created', data });
  }
}

function requireOwn(caller: Caller, userId: string | undefined): void {
  if (userId === undefined || userId === caller.userId) return;
  throw new DomainError('forbidden', 'body.user_id must be your own id, or be left out.');
}

function toRequest(input: SendInput): SendRequest {
  return {
    chatId: input.chat_id,
    text: input.message,
    messageId: input.message_id,
    messageIndex: input.message_index,
    action: input.action,
    parameters: input.parameters,
  };
}

/** The same for the same request, in whatever order its fields were written. */
function fingerprintOf({ parameters, ...request }: SendRequest): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const { chatId, text, messageId, messageIndex, action } = request;
  const canonical = JSON.stringify([chatId, text, messageId, messageIndex, sorted, action]);
  return createHash('sha256').update(canonical).digest('hex');
}

function movedOn(): DomainError {
  return new DomainError(
    'conflict',
    'Others keep writing in this chat at the same time: look at it again, then send again.',
  );
}

function shuttingDown(): DomainError {
  return new DomainError('shutting_down', 'The server is shutting down: try again in a moment.', {
    retryAfterSeconds: 5,
  });
}
