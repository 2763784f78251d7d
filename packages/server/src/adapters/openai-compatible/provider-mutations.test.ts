import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { CompletionEvent } from '../../ports/model-provider.js';
import { readCompletion } from './completion-events.js';
import { StreamFailure } from './stream-failure.js';

/** Mulberry32: seeded, so that a failure can be run again by its seed. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, of: <T>(items: readonly T[]) => items[below(items.length)] as T };
}
type Random = ReturnType<typeof createRandom>;

/** A frame of a stream, with what it says, and whether it ends or breaks the reply. */
interface Frame {
  text: string;
  bytes: string;
  effect?: 'finish' | 'done' | 'error';
}

const ODD = [null, '', 'x', '7', 0, -1, 0.5, 1e20, true, false, [], {}, [null], { a: 1 }];
const WORDS = ['Hel', 'lo ', 'สวัส', 'ดี ', '😀', 'naïve ', '\n\n- a', '`<b>`', ' 2 < 3', '日本。'];
const data = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`;

/** Ways in which providers put a piece of text. */
const SAY = [
  (text: string, odd: unknown) => ({ choices: [{ index: 0, delta: { content: text }, x: odd }] }),
  (text: string, odd: unknown) => ({ id: odd, choices: [{ delta: { content: text, role: odd } }] }),
  (text: string, odd: unknown) => ({
    choices: [
      {
        delta: {
          content: [
            { type: 'text', text },
            { type: 'image_url', url: 3 },
          ],
        },
      },
    ],
    created: odd,
  }),
  (text: string, odd: unknown) => ({
    choices: [{ index: '0', delta: { content: [text] }, finish_reason: null, logprobs: odd }],
  }),
  (text: string, odd: unknown) => ({
    error: null,
    model: odd,
    choices: [{ delta: { content: { type: 'output_text', text } }, finish_reason: '' }],
  }),
  (text: string, odd: unknown) => ({ choices: [{ text, index: 0 }], system_fingerprint: odd }),
];

/** What carries no meaning. */
const NOISE = [
  () => ': keep-alive\n\n',
  () => 'data:\n\n',
  () => 'event: ping\ndata: \n\n',
  () => 'event: ping\ndata: {"type":"ping"}\n\n',
  () => 'retry: 100\n\n',
  (odd: unknown) => data({ choices: odd === 'x' ? null : [], usage: odd }),
  (odd: unknown) => data({ choices: null, id: odd }),
  (odd: unknown) => data({ choices: [{ index: 0, delta: null, finish_reason: null, x: odd }] }),
  (odd: unknown) => data({ choices: [{ delta: { content: null, role: odd } }], error: false }),
  (odd: unknown) =>
    data({ choices: [], usage: { prompt_tokens: odd, completion_tokens: odd, total: odd } }),
  (odd: unknown) => data({ object: 'something.new', payload: odd }),
  (odd: unknown) => data({ choices: [{ index: 1, delta: { content: 'other' }, x: odd }] }),
];

/** A failure in every form that is in use. */
const FAILURES = [
  (words: string) => data({ error: { message: words, type: 'server_error', code: null } }),
  (words: string) => data({ error: words }),
  (words: string) => data({ object: 'error', message: words, code: 500 }),
  (words: string) => data({ detail: words }),
  (words: string) => data({ detail: [{ loc: ['body', 'x'], msg: words }] }),
  (words: string) => data({ code: 503, message: words }),
  (words: string) => data({ success: false, message: words }),
  (words: string) => data({ status: 'error', msg: words }),
  (words: string) => data([{ error: { code: 429, message: words, status: 'X' } }]),
  (words: string) => data({ choices: [{ delta: {}, error: { message: words } }] }),
  (words: string) =>
    data({
      choices: [{ delta: { content: '' }, finish_reason: 'error' }],
      error: { message: words },
    }),
  (words: string) => `event: error\ndata: ${JSON.stringify({ code: 400, details: words })}\n\n`,
  (words: string) => `event: error\ndata: ${words}\n\n`,
  (words: string) => `error: ${JSON.stringify({ code: 400, message: words })}\n\n`,
  (words: string) => `error: ${words}\n\n`,
  (words: string) => `{"error":{"message":"${words}"}}\n\n`,
  (words: string) => `${JSON.stringify({ error: { message: words } }, null, 2)}\n\n`,
];

const finish = (reason: unknown): Frame => ({
  text: '',
  bytes: data({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }),
  effect: 'finish',
});
const DONE: Frame = { text: '', bytes: 'data: [DONE]\n\n', effect: 'done' };

function makeStream(random: Random): Frame[] {
  const frames: Frame[] = [];
  for (let count = 1 + random.below(6); count > 0; count -= 1) {
    const text = random.of(WORDS);
    frames.push({ text, bytes: data(random.of(SAY)(text, random.of(ODD))) });
  }
  const noise = () => ({ text: '', bytes: random.of(NOISE)(random.of(ODD)) });
  for (let count = random.below(4); count > 0; count -= 1) {
    frames.splice(random.below(frames.length + 1), 0, noise());
  }
  if (random.below(5) > 0) frames.push(finish(random.of(['stop', 'length', 'eos', 0, 'STOP'])));
  if (random.below(2) > 0) frames.push(noise());
  if (random.below(3) > 0) frames.push(DONE);
  return frames;
}

function mutate(frames: Frame[], random: Random): Frame[] {
  const at = random.below(frames.length);
  const one = frames[at] as Frame;
  switch (random.below(6)) {
    case 0:
      return frames.toSpliced(at, 0, one);
    case 1:
      return frames.toSpliced(at, 1);
    case 2:
      return frames.toSpliced(at, 1).toSpliced(random.below(frames.length), 0, one);
    case 3: {
      const bytes = random.of(FAILURES)('the machine has stopped');
      return frames.toSpliced(random.below(frames.length + 1), 0, {
        text: '',
        bytes,
        effect: 'error',
      });
    }
    case 4:
      return frames.slice(0, at);
    default:
      return frames;
  }
}

/** What a true reader makes of the frames, told by their marks and not by their bytes. */
function truthOf(frames: readonly Frame[]): { text: string; isWhole: boolean } {
  let text = '';
  let isWhole = false;
  for (const { effect, text: said } of frames) {
    if (effect === 'error') return { text, isWhole: false };
    text += said;
    isWhole ||= effect === 'finish' || effect === 'done';
    if (effect === 'done') break;
  }
  return { text, isWhole };
}

function* split(bytes: Buffer, random: Random): Generator<Buffer> {
  const most = random.of([1, 3, 17, 200, 100_000]);
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(most);
    yield bytes.subarray(at, end);
    at = end;
  }
}

async function read(body: Readable) {
  const events: CompletionEvent[] = [];
  let failure: unknown = null;
  await readCompletion(
    body,
    (batch) => void events.push(...batch),
    () => undefined,
  ).catch((error: unknown) => {
    failure = error;
  });
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const counts = events.flatMap((event) =>
    event.type === 'usage' ? [event.promptTokens, event.completionTokens] : [],
  );
  return { text, failure, counts };
}

const LINE_ENDS = ['\n', '\r\n', '\r'];

it('tells the truth of 10,000 streams gone wrong, with all the text that came', async () => {
  for (let seed = 1; seed <= 10_000; seed += 1) {
    const random = createRandom(seed);
    let frames = makeStream(random);
    for (let count = random.below(3); count > 0 && frames.length > 0; count -= 1) {
      frames = mutate(frames, random);
    }
    const lineEnd = random.of(LINE_ENDS);
    const whole = frames.map(({ bytes }) => bytes).join('');
    const bytes = Buffer.from(whole.replaceAll('\n', lineEnd));
    const { text, failure, counts } = await read(Readable.from(split(bytes, random)));
    const context = `seed ${seed}: ${whole}`;
    const truth = truthOf(frames);
    expect(text, context).toBe(truth.text);
    expect(failure === null, context).toBe(truth.isWhole);
    if (failure !== null) expect(failure, context).toBeInstanceOf(StreamFailure);
    for (const count of counts) {
      expect(count === null || (Number.isSafeInteger(count) && count >= 0), context).toBe(true);
    }
  }
}, 120_000);

it('keeps the words of a failure in every form, wherever it comes', async () => {
  for (const [index, fail] of FAILURES.entries()) {
    for (let place = 0; place <= 3; place += 1) {
      const random = createRandom(index * 10 + place);
      const said = ['a ', 'b ', 'c '].map((text) => data(SAY[0]?.(text, null)));
      const bytes = said.toSpliced(place, 0, fail('the machine has stopped')).join('');
      const { text, failure } = await read(Readable.from(split(Buffer.from(bytes), random)));
      expect(text).toBe('a b c '.slice(0, place * 2));
      expect(failure).toMatchObject({
        failure: { kind: 'reported', reason: expect.stringContaining('the machine has stopped') },
      });
    }
  }
});

it('takes a stream for whole that is torn after its last word, at every byte', async () => {
  const said = data(SAY[0]?.('Hello', null)) + finish('stop').bytes;
  const rest = data({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } });
  const bytes = Buffer.from(said + rest);
  for (let end = 0; end <= bytes.length; end += 1) {
    async function* torn() {
      yield bytes.subarray(0, end);
      throw new Error('reset');
    }
    const { text, failure } = await read(Readable.from(torn()));
    const isWhole = end >= Buffer.byteLength(said);
    expect(failure === null, `torn at ${end}`).toBe(isWhole);
    if (isWhole) expect(text).toBe('Hello');
  }
});
