import { atom } from 'nanostores';
import { expect, it } from 'vitest';
import type { Message } from '../protocol/index.js';
import type { ConversationState } from './state.js';
import { createUsageStore } from './usage-store.js';

const EMPTY: ConversationState = {
  status: 'ready',
  chat: null,
  messages: [],
  hasOlder: false,
  partial: null,
  sending: null,
  error: null,
};

function replyOf(prompt_tokens: number, completion_tokens: number): Message {
  const metrics = {
    prompt_tokens,
    completion_tokens,
    token_count_source: 'provider',
    response_time: 1.5,
    first_token_time: null,
    tokens_per_second: null,
    finish_reason: null,
  } as const;
  return { role: 'assistant', metrics } as Partial<Message> as Message;
}

const question = { role: 'user', metrics: null } as Partial<Message> as Message;

it('sums up the replies that are loaded, and tells when there are more', () => {
  const $conversation = atom({ ...EMPTY });
  const $usage = createUsageStore($conversation);
  expect($usage.get()).toMatchObject({ replies: 0, isWhole: true });
  const messages = [question, replyOf(10, 5), question, replyOf(20, 7)];
  $conversation.set({ ...EMPTY, messages, hasOlder: true });
  expect($usage.get()).toEqual({
    replies: 2,
    prompt_tokens: 30,
    completion_tokens: 12,
    response_time: 3,
    isWhole: false,
  });
  $conversation.set({ ...EMPTY, messages });
  expect($usage.get().isWhole).toBe(true);
});

it('does not stir while a reply grows', () => {
  const messages = [question, replyOf(10, 5)];
  const $conversation = atom(EMPTY);
  const $usage = createUsageStore($conversation);
  $conversation.set({ ...EMPTY, messages });
  let changes = 0;
  const remove = $usage.listen(() => (changes += 1));
  for (const content of ['a', 'ab', 'abc']) {
    const partial = { message_id: 'm', content, reasoning: '', seq: content.length };
    $conversation.set({ ...EMPTY, messages, partial });
  }
  expect(changes).toBe(0);
  $conversation.set({ ...EMPTY, messages: [...messages, question, replyOf(1, 1)] });
  expect(changes).toBe(1);
  remove();
});
