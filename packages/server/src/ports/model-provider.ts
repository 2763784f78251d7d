import type { ParameterName, ParameterSpec } from '@chat-playground/sdk/protocol';

/** How one model takes one parameter. */
export interface ParameterRule extends ParameterSpec {
  /** The provider's own name for it, where it differs from ours. */
  wireName?: string;
  /** Most entries of a list (`stop`). */
  maxItems?: number;
  /** Whether `default` is the operator's choice and is sent when the caller asks for nothing. */
  sendDefault?: boolean;
}

/** A model as its provider knows it. */
export interface ProviderModel {
  /** The provider's own id. */
  id: string;
  name: string;
  description?: string;
  /** Prompt and reply together, in tokens; absent when the provider does not tell. */
  contextTokens?: number;
  parameters: Record<ParameterName, ParameterRule>;
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
  parameters: Record<string, number | string | string[]>;
}

export type CompletionEvent =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'usage'; promptTokens: number; completionTokens: number }
  | { type: 'finish'; reason: string };

/** Somewhere models live: an OpenAI-compatible endpoint, or the demo. */
export interface ModelProvider {
  /** Unique name within the server's configuration. */
  readonly name: string;
  /** @throws DomainError with a `provider_*` code */
  listModels(signal: AbortSignal): Promise<ProviderModel[]>;
  /**
   * Streams one completion. Aborting closes the connection to the provider at once.
   *
   * @throws DomainError with a `provider_*` code or `context_too_long`; an abort rejects with the
   *   signal's reason
   */
  complete(request: CompletionRequest, signal: AbortSignal): AsyncIterable<CompletionEvent>;
}
