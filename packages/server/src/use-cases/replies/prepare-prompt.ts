import { negotiateParameters, type Negotiated } from '../../domain/negotiate-parameters.js';
import type { Message } from '../../domain/message.js';
import type { MessageStorage } from '../../ports/message-storage.js';
import type { PromptMessage, ProviderModel } from '../../ports/model-provider.js';
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
/** What chat templates put around a message, in tokens. */
const TOKENS_PER_MESSAGE = 4;
/** Tokens kept for the reply when the caller named no length. */
const DEFAULT_REPLY_TOKENS = 1024;
/** Our count and the model's own differ by some percent; better too short a prompt than refused. */
const COUNT_TOLERANCE = 1.1;

/**
 * Puts a reply's prompt together: the system prompt, then the branch from its root to the user's
 * message. Where the model's context is known the oldest messages that do not fit are left out, and
 * the reply's length is kept to what remains; otherwise everything is sent.
 */
export function createPreparePrompt(deps: PreparePromptDeps): PreparePrompt {
  return async (job) => {
    const { model, reply } = job;
    const requested = reply.requestedParameters ?? {};
    const first = negotiateParameters(requested, model);
    const system = first.applied.system_prompt?.value;
    const systemPrompt: PromptMessage[] =
      typeof system === 'string' && system !== '' ? [{ role: 'system', content: system }] : [];
    if (model.contextTokens === undefined) {
      const branch = await readBranch(deps, job, Infinity);
      return { messages: [...systemPrompt, ...branch.messages], negotiated: first };
    }
    const wished = requested.output_length ?? DEFAULT_REPLY_TOKENS;
    const reserved = Math.min(wished, Math.floor(model.contextTokens / 2));
    const systemTokens = await countMessages(deps.tokenCounter, systemPrompt);
    const branch = await readBranch(deps, job, model.contextTokens - reserved - systemTokens);
    const left = model.contextTokens - systemTokens - branch.tokens;
    return {
      messages: [...systemPrompt, ...branch.messages],
      negotiated: negotiateParameters(requested, withOutputLimit(model, left)),
    };
  };
}

/** The branch's newest messages that fit `budget` tokens, oldest first; always the last one. */
async function readBranch(deps: PreparePromptDeps, job: ReplyJob, budget: number) {
  const { userMessage, chat } = job;
  const isBounded = Number.isFinite(budget);
  const newestFirst: PromptMessage[] = [];
  let tokens = 0;
  let leafId: string | null = userMessage.id;
  while (leafId !== null) {
    const page: Message[] = await deps.storage.listBranch(userMessage.ownerId, chat.id, {
      leafId,
      limit: PAGE_SIZE,
    });
    for (const message of page.toReversed()) {
      // A reply that failed before its first word says nothing to the model.
      if (message.content === '') continue;
      const cost = isBounded ? await countMessages(deps.tokenCounter, [message]) : 0;
      if (newestFirst.length > 0 && tokens + cost > budget) {
        return { messages: alternate(newestFirst.toReversed()), tokens };
      }
      tokens += cost;
      newestFirst.push({ role: message.role, content: message.content });
    }
    leafId = page[0]?.parentId ?? null;
  }
  return { messages: alternate(newestFirst.toReversed()), tokens };
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

async function countMessages(
  counter: TokenCounter,
  messages: readonly { content: string }[],
): Promise<number> {
  let total = 0;
  for (const { content } of messages) {
    total += Math.ceil((await counter.count(content)) * COUNT_TOLERANCE) + TOKENS_PER_MESSAGE;
  }
  return total;
}

function withOutputLimit(model: ProviderModel, tokens: number): ProviderModel {
  const rule = model.parameters.output_length;
  const max = Math.max(1, Math.min(rule.max ?? Infinity, tokens));
  const min = Math.min(rule.min ?? 1, max);
  return { ...model, parameters: { ...model.parameters, output_length: { ...rule, min, max } } };
}
