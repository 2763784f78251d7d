import type { Message } from '../protocol/index.js';

/**
 * A message with every field there is: a reply without text, alone in its place, complete.
 *
 * @param given the fields a fixture is about, in place of the blank ones. Default: none
 */
export function blankMessage(given: Partial<Message> = {}): Message {
  return {
    message_id: '',
    chat_id: '',
    parent_id: null,
    role: 'assistant',
    content: '',
    reasoning: '',
    status: 'complete',
    error: null,
    vote: null,
    model: null,
    parameters: null,
    metrics: null,
    sibling_index: 0,
    sibling_count: 1,
    previous_sibling_id: null,
    next_sibling_id: null,
    created_at: '2026-01-01T00:00:00.000Z',
    version: 1,
    ...given,
  };
}
