import type { CompletionEvent } from '../../ports/model-provider.js';
import { readDelta } from './chunk-text.js';
import { reportedErrorIn } from './reported-error.js';
import { malformed, reported, StreamFailure } from './stream-failure.js';
import { noStream } from './loose-lines.js';
import { createThinkSplitter } from './think-tags.js';
import { readUsage } from './token-usage.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reasons for an ending that are none: the provider failed. */
const FAILED = /^(error|.*_error|insufficient_system_resources?|abort(ed)?|cancel(l?ed)?)$/i;
const NO_REASON = /^(null|none|undefined)?$/i;
const MAX_REASON_LENGTH = 100;
/** Text where JSON belongs that tells of a failure rather than that the connection is kept. */
const FAILURE_WORDS = /error|exception|fail|denied|unavailable|limit|timed? ?out/i;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Turns what a provider sends into our events. Lenient in all that carries no meaning, strict in one
 * thing: a reply is whole when the provider said so and reported no failure, in whatever form.
 */
export class ChunkTranslator {
  readonly #thoughts = createThinkSplitter();
  #isDone = false;
  #hasFinished = false;
  #hasBegun = false;
  #hasText = false;
  #hasTools = false;

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether it may end now, without another word. */
  get hasFinished(): boolean {
    return this.#hasFinished;
  }

  /**
   * Adds the events of some data to those before it.
   *
   * @param eventName of the server-sent event, if it has one
   * @throws StreamFailure when the data is broken, or reports a failure
   */
  push(data: string, eventName: string | undefined, events: CompletionEvent[]): void {
    const text = data.trim();
    if (this.#isDone || text === '') return;
    if (/^\[?done\]?$/i.test(text)) {
      this.#isDone = true;
      return;
    }
    for (const json of parse(text, eventName)) {
      const report = reportedErrorIn(json, eventName);
      if (report !== undefined) {
        events.push(...this.release());
        throw reported(report);
      }
      const chunks: readonly unknown[] = Array.isArray(json) ? json : [json];
      for (const chunk of chunks) if (isFields(chunk)) this.#translate(chunk, events);
    }
  }

  /** What is held back of a text that will not go on. */
  release(): CompletionEvent[] {
    return this.#thoughts.flush();
  }

  /**
   * @param loose what came outside of events
   * @throws StreamFailure when the provider has not said that the reply is whole
   */
  end(loose: string): void {
    if (this.#isDone || this.#hasFinished) return;
    if (FAILURE_WORDS.test(loose) && !loose.startsWith('<')) throw reported(loose);
    throw this.#hasBegun ? new StreamFailure({ kind: 'cut' }) : noStream(loose);
  }

  #translate(chunk: Fields, events: CompletionEvent[]): void {
    const choice = choiceOf(chunk);
    if (choice) {
      this.#hasBegun = true;
      for (const piece of this.#piecesOf(choice)) {
        if (piece.type === 'text') events.push(...this.#thoughts.push(piece.text));
        else events.push(piece);
      }
      this.#hasTools ||= usesTools(choice.delta) || usesTools(choice.message);
      this.#finish(finishReasonOf(choice), events);
    }
    const usage = readUsage(chunk);
    if (usage) events.push(usage);
  }

  /** A whole message that comes after its pieces repeats them. */
  #piecesOf({ delta, message, text }: Fields) {
    const said: Parameters<typeof readDelta>[1] = [];
    readDelta(delta, said);
    if (said.length === 0 && !this.#hasText) readDelta(message, said);
    if (said.length === 0) readDelta(text, said);
    this.#hasText ||= said.length > 0;
    return said;
  }

  #finish(reason: string | null, events: CompletionEvent[]): void {
    if (reason === null) return;
    events.push(...this.release());
    if (FAILED.test(reason)) throw reported({ error: { code: reason, message: '' } });
    this.#hasFinished = true;
    const isForTools = this.#hasTools && reason === 'stop';
    events.push({ type: 'finish', reason: isForTools ? 'tool_calls' : reason });
  }
}

function parse(text: string, eventName: string | undefined): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    if (eventName === 'error') throw reported(text);
    return /^[{[]/.test(text) ? parseLines(text) : parseWords(text);
  }
}

/** Several objects in one event, one a line. */
function parseLines(text: string): unknown[] {
  try {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line));
  } catch {
    throw malformed('sent an event that is not valid JSON');
  }
}

function parseWords(text: string): unknown[] {
  if (FAILURE_WORDS.test(text)) throw reported(text);
  return [];
}

/** In OpenAI's form, or a message by itself, as Ollama's own interface sends it. */
function choiceOf(chunk: Fields): Fields | null {
  const { choices } = chunk;
  if (isFields(choices)) return choices;
  if (Array.isArray(choices)) {
    const listed: readonly unknown[] = choices;
    const first = listed.find((choice) => isFields(choice) && Number(choice.index ?? 0) === 0);
    return isFields(first) ? first : null;
  }
  return isFields(chunk.message) ? chunk : null;
}

function usesTools(delta: unknown): boolean {
  if (!isFields(delta)) return false;
  const { tool_calls: calls, function_call: call } = delta;
  return (Array.isArray(calls) && calls.length > 0) || isFields(call);
}

function finishReasonOf(choice: Fields): string | null {
  const reason =
    choice.finish_reason ?? (choice.done === true ? (choice.done_reason ?? true) : null);
  // Some name the token that ended it.
  if (typeof reason === 'number' || reason === true) return 'stop';
  if (typeof reason !== 'string' || NO_REASON.test(reason.trim())) return null;
  return reason.trim().slice(0, MAX_REASON_LENGTH);
}
