import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it('presets are kept, changed, listed in pages and deleted', async () => {
  const client = await server.signUp();
  const ids: string[] = [];
  for (const name of ['Careful', 'Bold', 'Pirate']) {
    const body = { name, parameters: { temperature: 0.5, system_prompt: `Be ${name}.` } };
    ids.unshift((await client.call('createPreset', { body })).preset_id);
  }
  const [newest = '', middle = '', oldest = ''] = ids;
  const first = await client.call('listPresets', { query: { limit: 2 } });
  expect(first.presets.map(({ preset_id }) => preset_id)).toEqual([newest, middle]);
  const cursor = first.next_cursor ?? '';
  const second = await client.call('listPresets', { query: { limit: 2, cursor } });
  expect(second.presets.map(({ preset_id }) => preset_id)).toEqual([oldest]);
  expect(second.next_cursor).toBeNull();

  const params = { preset_id: newest };
  const renamed = await client.call('updatePreset', { params, body: { name: ' Captain ' } });
  expect(renamed).toMatchObject({
    name: 'Captain',
    parameters: { temperature: 0.5, system_prompt: 'Be Pirate.' },
    version: 2,
  });
  expect(await client.call('getPreset', { params })).toEqual(renamed);
  const changed = await client.call('updatePreset', { params, body: { parameters: { seed: 1 } } });
  expect(changed.parameters).toEqual({ seed: 1 });
  expect(await client.request('updatePreset', { params, body: {} })).toMatchObject({ status: 400 });

  await client.call('deletePreset', { params });
  expect(await client.request('getPreset', { params })).toMatchObject({ status: 404 });
  expect((await client.call('listPresets')).presets).toHaveLength(2);
});
