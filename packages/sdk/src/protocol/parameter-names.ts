/** Names of the parameters that are numbers and therefore have a range. */
export const NUMERIC_PARAMETERS = [
  'output_length',
  'temperature',
  'top_p',
  'repetition_penalty',
  'frequency_penalty',
  'presence_penalty',
  'seed',
] as const;

/** Every parameter a reply can be made with, apart from the model itself. */
export const PARAMETER_NAMES = [...NUMERIC_PARAMETERS, 'system_prompt', 'stop'] as const;

export type NumericParameterName = (typeof NUMERIC_PARAMETERS)[number];
export type ParameterName = (typeof PARAMETER_NAMES)[number];
