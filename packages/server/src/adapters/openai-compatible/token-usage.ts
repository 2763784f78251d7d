import type { CompletionEvent } from '../../ports/model-provider.js';

type Fields = Readonly<Record<string, unknown>>;
type Usage = Extract<CompletionEvent, { type: 'usage' }>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? (value as Fields) : null;
}

/**
 * What a provider has counted, as far as it can be a count: a whole number, not negative, and small
 * enough to be exact; as a number or as its digits.
 *
 * @returns null when there is none
 */
export function readUsage(chunk: Fields): Usage | null {
  const usage = fieldsOf(chunk.usage) ?? fieldsOf(fieldsOf(chunk.x_groq)?.usage);
  if (!usage) return null;
  const promptTokens = countIn(usage.prompt_tokens ?? usage.input_tokens);
  const completionTokens = countIn(usage.completion_tokens ?? usage.output_tokens);
  if (promptTokens === null && completionTokens === null) return null;
  return { type: 'usage', promptTokens, completionTokens };
}

function countIn(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
