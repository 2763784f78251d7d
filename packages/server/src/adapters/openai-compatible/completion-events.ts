import type { Readable } from 'node:stream';
import { createParser, type ParseError } from 'eventsource-parser';
import type { CompletionEvent } from '../../ports/model-provider.js';
import type { Take } from '../../ports/source.js';
import { ChunkTranslator } from './chunk-translator.js';
import { createLooseLines } from './loose-lines.js';
import { malformed, reported, StreamFailure } from './stream-failure.js';

/** Largest event a provider may send, in UTF-16 code units; a token takes a few hundred. */
const MAX_EVENT_LENGTH = 1024 * 1024;

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
      if (isOver) return;
      // Nothing is lost with a connection that breaks after the provider's last word.
      if (reading.hasFinished()) finish(undefined);
      else reading.lose().then(() => fail(new StreamFailure({ kind: 'cut' })), fail);
      isOver = true;
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
  const translator = new ChunkTranslator();
  let events: CompletionEvent[] = [];
  const loose = createLooseLines((json) => translator.push(json, undefined, events));
  const handleError = ({ type, field, value, line }: ParseError) => {
    if (type === 'max-buffer-size-exceeded') throw malformed('sent an event that is too large');
    if (type !== 'unknown-field' || translator.isDone) return;
    if (field === 'error' && value) throw reported(value);
    loose.push(line ?? '');
  };
  const parser = createParser({
    maxBufferSize: MAX_EVENT_LENGTH,
    onEvent: ({ event, data }) => translator.push(data, event, events),
    onError: handleError,
  });
  const give = () => {
    const given = events;
    events = [];
    return given.length > 0 ? take(given) : undefined;
  };
  const giveBefore = (error: unknown): never => {
    void give()?.catch(() => undefined);
    throw error;
  };
  return {
    isDone: () => translator.isDone,
    hasFinished: () => translator.hasFinished,
    /** @returns a promise to wait for before more is fed, if `take` asks for that */
    feed(text: string): Promise<void> | undefined {
      try {
        parser.feed(text);
      } catch (error) {
        giveBefore(error);
      }
      return give();
    },
    /** Gives what was held back for more to come, which does not. */
    async lose(): Promise<void> {
      events.push(...translator.release());
      await give();
    },
    async finish(taken: Promise<void> | undefined): Promise<void> {
      await taken;
      events.push(...translator.release());
      try {
        translator.end(loose.rest());
      } catch (error) {
        giveBefore(error);
      }
      await give();
    },
  };
}
