import type { Message, StreamEventData } from '../protocol/index.js';

/** A reply to be played: the frames of a transcript, under ids of its own. */
export interface ReplayReply {
  readonly frames: readonly ReplayFrame[];
  isStopped: boolean;
}

export interface ReplayFrame {
  seq: number;
  text: string;
}

const FRAME_ID = /^id: (\d+)$/m;
const FRAME_DATA = /^data: (.*)$/m;

/** Gives a transcript's reply the ids the server made for it. */
export function createReplayReply(
  transcript: string,
  ids: { chat_id: string; message_id: string; parent_id: string },
): ReplayReply {
  const first: unknown = JSON.parse(FRAME_DATA.exec(transcript)?.[1] ?? '{}');
  const given = first as Partial<typeof ids>;
  let text = transcript;
  for (const key of ['chat_id', 'message_id', 'parent_id'] as const) {
    if (given[key]) text = text.replaceAll(given[key], ids[key]);
  }
  const blocks = text.split('\n\n').filter((block) => FRAME_ID.test(block));
  const frames = blocks.map((block) => ({
    seq: Number(FRAME_ID.exec(block)?.[1]),
    text: `${block}\n\n`,
  }));
  return { frames, isStopped: false };
}

/** What a reader gets from a stop: the ending, in the place of whatever would have come. */
export function stoppedFrame(seq: number, messageId: string): ReplayFrame {
  const data = {
    prompt_tokens: 0,
    completion_tokens: 0,
    token_count_source: 'tokenizer',
    response_time: 0,
    first_token_time: null,
    tokens_per_second: null,
    finish_reason: null,
    message_id: messageId,
    status: 'stopped',
    parameters: {},
  };
  const text = `id: ${String(seq)}\nevent: message-end\ndata: ${JSON.stringify(data)}\n\n`;
  return { seq, text };
}

/** The text of all frames up to one, as a server that persists it would know it. */
export function textUpTo(frames: readonly ReplayFrame[], seq: number): string {
  return frames
    .filter((frame) => frame.seq <= seq && frame.text.includes('event: text-delta'))
    .map(
      (frame) => (JSON.parse(FRAME_DATA.exec(frame.text)?.[1] ?? '{}') as { delta: string }).delta,
    )
    .join('');
}

/** What an ending says of its message; of a failure the transcripts tell no more than that. */
export function endingFields({ text }: ReplayFrame): Partial<Message> {
  const data = JSON.parse(FRAME_DATA.exec(text)?.[1] ?? '{}') as StreamEventData['message-end'];
  const { message_id, status, parameters, ...metrics } = data;
  const isFailure = text.includes('event: message-error');
  return isFailure ? { message_id, status } : { message_id, status, parameters, metrics };
}
