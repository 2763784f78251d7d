import { validateHeaderName, validateHeaderValue } from 'node:http';
import { PARAMETER_NAMES } from '@chat-playground/sdk/protocol';
import { z } from 'zod';
import { readBaseUrl } from './base-url.js';

/** Longest a provider may stay silent, in milliseconds: an hour, for a large model on a small machine. */
export const MAX_TIMEOUT_MS = 3_600_000;
const MAX_MODEL_ID_LENGTH = 250;

const presetSchema = z.enum([
  'openai',
  'typhoon',
  'vllm',
  'llama.cpp',
  'ollama',
  'lm-studio',
  'openrouter',
  'generic',
]);
/** Which dialect an endpoint speaks: what it calls the parameters and how far they go. */
export type Preset = z.infer<typeof presetSchema>;

/** Where each dialect is at home; a `generic` endpoint has to say. */
const DEFAULT_BASE_URLS: Record<Exclude<Preset, 'generic'>, string> = {
  openai: 'https://api.openai.com/v1',
  typhoon: 'https://api.opentyphoon.ai/v1',
  openrouter: 'https://openrouter.ai/api/v1',
  vllm: 'http://127.0.0.1:8000/v1',
  'llama.cpp': 'http://127.0.0.1:8080/v1',
  ollama: 'http://127.0.0.1:11434/v1',
  'lm-studio': 'http://127.0.0.1:1234/v1',
};

const parameterOverrideSchema = z.strictObject({
  supported: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().positive().optional(),
  default: z.union([z.number(), z.string(), z.array(z.string())]).optional(),
  wire_name: z.string().min(1).optional(),
});
export type ParameterOverride = z.infer<typeof parameterOverrideSchema>;

const parameterOverridesSchema = z.partialRecord(z.enum(PARAMETER_NAMES), parameterOverrideSchema);
export type ParameterOverrides = z.infer<typeof parameterOverridesSchema>;

/** What would move a terminal's cursor, end a line or turn the writing round. */
export const UNPRINTABLE =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

const plainText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !UNPRINTABLE.test(text), 'must not hold control characters');

const configuredModelSchema = z.strictObject({
  id: plainText(MAX_MODEL_ID_LENGTH),
  name: plainText(100).optional(),
  description: z.string().max(300).optional(),
  /** Prompt and reply together, in tokens. */
  context_tokens: z.number().int().positive().optional(),
  parameters: parameterOverridesSchema.optional(),
});
export type ConfiguredModel = z.infer<typeof configuredModelSchema>;

const waitMs = z
  .number()
  .int()
  .min(1)
  .max(MAX_TIMEOUT_MS, `must be at most ${MAX_TIMEOUT_MS} milliseconds, an hour`)
  .optional();

/**
 * One entry of `providers` in playground.config.json.
 *
 * - `name`: what its models are listed under (`<name>/<model>`)
 * - `preset`: the endpoint's dialect; `generic` by default
 * - `base_url`: needed for `generic`; the others know where they live. A query in it is sent with
 *   every request, the path of the call itself may be there or not
 * - `api_key`, `headers`: sent with every request
 * - `proxy`: address of a proxy for this endpoint, or false for none; what the environment names
 *   when absent
 * - `models`: only these are offered; without it the endpoint is asked for its list
 * - `parameters`: corrections of the preset for all its models; a `default` is sent when the caller
 *   names no value
 * - `include_usage`: whether token counts are asked for; turn it off for an endpoint that refuses it
 * - `timeouts`: until the first byte, between two, and for the list of models, in milliseconds
 */
export const providerConfigSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[A-Za-z0-9][\w.-]{0,49}$/,
        'must start with a letter or digit and hold only letters, digits, . _ or -',
      ),
    preset: presetSchema.default('generic'),
    base_url: z.string().optional(),
    api_key: z
      .string()
      .trim()
      .min(1)
      .refine(isHeaderValue, 'must not hold line ends or characters beyond Latin ones')
      .optional(),
    headers: z
      .record(z.string().refine(isHeaderName, 'is no name of a header'), z.string())
      .default({})
      .refine((headers) => Object.values(headers).every(isHeaderValue), {
        error: 'values must not hold line ends or characters beyond Latin ones',
      }),
    proxy: z
      .union([z.literal(false), z.url({ protocol: /^https?$/ })], {
        error: 'must be false or an address such as http://proxy.example.org:3128',
      })
      .optional(),
    models: z.array(configuredModelSchema).min(1).optional(),
    parameters: parameterOverridesSchema.default({}),
    include_usage: z.boolean().default(true),
    timeouts: z
      .strictObject({ first_byte_ms: waitMs, idle_ms: waitMs, list_ms: waitMs })
      .default({}),
  })
  .transform((config, context) => {
    const { base_url: given, preset } = config;
    const home = preset === 'generic' ? undefined : DEFAULT_BASE_URLS[preset];
    const address = given ?? home;
    const read =
      address === undefined
        ? { problem: 'is needed, for instance https://llm.example.org/v1' }
        : readBaseUrl(address, home === undefined ? '' : new URL(home).pathname);
    if ('problem' in read) {
      context.addIssue({ code: 'custom', path: ['base_url'], message: read.problem });
      return z.NEVER;
    }
    return { ...config, base_url: read.url };
  });

function isHeaderName(name: string): boolean {
  try {
    validateHeaderName(name);
    return true;
  } catch {
    return false;
  }
}

function isHeaderValue(value: string): boolean {
  try {
    validateHeaderValue('x', value);
    return true;
  } catch {
    return false;
  }
}

/** A provider as the operator writes it. */
export type ProviderConfigInput = z.input<typeof providerConfigSchema>;
/** The same with everything filled in. */
export type ProviderConfig = z.output<typeof providerConfigSchema>;
