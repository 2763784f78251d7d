import { negotiateParameters } from '../domain/negotiate-parameters.js';
import { presentChat } from '../domain/present.js';
import { titleFromModel, titleFromQuestion } from '../domain/title.js';
import type { Broadcaster } from '../ports/broadcaster.js';
import type { ChatStorage } from '../ports/chat-storage.js';
import type { Logger } from '../ports/logger.js';
import type { CompletionRequest } from '../ports/model-provider.js';
import type { EndedReply } from './replies/running-replies.js';

interface MakeTitleDeps {
  storage: Pick<ChatStorage, 'setFirstTitle'>;
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
  let answer = '';
  try {
    const batches = ended.job.provider.complete(
      titleRequest(ended),
      AbortSignal.any([signal, deadline]),
    );
    for await (const events of batches) {
      answer += events.map((event) => (event.type === 'text' ? event.text : '')).join('');
      if (answer.length > MAX_ANSWER_LENGTH) break;
    }
    return titleFromModel(answer);
  } catch (error) {
    deps.logger.warn({ err: error, chat_id: ended.job.chat.id }, 'no title was made by the model');
    return null;
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
