import { describe, expect, it } from 'vitest';
import type { Chat, Message, RealtimeEvent, StreamEvent } from '../protocol/index.js';
import { blankMessage } from '../testing/index.js';
import { applyEvent } from './apply-event.js';
import { createConversationView } from './conversation-view.js';
import { EMPTY_CONVERSATION, type Conversation, type ConversationEvent } from './conversation.js';

const CHAT = 'chat';

function chatOf(version: number, patch: Partial<Chat>): Chat {
  return {
    chat_id: CHAT,
    user_id: 'user',
    chat_title: null,
    active_message_id: null,
    pinned: false,
    archived: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    version,
    ...patch,
  };
}

function messageOf(message_id: string, parent_id: string | null, patch: Partial<Message>): Message {
  return blankMessage({
    message_id,
    chat_id: CHAT,
    parent_id,
    role: message_id.startsWith('question') ? 'user' : 'assistant',
    ...patch,
  });
}

const METRICS = {
  prompt_tokens: 1,
  completion_tokens: 3,
  token_count_source: 'provider',
  response_time: 1,
  first_token_time: 0.5,
  tokens_per_second: 3,
  finish_reason: 'stop',
} as const;

/** The stream of a reply, as its reader hands it over: in order, from number 1. */
function streamOf(messageId: string, deltas: readonly string[]): StreamEvent[] {
  const start: StreamEvent = {
    seq: 1,
    event: 'message-start',
    data: { chat_id: CHAT, message_id: messageId, parent_id: 'question', model: 'm' },
  };
  const texts = deltas.map((delta, index): StreamEvent => ({
    seq: index + 2,
    event: 'text-delta',
    data: { message_id: messageId, delta },
  }));
  const end: StreamEvent = {
    seq: deltas.length + 2,
    event: 'message-end',
    data: { ...METRICS, message_id: messageId, status: 'complete', parameters: {} },
  };
  return [start, ...texts, end];
}

/** A question, its reply, a vote on it, a title, then an edit with a reply of its own. */
function createHistory() {
  const ended = { content: 'one two three', metrics: METRICS, parameters: {} } as const;
  const question = messageOf('question', null, { content: 'hi' });
  const edited = messageOf('question-2', null, {
    content: 'hello',
    sibling_index: 1,
    sibling_count: 2,
    previous_sibling_id: 'question',
  });
  const reply = messageOf('reply', 'question', { status: 'pending' });
  const reply2 = messageOf('reply-2', 'question-2', { status: 'pending' });
  const created = (message: Message): RealtimeEvent => ({
    event: 'message_created',
    data: { message },
  });
  const updated = (message: Message): RealtimeEvent => ({
    event: 'message_updated',
    data: { message },
  });
  const chat = (version: number, patch: Partial<Chat>): RealtimeEvent => ({
    event: 'chat_updated',
    data: { chat: chatOf(version, patch) },
  });
  const facts: RealtimeEvent[] = [
    { event: 'chat_created', data: { chat: chatOf(1, { active_message_id: 'reply' }) } },
    created(question),
    created(reply),
    { event: 'reply_started', data: { chat_id: CHAT, message_id: 'reply' } },
    updated({ ...reply, status: 'streaming', content: 'one ', version: 2 }),
    updated({ ...reply, ...ended, status: 'complete', version: 3 }),
    { event: 'reply_ended', data: { chat_id: CHAT, message_id: 'reply', status: 'complete' } },
    {
      event: 'vote_update',
      data: { chat_id: CHAT, message_id: 'reply', vote: 'downvote', version: 4 },
    },
    {
      event: 'vote_update',
      data: { chat_id: CHAT, message_id: 'reply', vote: 'upvote', version: 5 },
    },
    updated({ ...reply, ...ended, status: 'complete', vote: 'downvote', version: 6 }),
    chat(2, { active_message_id: 'reply', chat_title: 'Title' }),
    chat(3, { active_message_id: 'reply-2', chat_title: 'Title' }),
    created(edited),
    created(reply2),
    updated({ ...reply2, ...ended, status: 'complete', version: 2 }),
    updated({ ...question, sibling_count: 2, next_sibling_id: 'question-2' }),
    chat(4, { active_message_id: 'reply', chat_title: 'Title', pinned: true }),
  ];
  const streams = [
    streamOf('reply', ['one ', 'two ', 'three']),
    streamOf('reply-2', ['one ', 'two ', 'three']),
  ];
  return { facts, streams };
}

it('moves text that was thought to the thoughts, once', () => {
  const [start, ...deltas] = streamOf('answer', ['Hm. ', 'Yes.']);
  const move: StreamEvent = {
    seq: 4,
    event: 'text-is-reasoning',
    data: { message_id: 'answer', length: 6 },
  };
  const events = [start, ...deltas.slice(0, 2), move, move] as ConversationEvent[];
  const opened = { ...EMPTY_CONVERSATION, chatId: CHAT };
  const { replies } = events.reduce(applyEvent, opened);
  expect(replies.get('answer')).toMatchObject({ content: 'Hm', reasoning: '. Yes.', seq: 4 });
});

/** Mulberry32: seeded, so that a failure can be run again. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (limit: number) => Math.floor(next() * limit) };
}

type Random = ReturnType<typeof createRandom>;

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}

/** A stream whose reader was attached anew now and then, and so saw some events again. */
function reread(stream: readonly StreamEvent[], random: Random): StreamEvent[] {
  const seen: StreamEvent[] = [];
  for (let at = 0; at < stream.length; at += 1) {
    if (random.below(4) === 0) at = random.below(at + 1);
    const event = stream[at];
    if (event) seen.push(event);
    if (seen.length > 40) random = { below: () => 1 };
  }
  return seen;
}

/** Merges lists at random, keeping the order within each. */
function interleave<T>(lists: readonly (readonly T[])[], random: Random): T[] {
  const queues = lists.map((list) => [...list]).filter((queue) => queue.length > 0);
  const merged: T[] = [];
  while (queues.length > 0) {
    const at = random.below(queues.length);
    const item = queues[at]?.shift();
    if (item === undefined) queues.splice(at, 1);
    else merged.push(item);
  }
  return merged;
}

const OPENED: ConversationEvent = { event: 'opened', data: { chatId: CHAT, chat: null } };

function play(events: readonly ConversationEvent[]): Conversation {
  return events.reduce(applyEvent, applyEvent(EMPTY_CONVERSATION, OPENED));
}

const show = (state: Conversation) => createConversationView()(state);

describe('applyEvent', () => {
  const isEnding = (fact: RealtimeEvent) =>
    fact.event === 'message_updated' && fact.data.message.status === 'complete';

  it.each([
    ['both tell of the endings', () => true],
    ['the stream alone tells of the endings', (fact: RealtimeEvent) => !isEnding(fact)],
  ])('ends the same whatever the order and the repetitions, when %s', (_, isTold) => {
    const { facts: all, streams } = createHistory();
    const facts = all.filter(isTold);
    const expected = show(play([...facts, ...streams.flat()]));
    expect(expected.messages.map(({ content, vote }) => [content, vote])).toEqual([
      ['hi', null],
      ['one two three', facts.length === all.length ? 'downvote' : 'upvote'],
    ]);
    expect(expected.messages[1]).toMatchObject({ status: 'complete', metrics: METRICS });
    expect(expected.chat).toMatchObject({ version: 4, pinned: true });
    for (let seed = 1; seed <= 1500; seed += 1) {
      const random = createRandom(seed);
      const told = shuffled([...facts, ...facts.filter(() => random.below(3) === 0)], random);
      const read = streams.map((stream) => reread(stream, random));
      const events = interleave<ConversationEvent>([told, ...read], random);
      expect(show(play(events)), `seed ${seed}`).toEqual(expected);
    }
  });

  it('shows the reply growing, whichever source tells of the message first', () => {
    const { facts, streams } = createHistory();
    const [stream = []] = streams;
    const before = facts.slice(0, 4);
    for (const events of [
      [...before, ...stream.slice(0, 3)],
      [...stream.slice(0, 3), ...before],
    ]) {
      const { partial, messages } = show(play(events));
      expect(partial).toEqual({ message_id: 'reply', content: 'one two ', reasoning: '', seq: 3 });
      expect(messages.at(-1)).toMatchObject({ status: 'pending', content: '' });
    }
  });

  it('never takes an ending back for a late account of the writing', () => {
    const { facts, streams } = createHistory();
    const late: RealtimeEvent = {
      event: 'message_updated',
      data: { message: messageOf('reply', 'question', { status: 'streaming', version: 2 }) },
    };
    const { partial, messages } = show(play([...facts.slice(0, 3), ...(streams[0] ?? []), late]));
    expect(partial).toBeNull();
    expect(messages.at(-1)).toMatchObject({ status: 'complete', content: 'one two three' });
  });

  it('keeps the text and the reason of a reply that failed', () => {
    const { facts, streams } = createHistory();
    const error: StreamEvent = {
      seq: 3,
      event: 'message-error',
      data: {
        message_id: 'reply',
        status: 'error',
        code: 'provider_timeout',
        message: 'too slow',
        retryable: true,
        retry_after: 5,
      },
    };
    const events = [...facts.slice(0, 3), ...(streams[0] ?? []).slice(0, 2), error];
    expect(show(play(events)).messages.at(-1)).toMatchObject({
      status: 'error',
      content: 'one ',
      error: { code: 'provider_timeout', message: 'too slow', retryable: true, retry_after: 5 },
    });
  });

  it('ignores a gap instead of joining texts that do not belong together', () => {
    const { facts, streams } = createHistory();
    const [start, , third] = streams[0] ?? [];
    const events = [...facts.slice(0, 3), start, third].filter((event) => event !== undefined);
    expect(show(play(events)).partial?.content).toBe('');
  });

  it('gives the same object back for what is no news', () => {
    const { facts, streams } = createHistory();
    const events = [...facts, ...streams.flat()];
    const state = play(events);
    for (const event of events) expect(applyEvent(state, event)).toBe(state);
  });

  it('keeps out what belongs to another chat', () => {
    const { facts, streams } = createHistory();
    const other = applyEvent(EMPTY_CONVERSATION, {
      event: 'opened',
      data: { chatId: 'another', chat: null },
    });
    for (const event of [...facts, ...streams.flat()]) expect(applyEvent(other, event)).toBe(other);
  });

  it('stays on the branch shown until the end of the new one is known', () => {
    const { facts } = createHistory();
    const state = play(facts.slice(0, 12));
    expect(show(state).messages.at(-1)?.message_id).toBe('reply');
    expect(show(play(facts.slice(0, 14))).messages.at(-1)?.message_id).toBe('reply-2');
  });
});

describe('a message on its way', () => {
  it('is shown once, even if the socket tells of it before its sender has the answer', () => {
    const { facts, streams } = createHistory();
    const before = play([...facts.slice(0, 6), ...(streams[0] ?? [])]);
    const sending = applyEvent(before, {
      event: 'send_started',
      data: { text: 'again', shownUpTo: null },
    });
    const message = messageOf('question-3', 'reply', { content: 'again' });
    const reply = messageOf('reply-3', 'question-3', { status: 'pending' });
    const chat = chatOf(9, { active_message_id: 'reply-3' });
    const told = (
      [
        { event: 'message_created', data: { message } },
        { event: 'message_created', data: { message: reply } },
        { event: 'chat_updated', data: { chat } },
      ] satisfies RealtimeEvent[]
    ).reduce(applyEvent, sending);
    expect(show(told)).toMatchObject({ sending: { text: 'again' }, partial: null });
    expect(show(told).messages).toHaveLength(2);
    const accepted = applyEvent(told, {
      event: 'send_accepted',
      data: {
        chat_id: CHAT,
        message_id: 'question-3',
        user_message: 'again',
        chat_title: null,
        chat,
        message,
        reply,
      },
    });
    expect(show(accepted)).toMatchObject({ sending: null, partial: { message_id: 'reply-3' } });
    expect(show(accepted).messages).toHaveLength(4);
  });
});

describe('a growing reply', () => {
  it('leaves the messages alone: same array, same map, whatever their number', () => {
    const { facts, streams } = createHistory();
    const view = createConversationView();
    let state = play(facts.slice(0, 4));
    const { messages } = view(state);
    const tree = state.messages;
    for (const event of (streams[0] ?? []).slice(0, -1)) {
      state = applyEvent(state, event);
      expect(view(state).messages).toBe(messages);
      expect(state.messages).toBe(tree);
    }
    expect(view(state).partial?.content).toBe('one two three');
  });

  it('keeps the objects of messages that did not change when it ends', () => {
    const { facts, streams } = createHistory();
    const view = createConversationView();
    const state = play(facts.slice(0, 4));
    const [question] = view(state).messages;
    const ended = view((streams[0] ?? []).reduce(applyEvent, state));
    expect(ended.messages[0]).toBe(question);
    expect(ended.messages[1]?.status).toBe('complete');
  });
});
