import { setTimeout as delay } from 'node:timers/promises';
import type { WireParameters } from '../../domain/negotiate-parameters.js';
import type {
  CompletionEvent,
  CompletionRequest,
  ModelProvider,
  ProviderModel,
} from '../../ports/model-provider.js';
import type { Take } from '../../ports/source.js';
import type { GptTokenCounter } from '../tokenizer/gpt-token-counter.js';
import { demoAnswer, type Random } from './demo-answers.js';
import { demoParameters } from './demo-parameters.js';

/** A pace that reads well. */
const DEFAULT_TOKENS_PER_SECOND = 60;
const DEFAULT_OUTPUT_LENGTH = 512;
/** Beyond this its tokens would come faster than timers can be. */
const MAX_TOKENS_PER_SECOND = 500;

const demoModel: ProviderModel = {
  id: 'demo',
  name: 'Demo (not a language model)',
  description:
    'Prepared answers that show what the chat can do. Set OPENAI_API_KEY or TYPHOON_API_KEY, or start Ollama, to connect a real model.',
  parameters: demoParameters,
};

interface DemoOptions {
  tokenizer: GptTokenCounter;
  /** How fast it writes; 60 by default, 0 for as fast as it can. */
  tokensPerSecond?: number;
  /** Where chance comes from when no `seed` is given; `Math.random` by default. */
  random?: Random;
}

/** A provider for when there is none: it says so, and lets every part of a chat be tried. */
export function createDemoProvider(options: DemoOptions): ModelProvider {
  const tokensPerSecond = options.tokensPerSecond ?? DEFAULT_TOKENS_PER_SECOND;
  const pauseMs = tokensPerSecond > 0 ? 1000 / Math.min(tokensPerSecond, MAX_TOKENS_PER_SECOND) : 0;
  return {
    name: 'demo',
    makesTitles: false,
    async listModels() {
      return [demoModel];
    },
    complete(request, take, signal) {
      const random = randomFor(request.parameters, options.random ?? Math.random);
      return recite(request, { pauseMs, random, tokenizer: options.tokenizer }, take, signal);
    },
  };
}

interface Recital {
  pauseMs: number;
  random: Random;
  tokenizer: GptTokenCounter;
}

async function recite(
  request: CompletionRequest,
  { pauseMs, random, tokenizer }: Recital,
  take: Take<CompletionEvent>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const answer = untilStop(demoAnswer(request, random), request.parameters.stop);
  const limit = numberOr(request.parameters.output_length, DEFAULT_OUTPUT_LENGTH);
  let written = 0;
  let reason = 'stop';
  for (const { text, tokens } of await tokenizer.split(answer)) {
    if (written + tokens > limit) {
      reason = 'length';
      break;
    }
    if (pauseMs > 0) await delay(pauseMs * tokens, undefined, { signal });
    signal.throwIfAborted();
    written += tokens;
    await take([{ type: 'text', text }]);
  }
  let promptTokens = 0;
  for (const { content } of request.messages) promptTokens += await tokenizer.count(content);
  await take([
    { type: 'finish', reason },
    { type: 'usage', promptTokens, completionTokens: written },
  ]);
}

/** Temperature 0 leaves nothing to chance; a seed makes chance repeatable. */
function randomFor(parameters: CompletionRequest['parameters'], random: Random): Random {
  if (parameters.temperature === 0) return () => 0;
  const { seed } = parameters;
  return typeof seed === 'number' ? seededRandom(seed) : random;
}

/** mulberry32: small, and the same on every machine. */
function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function untilStop(text: string, stop: WireParameters[string] | undefined): string {
  if (!Array.isArray(stop)) return text;
  const places = stop.map((sequence) => text.indexOf(sequence)).filter((place) => place >= 0);
  return text.slice(0, Math.min(text.length, ...places));
}

function numberOr(value: WireParameters[string] | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
