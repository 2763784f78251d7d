import { setImmediate as nextTick } from 'node:timers/promises';
import { negotiateParameters, type Negotiated } from '../../domain/negotiate-parameters.js';
import type { Message } from '../../domain/message.js';
import type { MessageStorage } from '../../ports/message-storage.js';
import type { ModelProvider, PromptMessage, ProviderModel } from '../../ports/model-provider.js';
import type { TokenCounter } from '../../ports/token-counter.js';
import type { ReplyJob } from './reply-run.js';

export interface PreparedPrompt {
  messages: PromptMessage[];
  negotiated: Negotiated;
}

export type PreparePrompt = (job: ReplyJob) => Promise<PreparedPrompt>;

interface PreparePromptDeps {
  storage: Pick<MessageStorage, 'listBranch'>;
  tokenCounter: TokenCounter;
}

const PAGE_SIZE = 100;
/** Messages of a prompt at most: what a chat of fifty thousand costs at each send has an end. */
const MAX_MESSAGES = 2_000;
/** Longest prompt for a model whose context is not known, in UTF-16 code units: some 100,000 tokens. */
const MAX_PROMPT_LENGTH = 400_000;
/** For providers that answer their own text instead of going on with it. */
const GO_ON =
  'Your last message was cut off. Go on exactly where it ends, in the middle of a word if need be: ' +
  'repeat nothing of it, and add no remark.';
/** What chat templates put around a message, in tokens. */
const TOKENS_PER_MESSAGE = 4;
/** Tokens kept for the reply when the caller named no length. */
const DEFAULT_REPLY_TOKENS = 1024;
/** Our count and the model's own differ by some percent; better too short a prompt than refused. */
const COUNT_TOLERANCE = 1.1;

/**
 * Puts a reply's prompt together: the system prompt, then the branch from its root to the user's
 * message, and the text so far of a reply that goes on. Where the model's context is known the oldest
 * messages that do not fit are left out, and the reply's length is kept to what remains; otherwise the
 * newest are sent up to a bound.
 */
export function createPreparePrompt({ storage, tokenCounter }: PreparePromptDeps): PreparePrompt {
  return async (job) => {
    const { model, reply } = job;
    const requested = reply.requestedParameters ?? {};
    const negotiated = negotiateParameters(requested, model);
    const system = systemPromptOf(negotiated);
    const soFar = continuationOf(job);
    const prepared = (branch: PromptMessage[], by: Negotiated): PreparedPrompt => ({
      messages: [...system, ...branch, ...soFar.messages],
      negotiated: { ...by, wire: { ...by.wire, ...soFar.wire } },
    });
    const context = model.contextTokens;
    if (context === undefined) {
      return prepared(await readBranch(storage, job, takeSome()), negotiated);
    }
    const wished = requested.output_length ?? DEFAULT_REPLY_TOKENS;
    const budget = context - Math.min(wished, Math.floor(context / 2));
    const measure = createMeasure(tokenCounter, budget);
    for (const message of [...system, ...soFar.messages]) await measure.take(message, 'needed');
    const branch = await readBranch(storage, job, measure.take);
    const left = context - measure.tokens();
    if (left >= wished) return prepared(branch, negotiated);
    const limited = withOutputLimit(model, context - (await measure.exactTokens()));
    return prepared(branch, negotiateParameters(requested, limited));
  };
}

/** What a reply that goes on adds to its prompt. */
function continuationOf({ continues, provider }: ReplyJob): {
  messages: PromptMessage[];
  wire: NonNullable<ModelProvider['prefill']>;
} {
  if (!continues) return { messages: [], wire: {} };
  const said: PromptMessage = { role: 'assistant', content: continues.content };
  // Templates of models that think first would open another thought, or refuse.
  if (provider.prefill && continues.reasoning === '') {
    return { messages: [said], wire: provider.prefill };
  }
  return { messages: [said, { role: 'user', content: GO_ON }], wire: {} };
}

function systemPromptOf({ applied }: Negotiated): PromptMessage[] {
  const content = applied.system_prompt?.value;
  return typeof content === 'string' && content !== '' ? [{ role: 'system', content }] : [];
}

/** Whether a message goes into the prompt. One that is needed always does. */
type Take = (message: PromptMessage, need: 'needed' | 'if it fits') => Promise<boolean>;

/** Where the model's context is not known: as much as the largest take, and no more. */
function takeSome(): Take {
  let length = 0;
  return ({ content }, need) => {
    length += content.length;
    return Promise.resolve(need === 'needed' || length <= MAX_PROMPT_LENGTH);
  };
}

/**
 * Fills a prompt up to `budget` tokens. No token is shorter than a byte, so most prompts are known
 * to fit without being counted, and the tokenizer is left alone until one may not.
 */
function createMeasure(counter: TokenCounter, budget: number) {
  const contents: string[] = [];
  let tokens = 0;
  let isExact = false;

  async function exactTokens(): Promise<number> {
    if (!isExact) {
      isExact = true;
      tokens = await countAll(counter, contents);
    }
    return tokens;
  }

  const take: Take = async ({ content }, need) => {
    const bound = Math.ceil(Buffer.byteLength(content) * COUNT_TOLERANCE) + TOKENS_PER_MESSAGE;
    if (tokens + bound > budget) await exactTokens();
    const cost = isExact ? await countAll(counter, [content]) : bound;
    if (need === 'if it fits' && tokens + cost > budget) return false;
    contents.push(content);
    tokens += cost;
    return true;
  };

  // `tokens` is at least what there is.
  return { take, tokens: () => tokens, exactTokens };
}

async function countAll(counter: TokenCounter, contents: readonly string[]): Promise<number> {
  let total = 0;
  for (const content of contents) {
    total += Math.ceil((await counter.count(content)) * COUNT_TOLERANCE) + TOKENS_PER_MESSAGE;
  }
  return total;
}

/** The branch's newest messages for as long as they fit, oldest first; always the last one. */
async function readBranch(
  storage: PreparePromptDeps['storage'],
  { userMessage, chat }: ReplyJob,
  take: Take,
): Promise<PromptMessage[]> {
  const newestFirst: PromptMessage[] = [];
  let leafId: string | null = userMessage.id;
  while (leafId !== null && newestFirst.length < MAX_MESSAGES) {
    const branch = { leafId, limit: PAGE_SIZE };
    const page: Message[] = await storage.listBranch(userMessage.ownerId, chat.id, branch);
    for (const { role, content } of page.toReversed()) {
      // A reply that failed before its first word says nothing to the model.
      if (content === '') continue;
      const need = newestFirst.length === 0 ? 'needed' : 'if it fits';
      if (!(await take({ role, content }, need))) return alternate(newestFirst.toReversed());
      newestFirst.push({ role, content });
    }
    leafId = page[0]?.parentId ?? null;
    // Storage may answer at once: others get their turn between two pages.
    if (leafId !== null) await nextTick();
  }
  return alternate(newestFirst.toReversed());
}

/** Chat templates insist on turns: begins with the user, and joins what one side said in a row. */
function alternate(messages: PromptMessage[]): PromptMessage[] {
  const turns: PromptMessage[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (!last && message.role === 'assistant') continue;
    if (last?.role === message.role) last.content += `\n\n${message.content}`;
    else turns.push({ ...message });
  }
  return turns;
}

function withOutputLimit(model: ProviderModel, tokens: number): ProviderModel {
  const rule = model.parameters.output_length;
  const max = Math.max(1, Math.min(rule.max ?? Infinity, tokens));
  const min = Math.min(rule.min ?? 1, max);
  return { ...model, parameters: { ...model.parameters, output_length: { ...rule, min, max } } };
}
