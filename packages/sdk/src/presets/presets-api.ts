import type { ChatClient } from '../chat-client.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';

const PRESET_FIELDS = ['preset_id', 'version'] as const;

export function createPresetsApi({ json }: HttpClient): ChatClient['presets'] {
  const list: ChatClient['presets']['list'] = (query = {}, options) =>
    json('GET /presets', ['next_cursor'], options, { query, rows: 'presets' });
  return {
    list,
    all: (options) =>
      paginate(async (cursor) => {
        const page = await list({ cursor }, options);
        return { rows: page.presets, next: page.next_cursor };
      }),
    get: (presetId, options) => json(`GET ${presetPath(presetId)}`, PRESET_FIELDS, options),
    create: (body, options) => json('POST /presets', PRESET_FIELDS, options, { body }),
    update: (presetId, body, options) =>
      json(`PATCH ${presetPath(presetId)}`, PRESET_FIELDS, options, { body }),
    delete: async (presetId, options) => {
      await json(`DELETE ${presetPath(presetId)}`, [], options);
    },
  };
}

function presetPath(presetId: string): `/${string}` {
  return `/presets/${encodeURIComponent(presetId)}`;
}
