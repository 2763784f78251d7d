import type { Chat, Message, SendBody, SendResponse, User } from '../protocol/index.js';
import { blankMessage } from './blank-message.js';

const EPOCH_MS = Date.UTC(2026, 0, 1);

/** Ids and times that are the same in every run. */
export function createSequence() {
  let count = 0;
  return {
    id: () => `01993b5e-7c00-7000-8000-${(count += 1).toString(16).padStart(12, '0')}`,
    time: () => new Date(EPOCH_MS + (count += 1)).toISOString(),
  };
}

export type Sequence = ReturnType<typeof createSequence>;

/** The chats of the one user of a replay server: a small model of what a real one remembers. */
export interface ReplayChats {
  readonly chats: Map<string, Chat>;
  readonly deleted: Map<string, Chat>;
  readonly messages: Map<string, Message>;
  change(chat: Chat, patch: Partial<Chat>): Chat;
  changeMessage(message: Message, patch: Partial<Message>): Message;
  send(body: SendBody): SendResponse;
  /** Newest first. */
  list(): Chat[];
  /** The active branch, oldest first. */
  branch(chat: Chat): Message[];
  /** The end of the branch that leads through the newest answers. */
  newestLeaf(messageId: string): string;
}

export function createReplayChats(user: User, sequence: Sequence): ReplayChats {
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const replayChats: ReplayChats = {
    chats,
    deleted: new Map(),
    messages,
    change: (chat, patch) => {
      const next = { ...chat, ...patch, version: chat.version + 1 };
      chats.set(next.chat_id, next);
      return next;
    },
    changeMessage: (message, patch) => {
      const next = { ...message, ...patch, version: message.version + 1 };
      messages.set(next.message_id, next);
      return next;
    },
    newestLeaf: (messageId) => {
      // Messages are in the order they were made, so the newest child is the last one.
      const child = [...messages.values()].findLast(({ parent_id }) => parent_id === messageId);
      return child ? replayChats.newestLeaf(child.message_id) : messageId;
    },
    send: (body) => send(replayChats, sequence, user, body),
    list: () => [...chats.values()].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1)),
    branch: (chat) => {
      const branch: Message[] = [];
      for (let at = messages.get(chat.active_message_id ?? ''); at;) {
        branch.unshift(withSiblings(at, messages));
        at = messages.get(at.parent_id ?? '');
      }
      return branch;
    },
  };
  return replayChats;
}

function send(
  { chats, messages, change }: ReplayChats,
  sequence: Sequence,
  user: User,
  body: SendBody,
): SendResponse {
  const add = (given: Pick<Message, 'chat_id' | 'parent_id' | 'role' | 'content'>): Message => {
    const isReply = given.role === 'assistant';
    const message = blankMessage({
      message_id: sequence.id(),
      created_at: sequence.time(),
      status: isReply ? 'pending' : 'complete',
      model: isReply ? 'replay/transcript' : null,
      ...given,
    });
    messages.set(message.message_id, message);
    return message;
  };
  const found = chats.get(body.chat_id ?? '') ?? emptyChat(user, sequence);
  const { chat_id } = found;
  const old = findQuestion(messages, body);
  const message =
    old.answered ??
    add({
      chat_id,
      parent_id: old.edited ? old.edited.parent_id : found.active_message_id,
      role: 'user',
      content: body.message ?? '',
    });
  const reply = add({ chat_id, parent_id: message.message_id, role: 'assistant', content: '' });
  const chat = change(found, {
    active_message_id: reply.message_id,
    updated_at: sequence.time(),
    chat_title: found.chat_title ?? message.content,
  });
  return {
    chat_id,
    message_id: message.message_id,
    user_message: message.content,
    chat_title: chat.chat_title,
    chat,
    message: withSiblings(message, messages),
    reply: withSiblings(reply, messages),
  };
}

/** The user's message to answer again, or the one that is replaced by an edited sibling. */
function findQuestion(
  messages: ReadonlyMap<string, Message>,
  body: SendBody,
): { answered?: Message | undefined; edited?: Message | undefined } {
  const named = messages.get(body.message_id ?? '');
  if (named?.role === 'assistant') return { answered: messages.get(named.parent_id ?? '') };
  return named?.content === body.message ? { answered: named } : { edited: named };
}

function emptyChat(user: User, sequence: Sequence): Chat {
  return {
    chat_id: sequence.id(),
    user_id: user.user_id,
    chat_title: null,
    active_message_id: null,
    pinned: false,
    archived: false,
    created_at: sequence.time(),
    updated_at: sequence.time(),
    version: 0,
  };
}

function withSiblings(message: Message, messages: ReadonlyMap<string, Message>): Message {
  const siblings = [...messages.values()].filter(
    ({ chat_id, parent_id }) => chat_id === message.chat_id && parent_id === message.parent_id,
  );
  const index = siblings.findIndex(({ message_id }) => message_id === message.message_id);
  return {
    ...message,
    sibling_index: index,
    sibling_count: siblings.length,
    previous_sibling_id: siblings[index - 1]?.message_id ?? null,
    next_sibling_id: siblings[index + 1]?.message_id ?? null,
  };
}
