import type { Message } from '@chat-playground/sdk';
import { messageOnItsWay } from '../elements/cp-conversation/message-on-its-way.js';

let count = 0;

function nextId(): string {
  count += 1;
  return `01900000-0000-7000-8000-${String(count).padStart(12, '0')}`;
}

/** A message of the user's, with what matters to a test given. */
export function userMessage(content: string, fields: Partial<Message> = {}): Message {
  return {
    ...messageOnItsWay(content),
    message_id: nextId(),
    chat_id: '01900000-0000-7000-8000-000000000000',
    created_at: '2026-01-01T00:00:00.000Z',
    version: 1,
    ...fields,
  };
}

/** A reply, finished unless a test says otherwise. */
export function reply(content: string, fields: Partial<Message> = {}): Message {
  return userMessage(content, {
    role: 'assistant',
    model: 'maker/model-7b',
    parameters: {},
    metrics: {
      prompt_tokens: 12,
      completion_tokens: 345,
      token_count_source: 'provider',
      response_time: 6.28,
      first_token_time: 0.4,
      tokens_per_second: 55.2,
      finish_reason: 'stop',
    },
    ...fields,
  });
}
