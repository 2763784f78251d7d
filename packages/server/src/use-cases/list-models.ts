import type { Model } from '@chat-playground/sdk/protocol';
import type { ModelCatalog } from './replies/model-catalog.js';

export type ListModels = () => Promise<Model[]>;

/** Models and what each makes of every parameter. */
export function createListModels({ catalog }: { catalog: ModelCatalog }): ListModels {
  return () => catalog.list();
}
