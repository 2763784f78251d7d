import { atom, type ReadableAtom } from 'nanostores';
import { browserStorage } from '../auth/session-storage.js';
import { asRecord } from '../http/error-from.js';
import { NUMERIC_PARAMETERS, type ParameterName } from '../protocol/parameter-names.js';
import type { Model, Parameters } from '../protocol/index.js';
import type { ParametersState } from './state.js';

/** The two methods of the browser's `Storage` that are needed to keep parameters. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem'>;

const STORAGE_KEY = 'cp:parameters';

export interface ParametersStore {
  readonly $parameters: ReadableAtom<ParametersState>;
  set(patch: Partial<Parameters>): void;
  reset(name: ParameterName): void;
  /** Forgets a chosen model that the server offers no longer: its default is used then. */
  dropMissingModel(models: readonly Model[]): void;
}

/** @param storage where the choice outlives the page; default the browser's, null for nowhere */
export function createParametersStore(
  storage: KeyValueStorage | null = browserStorage(),
): ParametersStore {
  const $parameters = atom<ParametersState>(restore(storage));
  const set = (patch: Partial<Parameters>) => {
    const merged = Object.entries({ ...$parameters.get(), ...patch });
    const next = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
    $parameters.set(next);
    keep(storage, next);
  };
  return {
    $parameters,
    set,
    reset: (name) => set({ [name]: undefined }),
    dropMissingModel: (models) => {
      const { model } = $parameters.get();
      if (model !== undefined && !models.some(({ id }) => id === model)) set({ model: undefined });
    },
  };
}

function keep(storage: KeyValueStorage | null, parameters: Parameters): void {
  try {
    storage?.setItem(STORAGE_KEY, JSON.stringify(parameters));
  } catch {
    // Full or forbidden: the choice lasts as long as the page, which is all that can be done.
  }
}

/** What was kept, without what an older version or someone's hand may have put there. */
function restore(storage: KeyValueStorage | null): Parameters {
  try {
    const kept = asRecord(JSON.parse(storage?.getItem(STORAGE_KEY) ?? 'null')) ?? {};
    const isKept = ([name, value]: [string, unknown]): boolean => {
      if (name === 'model' || name === 'system_prompt') return typeof value === 'string';
      if (name === 'stop') return Array.isArray(value) && value.every((v) => typeof v === 'string');
      return NUMERIC_PARAMETERS.some((known) => known === name) && Number.isFinite(value);
    };
    return Object.fromEntries(Object.entries(kept).filter(isKept));
  } catch {
    return {};
  }
}
