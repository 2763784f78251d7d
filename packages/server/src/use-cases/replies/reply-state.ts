import type {
  AppliedParameters,
  MessageStatus,
  ReplyError,
  ReplyMetrics,
  StreamEvent,
} from '@chat-playground/sdk/protocol';
import type { CompletionEvent } from '../../ports/model-provider.js';

/** How far a reply has come. The text itself is kept beside it; this is what decides. */
export interface ReplyState {
  readonly messageId: string;
  /** Number of the last event made. */
  readonly seq: number;
  /** When the provider was asked; times are milliseconds since the epoch. */
  readonly requestedAt: number;
  readonly firstTokenAt: number | null;
  readonly lastTokenAt: number | null;
  /** As far as the provider has counted. */
  readonly usage: { promptTokens: number | null; completionTokens: number | null };
  readonly finishReason: string | null;
}

const NO_USAGE = { promptTokens: null, completionTokens: null };

/** How a reply ended. */
export type ReplyOutcome =
  { status: 'complete' | 'stopped' } | { status: 'error' | 'interrupted'; error: ReplyError };

export type FinalStatus = Extract<MessageStatus, 'complete' | 'stopped' | 'error' | 'interrupted'>;

export interface Transition {
  state: ReplyState;
  /** What readers are told; null for what only the ending reports. */
  event: StreamEvent | null;
}

interface ReplyIdentity {
  chatId: string;
  messageId: string;
  parentId: string | null;
  model: string;
}

export function beginReply(
  reply: ReplyIdentity,
  at: number,
): { state: ReplyState; event: StreamEvent } {
  const state: ReplyState = {
    messageId: reply.messageId,
    seq: 1,
    requestedAt: at,
    firstTokenAt: null,
    lastTokenAt: null,
    usage: NO_USAGE,
    finishReason: null,
  };
  return { state, event: startEvent(reply) };
}

/** First event of a reply, always number 1. */
export function startEvent(reply: ReplyIdentity): StreamEvent {
  return {
    seq: 1,
    event: 'message-start',
    data: {
      chat_id: reply.chatId,
      message_id: reply.messageId,
      parent_id: reply.parentId,
      model: reply.model,
    },
  };
}

export function applyCompletionEvent(
  state: ReplyState,
  event: CompletionEvent,
  at: number,
): Transition {
  switch (event.type) {
    case 'text':
    case 'reasoning': {
      if (event.text === '') return { state, event: null };
      const seq = state.seq + 1;
      const name = event.type === 'text' ? 'text-delta' : 'reasoning-delta';
      const { messageId, requestedAt, usage, finishReason } = state;
      const firstTokenAt = state.firstTokenAt ?? at;
      return {
        // Written out, for it is made for every token: a spread costs several times as much.
        state: { messageId, seq, requestedAt, firstTokenAt, lastTokenAt: at, usage, finishReason },
        event: { seq, event: name, data: { message_id: messageId, delta: event.text } },
      };
    }
    case 'usage': {
      const promptTokens = event.promptTokens ?? state.usage.promptTokens;
      const completionTokens = event.completionTokens ?? state.usage.completionTokens;
      return { state: { ...state, usage: { promptTokens, completionTokens } }, event: null };
    }
    case 'finish':
      return { state: { ...state, finishReason: event.reason }, event: null };
    case 'text-is-reasoning':
    case 'adjusted':
      return { state, event: null };
  }
}

/** The last `length` units of the text were thought. Those who read along move them. */
export function moveToReasoning(state: ReplyState, length: number): Transition {
  const seq = state.seq + 1;
  const data = { message_id: state.messageId, length };
  return { state: { ...state, seq }, event: { seq, event: 'text-is-reasoning', data } };
}

/** Text a reply begins with because another one had it: an event, but no token of its own. */
export function applyPrefix(state: ReplyState, delta: string): Transition {
  const seq = state.seq + 1;
  return {
    state: { ...state, seq },
    event: { seq, event: 'text-delta', data: { message_id: state.messageId, delta } },
  };
}

/** Whether the provider has counted everything. */
export function isCounted({ usage }: ReplyState): boolean {
  return usage.promptTokens !== null && usage.completionTokens !== null;
}

/**
 * Times in seconds to the millisecond, from the request to the provider.
 *
 * @param counted what the provider has not
 */
export function measureReply(
  state: ReplyState,
  counted: { promptTokens: number; completionTokens: number },
  at: number,
): ReplyMetrics {
  const { usage } = state;
  const tokens = {
    promptTokens: usage.promptTokens ?? counted.promptTokens,
    completionTokens: usage.completionTokens ?? counted.completionTokens,
  };
  const lastAt = state.lastTokenAt ?? at;
  const writingSeconds = state.firstTokenAt === null ? 0 : (lastAt - state.firstTokenAt) / 1000;
  return {
    prompt_tokens: tokens.promptTokens,
    completion_tokens: tokens.completionTokens,
    token_count_source: isCounted(state) ? 'provider' : 'tokenizer',
    response_time: (lastAt - state.requestedAt) / 1000,
    first_token_time:
      state.firstTokenAt === null ? null : (state.firstTokenAt - state.requestedAt) / 1000,
    tokens_per_second: writingSeconds > 0 ? round(tokens.completionTokens / writingSeconds) : null,
    finish_reason: state.finishReason,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The event that ends a stream after `seq` events. */
export function endingEvent(
  reply: { messageId: string; seq: number },
  outcome: ReplyOutcome,
  facts: { metrics: ReplyMetrics | null; parameters: AppliedParameters | null },
): StreamEvent {
  const seq = reply.seq + 1;
  if (outcome.status === 'error' || outcome.status === 'interrupted') {
    const data = { ...outcome.error, message_id: reply.messageId, status: outcome.status };
    return { seq, event: 'message-error', data };
  }
  return {
    seq,
    event: 'message-end',
    data: {
      ...(facts.metrics ?? NO_METRICS),
      message_id: reply.messageId,
      status: outcome.status,
      parameters: facts.parameters ?? {},
    },
  };
}

const NO_METRICS: ReplyMetrics = {
  prompt_tokens: 0,
  completion_tokens: 0,
  token_count_source: 'tokenizer',
  response_time: 0,
  first_token_time: null,
  tokens_per_second: null,
  finish_reason: null,
};
