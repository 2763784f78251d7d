import { z } from 'zod';
import { MAX_STOP_SEQUENCES, MAX_SYSTEM_PROMPT_LENGTH } from './limits.js';
import { PARAMETER_NAMES } from './parameter-names.js';
import { textSchema } from './primitives.js';

const MAX_STOP_LENGTH = 200;

const finiteNumber = z.number({ error: 'must be a number' });

/**
 * Parameters as a caller asks for them. Numbers outside a model's range are not an error: they are
 * clamped, and the reply says so (see {@link parameterOutcomeSchema}).
 *
 * - `model`: id from GET /models; the server's default when absent
 * - `output_length`: most tokens of the reply
 * - `temperature`, `top_p`: sampling
 * - `repetition_penalty`: 1 means none
 * - `frequency_penalty`, `presence_penalty`: 0 means none
 * - `seed`: integer, for repeatable sampling where the provider has it
 * - `system_prompt`: text before the conversation
 * - `stop`: sequences that end the reply
 */
export const parametersSchema = z.object({
  model: z.string().min(1).max(300).optional(),
  output_length: finiteNumber.int().optional(),
  temperature: finiteNumber.optional(),
  top_p: finiteNumber.optional(),
  repetition_penalty: finiteNumber.optional(),
  frequency_penalty: finiteNumber.optional(),
  presence_penalty: finiteNumber.optional(),
  seed: finiteNumber.int().optional(),
  system_prompt: textSchema.max(MAX_SYSTEM_PROMPT_LENGTH).optional(),
  stop: z.array(textSchema.min(1).max(MAX_STOP_LENGTH)).max(MAX_STOP_SEQUENCES).optional(),
});
export type Parameters = z.infer<typeof parametersSchema>;

/** A parameter's value: a number, a text, or the list of stop sequences. */
export const parameterValueSchema = z.union([z.number(), z.string(), z.array(z.string())]);
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/**
 * What became of one requested parameter.
 *
 * - `applied`: sent as asked, under its own name
 * - `renamed`: sent as asked, under `wire_name`
 * - `clamped`: moved to the nearest allowed value first (`wire_name` tells if renamed as well)
 * - `dropped`: the model has no such parameter; nothing was sent
 */
export const parameterOutcomeSchema = z.object({
  outcome: z.enum(['applied', 'renamed', 'clamped', 'dropped']),
  requested: parameterValueSchema,
  /** The value sent; null when dropped. */
  value: parameterValueSchema.nullable(),
  /** The provider's own name for it; null when dropped. */
  wire_name: z.string().nullable(),
  /**
   * Where it went instead of its own place: `first_user_message` for the system prompt of a model
   * that has no system role. Absent otherwise.
   */
  moved_to: z.string().optional(),
});
export type ParameterOutcome = z.infer<typeof parameterOutcomeSchema>;

/** The parameters of one reply, as applied. Only those that were asked for are listed. */
export const appliedParametersSchema = z.partialRecord(
  z.enum(PARAMETER_NAMES),
  parameterOutcomeSchema,
);
export type AppliedParameters = z.infer<typeof appliedParametersSchema>;

/** What one model makes of one parameter. `min`, `max` and `step` are absent on texts and lists. */
export const parameterSpecSchema = z.object({
  supported: z.boolean(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  default: parameterValueSchema.nullable().optional(),
});
export type ParameterSpec = z.infer<typeof parameterSpecSchema>;

/** A model a reply can be asked of. */
export const modelSchema = z.object({
  id: z.string(),
  /** Name of the provider, as the server's configuration calls it. */
  provider: z.string(),
  name: z.string(),
  /** One sentence for people, when there is something to say (the demo model says what it is). */
  description: z.string().optional(),
  /** Whether this is the model used when a request names none. */
  is_default: z.boolean(),
  parameters: z.record(z.enum(PARAMETER_NAMES), parameterSpecSchema),
});
export type Model = z.infer<typeof modelSchema>;
