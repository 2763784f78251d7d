import { presentPreset } from '../../domain/present.js';
import type { CreatePreset } from '../../use-cases/create-preset.js';
import type { DeletePreset } from '../../use-cases/delete-preset.js';
import type { GetPreset } from '../../use-cases/get-preset.js';
import type { ListPresets } from '../../use-cases/list-presets.js';
import type { UpdatePreset } from '../../use-cases/update-preset.js';
import { decodeCursor, encodeCursor, idCursorSchema } from '../cursor.js';
import type { Handlers } from '../handler.js';

export interface PresetUseCases {
  listPresets: ListPresets;
  createPreset: CreatePreset;
  getPreset: GetPreset;
  updatePreset: UpdatePreset;
  deletePreset: DeletePreset;
}

export type PresetHandlers = Pick<Handlers, keyof PresetUseCases>;

export function createPresetHandlers(useCases: PresetUseCases): PresetHandlers {
  return {
    async listPresets({ caller, query }) {
      const after = decodeCursor(idCursorSchema, query.cursor)?.i;
      const page = await useCases.listPresets(caller, { limit: query.limit, after });
      return {
        presets: page.presets.map(presentPreset),
        next_cursor: page.nextAfter && encodeCursor(idCursorSchema, { i: page.nextAfter }),
      };
    },
    createPreset: async ({ caller, body }) =>
      presentPreset(await useCases.createPreset(caller, body)),
    getPreset: async ({ caller, params }) =>
      presentPreset(await useCases.getPreset(caller, params.preset_id)),
    updatePreset: async ({ caller, params, body }) =>
      presentPreset(await useCases.updatePreset(caller, params.preset_id, body)),
    async deletePreset({ caller, params }) {
      await useCases.deletePreset(caller, params.preset_id);
      return { message: 'Preset deleted.' };
    },
  };
}
