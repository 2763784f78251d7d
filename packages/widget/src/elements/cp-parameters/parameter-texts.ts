import type { NumericParameterName } from '@chat-playground/sdk';
import type { PlainTerm } from '../../i18n/dictionary.js';

/** How a parameter is called and explained. */
export interface ParameterTexts {
  label: PlainTerm;
  help: PlainTerm;
}

/** The four that are always in sight. */
export const MAIN_PARAMETERS = [
  'output_length',
  'temperature',
  'top_p',
  'repetition_penalty',
] as const satisfies readonly NumericParameterName[];

/** The rest of the numbers, behind a disclosure. */
export const ADVANCED_PARAMETERS = [
  'frequency_penalty',
  'presence_penalty',
  'seed',
] as const satisfies readonly NumericParameterName[];

export const PARAMETER_TEXTS: Readonly<
  Record<NumericParameterName | 'system_prompt' | 'stop', ParameterTexts>
> = {
  output_length: { label: 'outputLength', help: 'outputLengthHelp' },
  temperature: { label: 'temperature', help: 'temperatureHelp' },
  top_p: { label: 'topP', help: 'topPHelp' },
  repetition_penalty: { label: 'repetitionPenalty', help: 'repetitionPenaltyHelp' },
  frequency_penalty: { label: 'frequencyPenalty', help: 'frequencyPenaltyHelp' },
  presence_penalty: { label: 'presencePenalty', help: 'presencePenaltyHelp' },
  seed: { label: 'seed', help: 'seedHelp' },
  system_prompt: { label: 'systemPrompt', help: 'systemPromptHelp' },
  stop: { label: 'stopSequences', help: 'stopSequencesHelp' },
};
