import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import type { CompletionEvent } from '../../ports/model-provider.js';
import type { Take } from '../../ports/source.js';
import { readErrorBody } from './error-body.js';
import type { Failure } from './provider-errors.js';
import { createThinkSplitter } from './think-tags.js';

/** Largest event a provider may send, in UTF-16 code units; a token takes a few hundred. */
const MAX_EVENT_LENGTH = 1024 * 1024;

/** A provider said something that is no part of the protocol, or that it failed. */
export class StreamFailure extends Error {
  override readonly name = 'StreamFailure';
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

const text = z.string().nullish();
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({ content: text, reasoning_content: text, reasoning: text, refusal: text })
          .nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});
type Chunk = z.infer<typeof chunkSchema>;

/**
 * Gives the events of a streamed completion; resolves once it is whole. What a provider may make us
 * hold is bounded by one event and one read. Whoever aborts the request closes it.
 *
 * @param handleBytes called whenever something came, be it only a comment
 * @throws StreamFailure when they are malformed, say that the provider failed, or end too early;
 *   what `take` throws
 */
export function readCompletion(
  body: Readable,
  take: Take<CompletionEvent>,
  handleBytes: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const reading = createReading(take);
    let isOver = false;
    const fail = (error: unknown) => {
      isOver = true;
      reject(error as Error);
    };
    /** What has ended by itself cannot fail any more but for its last events. */
    const finish = (taken: Promise<void> | undefined) => {
      isOver = true;
      reading.finish(taken).then(resolve, reject);
    };
    const handleText = (text: string) => {
      if (isOver) return;
      handleBytes();
      try {
        const taken = reading.feed(text);
        if (reading.isDone()) finish(taken);
        else if (taken) waitFor(taken);
      } catch (error) {
        fail(error);
      }
    };
    const waitFor = (taken: Promise<void>) => {
      body.pause();
      taken.then(() => body.resume(), fail);
    };
    const handleEnd = () => {
      // Some leave out the blank line after their last event.
      handleText('\n\n');
      if (!isOver) finish(undefined);
    };
    const handleLoss = () => {
      if (!isOver) fail(new StreamFailure({ kind: 'cut' }));
    };
    body.setEncoding('utf8');
    body.on('data', handleText).once('end', handleEnd);
    body.once('error', handleLoss).once('close', handleLoss);
    // It may have been aborted before anyone listened.
    if (body.destroyed) handleLoss();
  });
}

/** Text in, events out; whatever goes wrong comes after the events before it. */
function createReading(take: Take<CompletionEvent>) {
  const translate = createTranslator();
  let events: CompletionEvent[] = [];
  const parser = createParser({
    maxBufferSize: MAX_EVENT_LENGTH,
    onEvent: ({ data }) => translate.push(data, events),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw malformed('sent an event beyond all measure');
    },
  });
  const give = () => {
    const given = events;
    events = [];
    return given.length > 0 ? take(given) : undefined;
  };
  return {
    isDone: translate.isDone,
    /** @returns a promise to wait for before more is fed, if `take` asks for that */
    feed(text: string): Promise<void> | undefined {
      try {
        parser.feed(text);
      } catch (error) {
        void give()?.catch(() => undefined);
        throw error;
      }
      return give();
    },
    async finish(taken: Promise<void> | undefined): Promise<void> {
      await taken;
      events = translate.flush();
      await give();
    },
  };
}

/** Turns the data of server-sent events into ours. */
function createTranslator() {
  const thoughts = createThinkSplitter();
  let isDone = false;
  let hasFinished = false;
  let count = 0;

  function translate(chunk: Chunk, events: CompletionEvent[]): void {
    const choice = chunk.choices?.[0];
    const {
      content,
      refusal,
      reasoning,
      reasoning_content: reasoningContent,
    } = choice?.delta ?? {};
    const thought = reasoningContent ?? reasoning;
    if (thought) events.push({ type: 'reasoning', text: thought });
    const said = content || refusal;
    if (said) for (const piece of thoughts.push(said)) events.push(piece);
    if (choice?.finish_reason) {
      hasFinished = true;
      events.push(...thoughts.flush(), { type: 'finish', reason: choice.finish_reason });
    }
    if (chunk.usage) {
      const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = chunk.usage;
      events.push({ type: 'usage', promptTokens, completionTokens });
    }
  }

  return {
    isDone: () => isDone,
    /** Adds the events of one to those before it. */
    push(data: string, events: CompletionEvent[]): void {
      if (isDone) return;
      if (data.trim() === '[DONE]') {
        isDone = true;
        return;
      }
      count += 1;
      translate(parseChunk(data), events);
    },
    flush(): CompletionEvent[] {
      if (isDone || hasFinished) return thoughts.flush();
      if (count === 0) throw malformed('did not answer with a stream of events');
      throw new StreamFailure({ kind: 'cut' });
    },
  };
}

function parseChunk(data: string): Chunk {
  const json = parseJson(data);
  if (mayReportFailure(json)) {
    throw new StreamFailure({ kind: 'reported', ...readErrorBody(json) });
  }
  const chunk = chunkSchema.safeParse(json);
  if (!chunk.success) throw malformed('sent an event this server does not understand');
  return chunk.data;
}

/** A look before the schema, which would describe at length what each token lacks to be an error. */
function mayReportFailure(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'error' in json && Boolean(json.error);
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw malformed('sent an event that is not valid JSON');
  }
}

function malformed(what: string): StreamFailure {
  return new StreamFailure({ kind: 'malformed', what });
}
