import type { Parameters } from '@chat-playground/sdk/protocol';

/** A named choice of model, parameters and system prompt. */
export interface Preset {
  id: string;
  ownerId: string;
  name: string;
  parameters: Parameters;
  createdAt: number;
  updatedAt: number;
  /** Grows by one with every change. */
  version: number;
}
