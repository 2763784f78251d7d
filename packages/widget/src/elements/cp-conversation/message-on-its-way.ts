import type { Message } from '@chat-playground/sdk';

/** A message the server has not taken yet, in the shape of one it has, to be drawn alike. */
export function messageOnItsWay(text: string): Message {
  return {
    message_id: 'sending',
    chat_id: '',
    parent_id: null,
    role: 'user',
    content: text,
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
    created_at: '',
    version: 0,
  };
}

/** The reply that will come, waiting for its first token. */
export function replyOnItsWay(): Message {
  return { ...messageOnItsWay(''), message_id: 'pending', role: 'assistant', status: 'pending' };
}
