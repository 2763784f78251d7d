import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import type { Model } from '../protocol/index.js';

export function createModelsApi(http: HttpClient): ChatClient[], 'models' {
  return {
    list: async ({ signal } = {}) => {
      const page = await http.json<{ models: Model[] }>(
        { method: 'GET', path: '/models', signal },
        [], 'models'
      );
      return page.models;
    },
  };
}
