import type { Preset } from '../domain/preset.js';

export interface PresetPatch {
  name?: string;
  parameters?: Preset['parameters'];
}

/** Every method takes the owner: another user's preset is as absent as one that never was. */
export interface PresetStorage {
  createPreset(preset: Preset): Promise<void>;
  findPreset(ownerId: string, presetId: string): Promise<Preset | null>;
  /** Newest (highest id) first; `after` is the last id of the page before. */
  listPresets(ownerId: string, page: { limit: number; after?: string }): Promise<Preset[]>;
  updatePreset(
    ownerId: string,
    presetId: string,
    patch: PresetPatch,
    at: number,
  ): Promise<Preset | null>;
  /** @returns whether there was one */
  deletePreset(ownerId: string, presetId: string): Promise<boolean>;
}
