import { notFound } from '../domain/domain-error.js';
import type { Caller } from '../domain/user.js';
import type { PresetStorage } from '../ports/preset-storage.js';

export type DeletePreset = (caller: Caller, presetId: string) => Promise<void>;

/** @throws DomainError `not_found` */
export function createDeletePreset({ storage }: { storage: PresetStorage }): DeletePreset {
  return async ({ userId }, presetId) => {
    if (!(await storage.deletePreset(userId, presetId))) throw notFound('preset');
  };
}
