import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';

export function createUsageApi({ json }: HttpClient): ChatClient['usage'] {
  return {
    get: (query, options) => json('GET /usage', ['totals'], options, { query, rows: 'usage' }),
  };
}
