import { isFinalStatus } from '../protocol/endings.js';
import type { Chat, Message, StreamEvent } from '../protocol/index.js';
import {
  EMPTY_CONVERSATION,
  type Conversation,
  type ConversationEvent,
  type LocalEvent,
  type ReplyProgress,
  type VoteFact,
} from './conversation.js';
import { endMessage, mergeMessage } from './merge-message.js';

/**
 * The only writer of a conversation. Pure; whatever was known already, belongs to another chat, or
 * is older than what is known gives the same object back, so events may come twice, from both
 * sources, and interleaved in any way. A reply's own events are in order; a gap among them is not
 * filled by guessing but ignored, since their reader asks again for what is missing.
 */
export function applyEvent(state: Conversation, event: ConversationEvent): Conversation {
  // Those of a reply's stream are the numbered ones.
  if ('seq' in event) return applyStreamEvent(state, event);
  switch (event.event) {
    case 'message_created':
    case 'message_updated':
      return applyMessages(state, [event.data.message]);
    case 'chat_created':
    case 'chat_updated':
      return applyChat(state, event.data.chat);
    case 'chat_deleted':
      return event.data.chat_id === state.chatId ? EMPTY_CONVERSATION : state;
    case 'vote_update':
      return event.data.chat_id === state.chatId ? applyVote(state, event.data) : state;
    // Facts for whoever attaches to streams; they say nothing the messages do not say as well.
    case 'reply_started':
    case 'reply_ended':
      return state;
    default:
      return applyLocalEvent(state, event);
  }
}

function applyLocalEvent(state: Conversation, event: LocalEvent): Conversation {
  switch (event.event) {
    case 'opened': {
      const { chatId, chat } = event.data;
      return { ...EMPTY_CONVERSATION, chatId, chat, status: chatId === null ? 'idle' : 'loading' };
    }
    case 'loaded': {
      const { chat, messages, cursor } = event.data;
      const known = applyMessages(applyChat(state, chat), messages);
      // The chat may tell of a leaf newer than this page; until it comes, the page's end is shown.
      const leafId = known.leafId ?? messages.at(-1)?.message_id ?? null;
      return { ...applyCursor(known, messages, cursor), leafId, status: 'ready', error: null };
    }
    case 'page_loaded': {
      const { messages, cursor } = event.data;
      return applyCursor(applyMessages(state, messages), messages, cursor);
    }
    case 'chat_changed':
      return applyChat(state, event.data.chat, event.data.isForced);
    case 'failed': {
      const status = event.data.isLoad ? 'error' : state.status;
      return { ...state, status, error: event.data.error, sending: null, shownUpTo: null };
    }
    case 'send_started': {
      const { text, shownUpTo } = event.data;
      const sending = text === null ? null : { text };
      // The socket may tell of the message before its sender has the answer: it is not shown twice.
      return {
        ...state,
        sending,
        shownUpTo: shownUpTo ?? { messageId: state.leafId },
        error: null,
      };
    }
    case 'send_accepted': {
      const { chat, message, reply } = event.data;
      const known = { ...state, chatId: chat.chat_id, status: 'ready' as const };
      const sent = applyMessages(applyChat(known, chat), [message, reply]);
      return { ...sent, sending: null, shownUpTo: null };
    }
    case 'vote_shown': {
      const { messageId, shown } = event.data;
      return { ...state, earlyVotes: withEntry(state.earlyVotes, messageId, shown) };
    }
    case 'vote_settled': {
      const { messageId, result } = event.data;
      const settled = { ...state, earlyVotes: withoutEntry(state.earlyVotes, messageId) };
      return result ? applyVote(settled, result) : settled;
    }
    case 'delete_shown': {
      const { messageId, at } = event.data;
      return { ...state, deleted: withEntry(state.deleted, messageId, at) };
    }
    case 'delete_settled': {
      const { messageId, result } = event.data;
      if (!result) return { ...state, deleted: withoutEntry(state.deleted, messageId) };
      const { outcome, chat } = result;
      return applyChat(outcome === 'removed' ? withoutVersions(state, messageId) : state, chat);
    }
  }
}

function applyStreamEvent(state: Conversation, event: StreamEvent): Conversation {
  const { seq, data } = event;
  const known = state.messages.get(data.message_id);
  if (known && isFinalStatus(known.status)) return state;
  const reply = state.replies.get(data.message_id);
  if (event.event === 'message-start') {
    if (reply || event.data.chat_id !== state.chatId) return state;
    return withReply(state, data.message_id, { content: '', reasoning: '', seq, ending: null });
  }
  if (reply?.seq !== seq - 1) return state;
  const next = { ...reply, seq };
  switch (event.event) {
    case 'text-delta':
      next.content += event.data.delta;
      break;
    case 'reasoning-delta':
      next.reasoning += event.data.delta;
      break;
    case 'text-is-reasoning':
      next.reasoning += next.content.slice(-event.data.length);
      next.content = next.content.slice(0, -event.data.length);
      break;
    default:
      next.ending = event.data;
  }
  const moved = withReply(state, data.message_id, next);
  return next.ending ? settleReply(moved, data.message_id) : moved;
}

/** Costs one small map (replies being written), never the conversation's messages. */
function withReply(state: Conversation, messageId: string, reply: ReplyProgress): Conversation {
  return { ...state, replies: withEntry(state.replies, messageId, reply) };
}

/** Turns a reply's progress into its message as soon as both the ending and the message are known. */
function settleReply(state: Conversation, messageId: string): Conversation {
  const message = state.messages.get(messageId);
  const reply = state.replies.get(messageId);
  if (!message || !reply) return state;
  const isFinal = isFinalStatus(message.status);
  if (!isFinal && !reply.ending) return state;
  const replies = withoutEntry(state.replies, messageId);
  if (isFinal || !reply.ending) return { ...state, replies };
  const ended = endMessage(message, reply, reply.ending);
  return { ...state, replies, messages: withEntry(state.messages, messageId, ended) };
}

function applyMessages(state: Conversation, told: readonly Message[]): Conversation {
  const changed = told
    .filter((message) => message.chat_id === state.chatId)
    .map((message) => mergeMessage(state.messages.get(message.message_id), message))
    .filter((message) => message !== state.messages.get(message.message_id));
  if (changed.length === 0) return state;
  const messages = new Map(state.messages);
  for (const message of changed) messages.set(message.message_id, message);
  let next: Conversation = { ...state, messages };
  for (const { message_id } of changed) next = settleReply(next, message_id);
  return withLeaf(next);
}

/** @param isForced takes the chat although it is no newer: it is shown early, or taken back */
function applyChat(state: Conversation, chat: Chat, isForced = false): Conversation {
  if (chat.chat_id !== state.chatId) return state;
  if (!isForced && state.chat && chat.version <= state.chat.version) return state;
  return withLeaf({ ...state, chat });
}

/** Stays on the branch shown so far until the message at the end of the new one is known. */
function withLeaf(state: Conversation): Conversation {
  const leafId = state.chat?.active_message_id ?? null;
  if (leafId === state.leafId || leafId === null || !state.messages.has(leafId)) return state;
  return { ...state, leafId };
}

/**
 * Forgets a removed message together with the versions beside it, whose places have changed: they
 * are loaded again when one of them is shown.
 */
function withoutVersions(state: Conversation, messageId: string): Conversation {
  const removed = state.messages.get(messageId);
  const rest = [...state.messages].filter(([, { parent_id }]) => parent_id !== removed?.parent_id);
  return { ...state, messages: new Map(rest) };
}

function applyVote(state: Conversation, told: VoteFact): Conversation {
  const { message_id, vote, vote_details, version } = told;
  const known = state.votes.get(message_id);
  if (known && known.version >= version) return state;
  return { ...state, votes: withEntry(state.votes, message_id, { vote, vote_details, version }) };
}

/** Remembers where the page before this one is, unless older messages are known already. */
function applyCursor(
  state: Conversation,
  page: readonly Message[],
  cursor: string | null,
): Conversation {
  const [oldest] = page;
  if (!oldest || (oldest.parent_id !== null && state.messages.has(oldest.parent_id))) return state;
  return { ...state, older: cursor === null ? null : { before: oldest.message_id, cursor } };
}

function withEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value,
): ReadonlyMap<string, Value> {
  return new Map(map).set(key, value);
}

function withoutEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
): ReadonlyMap<string, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
