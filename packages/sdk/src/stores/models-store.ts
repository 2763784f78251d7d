import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient } from '../chat-client.js';
import type { Model } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import { createScope } from './scope.js';
import type { ModelsState } from './state.js';

export interface ModelsStore {
  readonly $models: ReadableAtom<ModelsState>;
  load(): Promise<void>;
  reset(): void;
}

const NO_MODELS: ModelsState = { status: 'idle', models: [], error: null };

/** @param onLoad told of the models the server offers */
export function createModelsStore(
  client: ChatClient,
  onLoad: (models: readonly Model[]) => void,
): ModelsStore {
  const $models = atom<ModelsState>(NO_MODELS);
  const { renew } = createScope();
  return {
    $models,
    load: async () => {
      const signal = renew();
      $models.set({ ...$models.get(), status: 'loading', error: null });
      try {
        const models = await client.models.list({ signal });
        if (signal.aborted) return;
        $models.set({ status: 'ready', models, error: null });
        onLoad(models);
      } catch (cause) {
        if (signal.aborted) return;
        const error = asChatError(cause);
        $models.set({ ...$models.get(), status: 'error', error });
        throw error;
      }
    },
    reset: () => {
      renew();
      $models.set(NO_MODELS);
    },
  };
}
