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

export type ParameterRules = Record<ParameterName, ParameterRule>;
