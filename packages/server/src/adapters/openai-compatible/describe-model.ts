import {
  NUMERIC_PARAMETERS,
  PARAMETER_NAMES,
  type ParameterName,
} from '@chat-playground/sdk/protocol';
import type { ParameterRule, ParameterRules } from '../../domain/parameter-rule.js';
import type { ProviderModel } from '../../ports/model-provider.js';
import { isReasoningModel, openAiFacts } from './openai-models.js';
import { presetRules } from './presets.js';
import type {
  ConfiguredModel,
  ParameterOverride,
  ParameterOverrides,
  ProviderConfig,
} from './provider-config.js';

/** What an endpoint's list says about a model, beyond its id. */
export interface ListedModel {
  id: string;
  name?: string;
  contextTokens?: number;
  maxOutputTokens?: number;
  /** Wire names the model takes, where the endpoint tells (OpenRouter). */
  supportedParameters?: readonly string[];
}

/** OpenAI's reasoning models answer these with an error. */
const REFUSED_BY_REASONING: readonly ParameterName[] = [
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'stop',
];

/** A model with its parameter rules: the preset's, then what is known of it, then the operator's word. */
export function describeModel(
  config: ProviderConfig,
  listed: ListedModel,
  configured?: ConfiguredModel,
): ProviderModel {
  const facts = config.preset === 'openai' ? openAiFacts(listed.id) : undefined;
  const contextTokens =
    configured?.context_tokens ?? listed.contextTokens ?? facts?.contextTokens ?? undefined;
  const maxOutputTokens = listed.maxOutputTokens ?? facts?.maxOutputTokens ?? contextTokens;
  let rules = presetRules[config.preset];
  if (maxOutputTokens !== undefined) rules = withMaxOutput(rules, maxOutputTokens);
  if (config.preset === 'openai' && isReasoningModel(listed.id)) {
    rules = without(rules, REFUSED_BY_REASONING);
  }
  if (listed.supportedParameters) rules = onlySupported(rules, listed.supportedParameters);
  rules = override(override(rules, config.parameters), configured?.parameters ?? {});
  return {
    id: listed.id,
    name: configured?.name ?? listed.name ?? displayName(listed.id),
    ...(configured?.description === undefined ? {} : { description: configured.description }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    parameters: rules,
  };
}

/** A file is called by its name, without folder and ending. */
function displayName(id: string): string {
  return id.endsWith('.gguf') ? id.replace(/^.*[/\\]/, '').replace(/\.gguf$/, '') : id;
}

function withMaxOutput(rules: ParameterRules, max: number): ParameterRules {
  return { ...rules, output_length: { ...rules.output_length, max } };
}

function without(rules: ParameterRules, names: readonly ParameterName[]): ParameterRules {
  const dropped = names.map((name) => [name, { supported: false }] as const);
  return { ...rules, ...Object.fromEntries(dropped) };
}

function onlySupported(rules: ParameterRules, wireNames: readonly string[]): ParameterRules {
  const unknown = [...NUMERIC_PARAMETERS, 'stop' as const].filter(
    (name) => !wireNames.includes(rules[name].wireName ?? name),
  );
  return without(rules, unknown);
}

function override(rules: ParameterRules, overrides: ParameterOverrides): ParameterRules {
  const changed = { ...rules };
  for (const name of PARAMETER_NAMES) {
    const given = overrides[name];
    if (given) changed[name] = applyOverride(rules[name], given);
  }
  return changed;
}

function applyOverride(rule: ParameterRule, given: ParameterOverride): ParameterRule {
  const { wire_name: wireName, ...rest } = given;
  return {
    ...rule,
    supported: true,
    ...rest,
    ...(wireName === undefined ? {} : { wireName }),
    ...(given.default === undefined ? {} : { sendDefault: true }),
  };
}
