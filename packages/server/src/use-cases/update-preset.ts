import { notFound } from '../domain/domain-error.js';
import type { Preset } from '../domain/preset.js';
import type { Caller } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { PresetPatch, PresetStorage } from '../ports/preset-storage.js';

interface UpdatePresetDeps {
  storage: PresetStorage;
  clock: Clock;
}

export type UpdatePreset = (
  caller: Caller,
  presetId: string,
  patch: PresetPatch,
) => Promise<Preset>;

/** @throws DomainError `not_found` */
export function createUpdatePreset({ storage, clock }: UpdatePresetDeps): UpdatePreset {
  return async ({ userId }, presetId, patch) => {
    const preset = await storage.updatePreset(userId, presetId, patch, clock.now());
    if (!preset) throw notFound('preset');
    return preset;
  };
}
