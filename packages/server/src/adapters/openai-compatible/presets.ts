import type { ParameterRule, ParameterRules } from '../../domain/parameter-rule.js';
import type { WireParameters } from '../../domain/negotiate-parameters.js';
import type { Preset } from './provider-config.js';

const unsupported: ParameterRule = { supported: false };
const text: ParameterRule = { supported: true, default: null };
const maxTokens: ParameterRule = {
  supported: true,
  min: 1,
  max: 32_768,
  step: 1,
  default: null,
  wireName: 'max_tokens',
};
const temperature: ParameterRule = { supported: true, min: 0, max: 2, step: 0.1, default: 1 };
const topP: ParameterRule = { supported: true, min: 0, max: 1, step: 0.01, default: 1 };
/** Engines that sample with vLLM's code refuse 0. */
const positiveTopP: ParameterRule = { ...topP, min: 0.01 };
const penalty: ParameterRule = { supported: true, min: -2, max: 2, step: 0.1, default: 0 };
const repetition: ParameterRule = { supported: true, min: 0.1, max: 2, step: 0.05, default: 1 };
const seed: ParameterRule = {
  supported: true,
  min: 0,
  max: 2_147_483_647,
  step: 1,
  default: null,
};
const stop: ParameterRule = { supported: true, default: null };

/** What OpenAI's own API documents and nearly every endpoint has copied. */
const common: ParameterRules = {
  output_length: maxTokens,
  temperature,
  top_p: topP,
  repetition_penalty: unsupported,
  frequency_penalty: penalty,
  presence_penalty: penalty,
  seed,
  system_prompt: text,
  stop: { ...stop, maxItems: 4 },
};

/** How each dialect takes the parameters, before what is known of a single model. */
export const presetRules: Record<Preset, ParameterRules> = {
  generic: common,
  openai: { ...common, output_length: { ...maxTokens, wireName: 'max_completion_tokens' } },
  typhoon: {
    ...common,
    output_length: { ...maxTokens, max: 8_192, default: 150 },
    temperature: { ...temperature, default: 0.7 },
    top_p: positiveTopP,
    repetition_penalty: repetition,
  },
  // Defaults of what a model brings along itself are not known here.
  vllm: {
    ...common,
    temperature: { ...temperature, default: null },
    top_p: { ...positiveTopP, default: null },
    repetition_penalty: { ...repetition, default: null },
    stop,
  },
  'llama.cpp': {
    ...common,
    temperature: { ...temperature, default: 0.8 },
    top_p: { ...topP, default: 0.95 },
    repetition_penalty: { ...repetition, wireName: 'repeat_penalty' },
    stop,
  },
  // Its OpenAI endpoint ignores repeat_penalty: saying so is better than sending it in vain.
  ollama: {
    ...common,
    temperature: { ...temperature, default: null },
    top_p: { ...topP, default: null },
    stop,
  },
  'lm-studio': {
    ...common,
    temperature: { ...temperature, default: null },
    top_p: { ...topP, default: null },
    repetition_penalty: { ...repetition, default: null, wireName: 'repeat_penalty' },
    stop,
  },
  openrouter: { ...common, top_p: positiveTopP, repetition_penalty: repetition },
};

/**
 * How each dialect goes on with a text of the assistant's: vLLM wants to be told, llama.cpp knows
 * the same words and does so anyway, as does Ollama. The others answer such a message, or differ from
 * model to model.
 */
export const presetPrefills: Partial<Record<Preset, WireParameters>> = {
  vllm: { continue_final_message: true, add_generation_prompt: false },
  'llama.cpp': { continue_final_message: true, add_generation_prompt: false },
  ollama: {},
};
