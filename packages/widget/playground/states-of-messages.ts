import type { Message } from '@chat-playground/sdk';
import { CHAT, chatOf } from './given-answers.js';
import type { State } from './states-list.js';
import { inOrder, press } from './steps.js';

const CUT_OFF: Message['metrics'] = {
  prompt_tokens: 14,
  completion_tokens: 64,
  token_count_source: 'provider',
  response_time: 1.2,
  first_token_time: 0.2,
  tokens_per_second: 53,
  finish_reason: 'length',
};
const DELETED = { content: '', deleted_at: CHAT.updated_at };
const VERSIONS = {
  sibling_index: 1,
  sibling_count: 3,
  previous_sibling_id: 'a',
  next_sibling_id: 'b',
};

const { chat_id: chatId } = CHAT;

/** What a reply, and a vote on it, can be in. */
export const STATES_OF_MESSAGES: readonly State[] = [
  { name: 'reply interrupted', chatId, ...chatOf({ status: 'interrupted' }) },
  { name: 'reply cut off by its length', chatId, ...chatOf({ metrics: CUT_OFF }) },
  { name: 'stopped before the first word', chatId, ...chatOf({ status: 'stopped', content: '' }) },
  {
    name: 'versions',
    chatId,
    ...chatOf({ ...VERSIONS, metrics: CUT_OFF }, VERSIONS),
  },
  {
    name: 'vote with a why',
    chatId,
    ...chatOf({ vote: 'downvote', vote_details: { tags: ['too_long'], comment: '' } }),
    then: press('.reasons'),
  },
  {
    name: 'vote explained',
    chatId,
    ...chatOf({
      vote: 'downvote',
      vote_details: { tags: ['incorrect', 'too_long'], comment: 'Gas giants form another way.' },
    }),
  },
  {
    name: 'message menu',
    chatId,
    ...chatOf({ vote: 'upvote' }),
    then: press('cp-message[latest]', '.dots'),
  },
  {
    name: 'message being deleted',
    chatId,
    ...chatOf({}),
    then: inOrder(
      press('cp-message[latest]', '.dots'),
      press('cp-message[latest]', ':popover-open .danger'),
    ),
  },
  { name: 'messages deleted', chatId, ...chatOf({ ...DELETED, ...VERSIONS }, DELETED) },
];
