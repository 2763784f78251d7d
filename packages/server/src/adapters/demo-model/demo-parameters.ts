import type { ParameterRules } from '../../domain/parameter-rule.js';

/** What the demo can honour; the rest is dropped, and the reply says so. */
export const demoParameters: ParameterRules = {
  output_length: { supported: true, min: 1, max: 4096, step: 1, default: 512 },
  temperature: { supported: true, min: 0, max: 2, step: 0.1, default: 0.7 },
  top_p: { supported: true, min: 0.01, max: 1, step: 0.01, default: 1 },
  repetition_penalty: { supported: false },
  frequency_penalty: { supported: false },
  presence_penalty: { supported: false },
  seed: { supported: true, min: 0, max: 2_147_483_647, step: 1, default: null },
  system_prompt: { supported: true, default: null },
  stop: { supported: true, maxItems: 16, default: null },
};
