import { negotiateParameters } from '../domain/negotiate-parameters.js';
import { presentChat } from '../domain/present.js';
import { titleFromModel, titleFromQuestion } from '../domain/title.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { CompletionEvent, CompletionRequest } from '../ports/model-provider.js';
import type { Take } from '../ports/source.js';
import type { TokenCounter } from '../ports/token-counter.js';
import type { UsageStorage } from '../ports/usage-storage.js';
import { countTokens } from './replies/count-tokens.js';
import type { EndedReply } from './replies/running-replies.js';

interface MakeTitleDeps {
  storage: Pick<ChatStorage, 'setFirstTitle'> & Pick<UsageStorage, 'recordUsage'>;
  clock: Clock;
  tokenCounter: TokenCounter;
  broadcaster: Broadcaster;
  logger: Logger;
  /** How long the model may take, in milliseconds; 20,000 by default. */
  timeoutMs?: number;
}

export type MakeTitle = (ended: EndedReply, signal: AbortSignal) => Promise<void>;

const TIMEOUT_MS = 20_000;
const TITLE_TOKENS = 48;
/** A model that thinks first spends tokens before the title. */
const THINKING_TOKENS = 1_024;
const TITLE_TEMPERATURE = 0.2;
/** What the model sees of question and answer: enough to know what they are about. */
const EXCERPT_LENGTH = 1_500;
/** Text after which no title will come any more, in UTF-16 code units. */
const MAX_ANSWER_LENGTH = 8_000;

const INSTRUCTION =
  'Give this conversation a title of two to six words, in the language of its question. ' +
  'Answer with the title alone, without quotation marks.';

/**
 * Gives a chat its title after its first reply: made by the same model, in the question's language,
 * or else the question's first words. A title that fails never fails a chat.
 */
export function createMakeTitle(deps: MakeTitleDeps): MakeTitle {
  return async (ended, signal) => {
    const { chat, userMessage } = ended.job;
    if (chat.title !== null) return;
    const made = isWorthAsking(ended) ? await askForTitle(deps, ended, signal) : null;
    const title = made ?? titleFromQuestion(userMessage.content);
    const titled = await deps.storage.setFirstTitle(chat.ownerId, chat.id, title);
    if (!titled) return;
    const data = { chat: presentChat(titled) };
    deps.broadcaster.publish(chat.ownerId, { event: 'chat_updated', data });
  };
}

function isWorthAsking({ job, outcome, content }: EndedReply): boolean {
  return job.provider.makesTitles && outcome.status === 'complete' && content !== '';
}

async function askForTitle(
  deps: MakeTitleDeps,
  ended: EndedReply,
  signal: AbortSignal,
): Promise<string | null> {
  const deadline = AbortSignal.timeout(deps.timeoutMs ?? TIMEOUT_MS);
  const enough = new AbortController();
  const request = titleRequest(ended);
  let told: Told = { answer: '', thoughts: '', usage: null };
  try {
    const handleEvents: Take<CompletionEvent> = (events) => {
      told = events.reduce(hear, told);
      if (told.answer.length > MAX_ANSWER_LENGTH) enough.abort();
      return undefined;
    };
    const either = AbortSignal.any([signal, deadline, enough.signal]);
    await ended.job.provider.complete(request, handleEvents, either);
    return titleFromModel(told.answer);
  } catch (error) {
    if (enough.signal.aborted) return titleFromModel(told.answer);
    deps.logger.warn({ err: error, chat_id: ended.job.chat.id }, 'no title was made by the model');
    return null;
  } finally {
    await recordCost(deps, ended, request, told);
  }
}

/** What the model has said so far. */
interface Told {
  answer: string;
  thoughts: string;
  usage: { promptTokens: number | null; completionTokens: number | null } | null;
}

function hear(told: Told, event: CompletionEvent): Told {
  switch (event.type) {
    case 'text':
      return { ...told, answer: told.answer + event.text };
    case 'reasoning':
      return { ...told, thoughts: told.thoughts + event.text };
    case 'text-is-reasoning':
      return { ...told, thoughts: told.thoughts + told.answer, answer: '' };
    case 'usage':
      return { ...told, usage: event };
    case 'finish':
    case 'adjusted':
      return told;
  }
}

/** A title costs tokens like a reply does, usable or not; of a model that said nothing none are known. */
async function recordCost(
  deps: MakeTitleDeps,
  { job }: EndedReply,
  { messages }: CompletionRequest,
  { answer, thoughts, usage }: Told,
): Promise<void> {
  const written = thoughts + answer;
  if (!usage && written === '') return;
  try {
    const counted = await countTokens(deps.tokenCounter, messages, written);
    await deps.storage.recordUsage({
      messageId: job.reply.id,
      kind: 'title',
      ownerId: job.chat.ownerId,
      model: job.reply.model ?? job.model.id,
      promptTokens: usage?.promptTokens ?? counted.promptTokens,
      completionTokens: usage?.completionTokens ?? counted.completionTokens,
      createdAt: deps.clock.now(),
    });
  } catch (error) {
    deps.logger.error({ err: error, chat_id: job.chat.id }, 'the cost of a title was not recorded');
  }
}

function titleRequest({ job, content, hasReasoning }: EndedReply): CompletionRequest {
  const { model, userMessage } = job;
  const thinks = hasReasoning || !model.parameters.temperature.supported;
  const wished = {
    output_length: thinks ? THINKING_TOKENS : TITLE_TOKENS,
    temperature: TITLE_TEMPERATURE,
  };
  const question = userMessage.content.slice(0, EXCERPT_LENGTH).toWellFormed();
  const answer = content.slice(0, EXCERPT_LENGTH).toWellFormed();
  return {
    model: model.id,
    messages: [
      { role: 'system', content: INSTRUCTION },
      { role: 'user', content: `Question:\n${question}\n\nAnswer:\n${answer}\n\n${INSTRUCTION}` },
    ],
    parameters: negotiateParameters(wished, model).wire,
  };
}
