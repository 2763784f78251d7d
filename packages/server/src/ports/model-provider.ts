import type { Adjustment, WireParameters } from '../domain/negotiate-parameters.js';
import type { ParameterRules } from '../domain/parameter-rule.js';
import type { Take } from './source.js';

/** A model as its provider knows it. */
export interface ProviderModel {
  /** The provider's own id. */
  id: string;
  name: string;
  description?: string;
  /** Prompt and reply together, in tokens; absent when the provider does not tell. */
  contextTokens?: number;
  parameters: ParameterRules;
}

export interface PromptMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** A request after negotiation: every value is within the model's range and under its wire name. */
export interface CompletionRequest {
  model: string;
  messages: PromptMessage[];
  /** Extra body fields by wire name. */
  parameters: WireParameters;
}

export type CompletionEvent =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** All text so far was thought: a reply that had begun to think without saying so. */
  | { type: 'text-is-reasoning' }
  /** Each count as far as the provider has one. */
  | { type: 'usage'; promptTokens: number | null; completionTokens: number | null }
  | { type: 'finish'; reason: string }
  /** Comes first, if it does: the provider had refused some of the request and was asked without. */
  | { type: 'adjusted'; adjustments: readonly Adjustment[] };

/** Somewhere models live: an OpenAI-compatible endpoint, or the demo. */
export interface ModelProvider {
  /** Unique name within the server's configuration. */
  readonly name: string;
  /** Whether its models can be asked for a chat's title. */
  readonly makesTitles: boolean;
  /**
   * Body fields with which a final message of the assistant's is gone on with instead of answered.
   * Absent where that cannot be had: such a provider is asked in words to go on.
   */
  readonly prefill?: WireParameters | undefined;
  /** @throws DomainError with a `provider_*` code */
  listModels(signal: AbortSignal): Promise<ProviderModel[]>;
  /**
   * Streams one completion; resolves once it is whole. Aborting closes the connection to the
   * provider at once.
   *
   * @throws DomainError with a `provider_*` code or `context_too_long`; what `take` throws; an abort
   *   rejects with the signal's reason
   */
  complete(
    request: CompletionRequest,
    take: Take<CompletionEvent>,
    signal: AbortSignal,
  ): Promise<void>;
}
