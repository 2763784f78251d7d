import { notFound } from '../domain/domain-error.js';
import type { Preset } from '../domain/preset.js';
import type { Caller } from '../domain/user.js';
import type { PresetStorage } from '../ports/preset-storage.js';

export type GetPreset = (caller: Caller, presetId: string) => Promise<Preset>;

/** @throws DomainError `not_found` */
export function createGetPreset({ storage }: { storage: PresetStorage }): GetPreset {
  return async ({ userId }, presetId) => {
    const preset = await storage.findPreset(userId, presetId);
    if (!preset) throw notFound('preset');
    return preset;
  };
}
