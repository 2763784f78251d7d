import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { Model } from '../protocol/index.js';

export function createModelsApi({ json }: HttpClient): ChatClient['models'] {
  return {
    list: async (options) =>
      (await json<{ models: Model[] }>('GET /models', [], options, { rows: 'models' })).models,
  };
}
