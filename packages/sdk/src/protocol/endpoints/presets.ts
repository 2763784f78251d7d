import { z } from 'zod';
import { presetBodySchema, presetPatchSchema, presetSchema } from '../preset.js';
import { confirmationSchema, idSchema, nextCursorSchema, pageQuerySchema } from '../primitives.js';
import type { Endpoint } from './endpoint.js';

const presetParams = z.object({ preset_id: idSchema });

/** Named choices of model, parameters and system prompt. */
export const presetEndpoints = {
  listPresets: {
    method: 'GET',
    path: '/presets',
    tag: 'presets',
    summary: 'Presets, newest first',
    auth: 'user',
    query: pageQuerySchema,
    status: 200,
    response: z.object({ presets: z.array(presetSchema), next_cursor: nextCursorSchema }),
    errors: [],
  },
  createPreset: {
    method: 'POST',
    path: '/presets',
    tag: 'presets',
    summary: 'Keep parameters under a name',
    auth: 'user',
    body: presetBodySchema,
    status: 201,
    response: presetSchema,
    errors: [],
  },
  getPreset: {
    method: 'GET',
    path: '/presets/:preset_id',
    tag: 'presets',
    summary: 'One preset',
    auth: 'user',
    params: presetParams,
    status: 200,
    response: presetSchema,
    errors: ['not_found'],
  },
  updatePreset: {
    method: 'PATCH',
    path: '/presets/:preset_id',
    tag: 'presets',
    summary: 'Rename a preset or replace its parameters',
    auth: 'user',
    params: presetParams,
    body: presetPatchSchema,
    status: 200,
    response: presetSchema,
    errors: ['not_found'],
  },
  deletePreset: {
    method: 'DELETE',
    path: '/presets/:preset_id',
    tag: 'presets',
    summary: 'Delete a preset',
    auth: 'user',
    params: presetParams,
    status: 200,
    response: confirmationSchema,
    errors: ['not_found'],
  },
} as const satisfies Record<string, Endpoint>;
