import type { ChatClient } from '../chat-client.js';
import { callTo } from '../http/call-to.js';
import type { HttpClient } from '../http/http-client.js';
import { paginate } from '../http/paginate.js';

const PRESET_FIELDS = ['preset_id', 'version'] as const;

export function createPresetsApi({ json }: HttpClient): ChatClient['presets'] {
  const list: ChatClient['presets']['list'] = (query = {}, options) =>
    json('GET /presets', ['next_cursor'], options, { query, rows: 'presets' });
  return {
    list,
    all: (options) => paginate(list, ({ presets }) => presets, {}, options),
    get: (presetId, options) => json(callTo`GET /presets/${presetId}`, PRESET_FIELDS, options),
    create: (body, options) => json('POST /presets', PRESET_FIELDS, options, { body }),
    update: (presetId, body, options) =>
      json(callTo`PATCH /presets/${presetId}`, PRESET_FIELDS, options, { body }),
    delete: async (presetId, options) => {
      await json(callTo`DELETE /presets/${presetId}`, [], options);
    },
  };
}
