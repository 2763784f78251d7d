import type { Parameters, PresetsState } from '@chat-playground/sdk';

/** The presets, and the one that was chosen last. */
export interface PresetsView extends PresetsState {
  chosenId: string | null;
}

/** Whether the parameters now are those of a preset, which may leave the model open. */
export function isInEffect(preset: Parameters, now: Parameters): boolean {
  const model = preset.model === undefined ? undefined : now.model;
  return canonical(preset) === canonical({ ...now, model });
}

/** Regardless of the order, and of what is there without a value. */
function canonical(parameters: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names are told apart as people read them. */
export function isSameName(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
}
