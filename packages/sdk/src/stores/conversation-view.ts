import { isFinalStatus } from '../protocol/endings.js';
import type { Message } from '../protocol/index.js';
import type { Conversation } from './conversation.js';
import type { ConversationState, PartialReply } from './state.js';

/**
 * Shows conversations one after the other, keeping what did not change: while only a reply's text
 * grows, `messages` is the same array, and a message that stays is the same object.
 */
export function createConversationView(): (state: Conversation) => ConversationState {
  let last: Conversation | null = null;
  let messages: readonly Message[] = [];
  return (state) => {
    if (!last || !hasSameMessages(last, state)) messages = keepSame(messages, listBranch(state));
    last = state;
    return {
      status: state.status,
      chat: state.chat,
      messages,
      hasOlder: (messages[0]?.parent_id ?? null) !== null,
      partial: findPartial(state, messages.at(-1)),
      sending: state.sending,
      error: state.error,
    };
  };
}

function hasSameMessages(a: Conversation, b: Conversation): boolean {
  return agree(a, b, ['messages', 'leafId', 'votes', 'earlyVotes', 'deleted', 'shownUpTo']);
}

function agree<Value>(a: Value, b: Value, keys: readonly (keyof Value)[]): boolean {
  return keys.every((key) => a[key] === b[key]);
}

/** The branch from the oldest loaded message to the leaf. */
function listBranch(state: Conversation): Message[] {
  const branch: Message[] = [];
  let id = state.shownUpTo ? state.shownUpTo.messageId : state.leafId;
  while (id !== null) {
    const message = state.messages.get(id);
    if (!message) break;
    const at = state.deleted.get(id);
    // At the end of a branch nothing follows that would need its place.
    if (at === undefined) branch.push(withVote(state, message));
    else if (branch.length > 0) branch.push(emptied(message, at));
    id = message.parent_id;
  }
  return branch.reverse();
}

function withVote({ votes, earlyVotes }: Conversation, message: Message): Message {
  const id = message.message_id;
  const told = votes.get(id);
  const shown = earlyVotes.get(id) ?? (told && told.version > message.version ? told : message);
  const { vote, vote_details } = shown;
  return shown === message ? message : { ...message, vote, vote_details };
}

function emptied(message: Message, at: string): Message {
  const nothing = { content: '', reasoning: '', error: null, vote: null, vote_details: undefined };
  return { ...message, ...nothing, deleted_at: at };
}

/** Votes make new objects; those that say the same as before are swapped for the old ones. */
function keepSame(before: readonly Message[], after: Message[]): readonly Message[] {
  const known = new Map(before.map((message) => [message.message_id, message]));
  const kept = after.map((message) => {
    const old = known.get(message.message_id);
    return old && isSameMessage(old, message) ? old : message;
  });
  const isSame = kept.length === before.length && kept.every((m, index) => m === before[index]);
  return isSame ? before : kept;
}

const SHOWN = [
  'version',
  'vote',
  'vote_details',
  'deleted_at',
  'status',
  'content',
  'sibling_count',
] as const;

function isSameMessage(a: Message, b: Message): boolean {
  return a === b || agree(a, b, SHOWN);
}

function findPartial(state: Conversation, leaf: Message | undefined): PartialReply | null {
  if (!leaf || leaf.role !== 'assistant' || isFinalStatus(leaf.status)) return null;
  const reply = state.replies.get(leaf.message_id);
  return {
    message_id: leaf.message_id,
    // A reply opened midway has text already; its stream, read from the beginning, overtakes it.
    content: longer(reply?.content, leaf.content),
    reasoning: longer(reply?.reasoning, leaf.reasoning),
    seq: reply?.seq ?? 0,
  };
}

function longer(text = '', other: string): string {
  return text.length >= other.length ? text : other;
}
