import { readFileSync } from 'node:fs';
import {
  replyErrorSchema,
  streamEventSchemas,
  type StreamEvent,
} from '@chat-playground/sdk/protocol';
import { describe, expect, it } from 'vitest';
import {
  applyCompletionEvent,
  beginReply,
  endingEvent,
  measureReply,
  type ReplyOutcome,
  type ReplyState,
} from './reply-state.js';

const golden = new URL('../../../../sdk/src/protocol/golden/', import.meta.url);

/** The events of a golden transcript, with their data as it is written there. */
function transcript(name: string): { event: StreamEvent; data: string }[] {
  const frames = readFileSync(new URL(`${name}.sse`, golden), 'utf8').split('\n\n');
  return frames
    .filter((frame) => frame.startsWith('id: '))
    .map((frame) => {
      const [id = '', event = '', data = ''] = frame
        .split('\n')
        .map((line) => line.slice(line.indexOf(': ') + 2));
      return { event: { seq: Number(id), event, data: JSON.parse(data) } as StreamEvent, data };
    });
}

/** The outcome an ending event tells of. */
function outcomeOf(event: StreamEvent): ReplyOutcome {
  if (event.event === 'message-error') {
    const { status, ...data } = event.data;
    const fields = Object.entries(data).filter(([field]) => field !== 'message_id');
    return { status, error: replyErrorSchema.parse(Object.fromEntries(fields)) };
  }
  if (event.event !== 'message-end') throw new Error('The transcript does not end.');
  return { status: event.data.status };
}

describe('the transitions of a reply', () => {
  it.each(['happy', 'cut-utf8', 'reasoning', 'stopped', 'error'])(
    'make the golden transcript %s, to the letter',
    (name) => {
      const frames = transcript(name);
      const [start, ...rest] = frames.map(({ event }) => event);
      const ending = rest.pop();
      if (start?.event !== 'message-start' || !ending) throw new Error('No transcript.');
      const { chat_id: chatId, message_id: messageId, parent_id: parentId, model } = start.data;
      const begun = beginReply({ chatId, messageId, parentId, model }, 0);
      const events: (StreamEvent | null)[] = [begun.event];
      let state: ReplyState = begun.state;
      for (const { event, data } of rest) {
        const text = 'delta' in data ? data.delta : '';
        const type = event === 'text-delta' ? 'text' : 'reasoning';
        const next = applyCompletionEvent(state, { type, text }, 1);
        state = next.state;
        events.push(next.event);
      }
      const isEnd = ending.event === 'message-end';
      const metrics = isEnd ? streamEventSchemas['message-end'].parse(ending.data) : null;
      const parameters = metrics?.parameters ?? null;
      const measured = metrics && {
        ...measureReply(state, { promptTokens: 0, completionTokens: 0 }, 0),
        ...Object.fromEntries(
          Object.entries(metrics).filter(
            ([field]) => !['message_id', 'status', 'parameters'].includes(field),
          ),
        ),
      };
      events.push(endingEvent(state, outcomeOf(ending), { metrics: measured, parameters }));
      expect(events.map((event) => JSON.stringify(event?.data))).toEqual(
        frames.map(({ data }) => data),
      );
      expect(events.map((event) => event?.seq)).toEqual(frames.map(({ event }) => event.seq));
    },
  );

  it('measure in seconds from the request to the provider', () => {
    let { state } = beginReply({ chatId: 'c', messageId: 'm', parentId: null, model: 'x' }, 1_000);
    state = applyCompletionEvent(state, { type: 'text', text: 'a' }, 1_312).state;
    state = applyCompletionEvent(state, { type: 'text', text: 'b' }, 2_284).state;
    state = applyCompletionEvent(state, { type: 'finish', reason: 'stop' }, 9_000).state;
    expect(measureReply(state, { promptTokens: 24, completionTokens: 57 }, 9_000)).toEqual({
      prompt_tokens: 24,
      completion_tokens: 57,
      token_count_source: 'tokenizer',
      response_time: 1.284,
      first_token_time: 0.312,
      tokens_per_second: 58.642,
      finish_reason: 'stop',
    });
    const usage = { type: 'usage', promptTokens: 1, completionTokens: 2 } as const;
    state = applyCompletionEvent(state, usage, 9_000).state;
    const counted = { promptTokens: 0, completionTokens: 0 };
    expect(measureReply(state, counted, 9_000)).toMatchObject({
      token_count_source: 'provider',
      completion_tokens: 2,
    });
  });

  it('say nothing about empty deltas', () => {
    const { state } = beginReply({ chatId: 'c', messageId: 'm', parentId: null, model: 'x' }, 0);
    expect(applyCompletionEvent(state, { type: 'text', text: '' }, 5)).toEqual({
      state,
      event: null,
    });
  });
});
