import type { Preset } from '../domain/preset.js';
import type { Caller } from '../domain/user.js';
import type { PresetStorage } from '../ports/preset-storage.js';

export interface PresetPage {
  presets: Preset[];
  /** Id after which the next page begins; null when this is the last. */
  nextAfter: string | null;
}

export type ListPresets = (
  caller: Caller,
  page: { limit: number; after?: string | undefined },
) => Promise<PresetPage>;

/** The caller's presets, newest first. */
export function createListPresets({ storage }: { storage: PresetStorage }): ListPresets {
  return async ({ userId }, { limit, after }) => {
    const rows = await storage.listPresets(userId, { limit: limit + 1, after });
    const presets = rows.slice(0, limit);
    return { presets, nextAfter: rows.length > limit ? (presets.at(-1)?.id ?? null) : null };
  };
}
