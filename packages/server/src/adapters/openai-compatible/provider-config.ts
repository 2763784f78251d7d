import { PARAMETER_NAMES } from '@chat-playground/sdk/protocol';
import { z } from 'zod';

/** Longest a provider may stay silent, in milliseconds; Node's own limit for a response is above it. */
const MAX_TIMEOUT_MS = 290_000;
const DEFAULT_TIMEOUT_MS = 60_000;

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

const configuredModelSchema = z.strictObject({
  id: z.string().min(1).max(250),
  name: z.string().min(1).max(100).optional(),
  description: z.string().max(300).optional(),
  /** Prompt and reply together, in tokens. */
  context_tokens: z.number().int().positive().optional(),
  parameters: parameterOverridesSchema.optional(),
});
export type ConfiguredModel = z.infer<typeof configuredModelSchema>;

/**
 * One entry of `providers` in playground.config.json.
 *
 * - `name`: what its models are listed under (`<name>/<model>`)
 * - `preset`: the endpoint's dialect; `generic` by default
 * - `base_url`: needed for `generic`; the others know where they live
 * - `api_key`, `headers`: sent with every request
 * - `models`: only these are offered; without it the endpoint is asked for its list
 * - `parameters`: corrections of the preset for all its models; a `default` is sent when the caller
 *   names no value
 * - `include_usage`: whether token counts are asked for; turn it off for an endpoint that refuses it
 * - `timeouts`: until the first byte and between two, in milliseconds
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
    base_url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    api_key: z.string().min(1).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    models: z.array(configuredModelSchema).min(1).optional(),
    parameters: parameterOverridesSchema.default({}),
    include_usage: z.boolean().default(true),
    timeouts: z
      .strictObject({
        first_byte_ms: z.number().int().min(1).max(MAX_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
        idle_ms: z.number().int().min(1).max(MAX_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
      })
      .default({ first_byte_ms: DEFAULT_TIMEOUT_MS, idle_ms: DEFAULT_TIMEOUT_MS }),
  })
  .transform((config, context) => {
    const { base_url: given, preset } = config;
    const baseUrl = given ?? (preset === 'generic' ? undefined : DEFAULT_BASE_URLS[preset]);
    if (baseUrl === undefined) {
      context.addIssue({ code: 'custom', path: ['base_url'], message: 'is needed' });
      return z.NEVER;
    }
    return { ...config, base_url: baseUrl.replace(/\/+$/, '') };
  });

/** A provider as the operator writes it. */
export type ProviderConfigInput = z.input<typeof providerConfigSchema>;
/** The same with everything filled in. */
export type ProviderConfig = z.output<typeof providerConfigSchema>;
