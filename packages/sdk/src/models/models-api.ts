import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { Model } from '../protocol/index.js';

export function createModelsApi(http: HttpClient): ChatClient['models'] {
  return {
    list: async ({ signal } = {}) => {
      const request = { method: 'GET', path: '/models', signal } as const;
      return (await http.json<{ models: Model[] }>(request, [], 'models')).models;
    },
  };
}
