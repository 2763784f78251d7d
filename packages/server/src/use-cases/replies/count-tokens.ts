import type { PromptMessage } from '../../ports/model-provider.js';
import type { TokenCounter } from '../../ports/token-counter.js';

/** What chat templates put around a message, in tokens. */
const TOKENS_PER_MESSAGE = 4;

/** Counts a completion where its provider does not, as near as the server's own tokenizer comes. */
export async function countTokens(
  tokenCounter: TokenCounter,
  prompt: readonly PromptMessage[],
  written: string,
): Promise<{ promptTokens: number; completionTokens: number }> {
  const completionTokens = await tokenCounter.count(written);
  let promptTokens = 0;
  for (const { content } of prompt) {
    promptTokens += (await tokenCounter.count(content)) + TOKENS_PER_MESSAGE;
  }
  return { promptTokens, completionTokens };
}
