/** What OpenAI documents about its models but does not say in its list of them. */
interface OpenAiFacts {
  contextTokens: number;
  maxOutputTokens: number;
}

/** By prefix; the first that matches. */
const FACTS: readonly (readonly [RegExp, OpenAiFacts])[] = [
  [/^gpt-5(\.\d+)?-chat/, { contextTokens: 128_000, maxOutputTokens: 16_384 }],
  [/^gpt-5/, { contextTokens: 400_000, maxOutputTokens: 128_000 }],
  [/^gpt-4\.1/, { contextTokens: 1_047_576, maxOutputTokens: 32_768 }],
  [/^(gpt-4o|chatgpt-4o)/, { contextTokens: 128_000, maxOutputTokens: 16_384 }],
  [/^gpt-4-(turbo|1106|0125)/, { contextTokens: 128_000, maxOutputTokens: 4_096 }],
  [/^gpt-4/, { contextTokens: 8_192, maxOutputTokens: 8_192 }],
  [/^gpt-3\.5-turbo/, { contextTokens: 16_385, maxOutputTokens: 4_096 }],
  [/^o\d/, { contextTokens: 200_000, maxOutputTokens: 100_000 }],
];

export function openAiFacts(id: string): OpenAiFacts | undefined {
  return FACTS.find(([pattern]) => pattern.test(id))?.[1];
}

/** Models that think first and refuse sampling parameters. */
export function isReasoningModel(id: string): boolean {
  return /^(o\d|gpt-5)/.test(id) && !/^gpt-5(\.\d+)?-chat/.test(id);
}

const OPENAI_CHAT = /^(gpt-|chatgpt-|o\d|ft:gpt-)/;
/** Not reached by chat completions, or not with plain text. */
const OPENAI_OTHER =
  /instruct|realtime|audio|transcribe|tts|image|search|codex|deep-research|computer-use|-pro\b/;
const NOT_CHAT = /embed|rerank|whisper|\btts\b|moderation|dall-e|stable-diffusion|\bflux\b|\bbge-/i;

/** Whether a listed model can hold a conversation, as far as its id tells. */
export function isChatModel(id: string, isOpenAi: boolean): boolean {
  if (isOpenAi) return OPENAI_CHAT.test(id) && !OPENAI_OTHER.test(id);
  return !NOT_CHAT.test(id);
}

/** Which of them to begin with, if it is there: the first that is. */
export const OPENAI_STARTERS = ['gpt-4.1-mini', 'gpt-5-mini', 'gpt-4o-mini'] as const;
