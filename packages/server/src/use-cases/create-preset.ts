import type { Parameters } from '@chat-playground/sdk/protocol';
import type { Preset } from '../domain/preset.js';
import type { Caller } from '../domain/user.js';
import type { Clock } from '../ports/clock.js';
import type { PresetStorage } from '../ports/preset-storage.js';

interface CreatePresetDeps {
  storage: PresetStorage;
  clock: Clock;
  newId: () => string;
}

export type CreatePreset = (
  caller: Caller,
  wanted: { name: string; parameters: Parameters },
) => Promise<Preset>;

/** Keeps parameters under a name. Names may repeat: they are for people. */
export function createCreatePreset({ storage, clock, newId }: CreatePresetDeps): CreatePreset {
  return async ({ userId }, { name, parameters }) => {
    const at = clock.now();
    const preset: Preset = {
      id: newId(),
      ownerId: userId,
      name,
      parameters,
      createdAt: at,
      updatedAt: at,
      version: 1,
    };
    await storage.createPreset(preset);
    return preset;
  };
}
