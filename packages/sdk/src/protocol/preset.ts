import { z } from 'zod';
import { parametersSchema } from './parameters.js';
import { idSchema, textSchema, timestampSchema } from './primitives.js';

const MAX_PRESET_NAME_LENGTH = 100;

const presetNameSchema = textSchema.trim().min(1).max(MAX_PRESET_NAME_LENGTH);

/** A named choice of model, parameters and system prompt. */
export const presetSchema = z.object({
  preset_id: idSchema,
  name: z.string(),
  parameters: parametersSchema,
  created_at: timestampSchema,
  updated_at: timestampSchema,
  /** Grows with every change; the higher one is the newer truth. */
  version: z.number().int(),
});
export type Preset = z.infer<typeof presetSchema>;

export const presetBodySchema = z.object({
  name: presetNameSchema,
  parameters: parametersSchema.default({}),
});
export type PresetBody = z.input<typeof presetBodySchema>;

export const presetPatchSchema = z
  .object({ name: presetNameSchema.optional(), parameters: parametersSchema.optional() })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    error: 'must hold at least one of name, parameters',
  })
  .meta({ anyOf: ['name', 'parameters'].map((name) => ({ required: [name] })) });
export type PresetPatch = z.input<typeof presetPatchSchema>;
