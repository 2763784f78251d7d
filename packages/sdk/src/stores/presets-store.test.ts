import { afterEach, expect, it } from 'vitest';
import { createGate } from '../test-support/gate.js';
import { failureOf } from '../test-support/failure-of.js';
import { endStores, startStores } from '../test-support/start-stores.js';
import { errorResponse } from '../testing/index.js';
import { createPresetsStore } from './presets-store.js';

afterEach(endStores);

async function start() {
  const started = await startStores();
  const presets = createPresetsStore(started.client);
  const names = () => presets.$presets.get().presets.map(({ name }) => name);
  const failure = () => presets.$presets.get().error?.code;
  return { ...started, presets, names, failure };
}

it('loads all presets, page after page', async () => {
  const { client, presets, names } = await start();
  const expected: string[] = [];
  for (let count = 0; count < 45; count += 1) {
    await client.presets.create({ name: `preset ${String(count)}` });
    expected.unshift(`preset ${String(count)}`);
  }
  expect(presets.$presets.get()).toEqual({ status: 'idle', presets: [], error: null });
  const loading = presets.load();
  expect(presets.$presets.get().status).toBe('loading');
  await loading;
  expect(names()).toEqual(expected);
  expect(presets.$presets.get()).toMatchObject({ status: 'ready', error: null });
});

it('says why they could not be loaded, and can be asked again', async () => {
  const { presets, faults, failure } = await start();
  faults.set('GET /presets', () => errorResponse('storage_unavailable'));
  await failureOf(presets.load());
  expect(presets.$presets.get().status).toBe('error');
  expect(failure()).toBe('storage_unavailable');
  faults.clear();
  await presets.load();
  expect(presets.$presets.get()).toMatchObject({ status: 'ready', error: null });
});

it('shows one that is created at once, and keeps what the server made of it', async () => {
  const { presets, faults, names } = await start();
  await presets.load();
  const creating = presets.create({ name: 'Careful', parameters: { temperature: 0.1 } });
  expect(presets.$presets.get().presets).toMatchObject([{ name: 'Careful', version: 0 }]);
  const made = await creating;
  expect(presets.$presets.get().presets).toEqual([made]);
  faults.set('POST /presets', () => errorResponse('invalid_request'));
  const refused = presets.create({ name: 'Wild' });
  expect(names()).toEqual(['Wild', 'Careful']);
  expect((await failureOf(refused)).code).toBe('invalid_request');
  expect(presets.$presets.get().presets).toEqual([made]);
});

it('shows changes at once and takes back what is refused', async () => {
  const { presets, faults, names, failure } = await start();
  const { preset_id: id } = await presets.create({ name: 'Careful' });
  const changing = presets.update(id, { name: 'Exact' });
  expect(names()).toEqual(['Exact']);
  await changing;
  expect(presets.$presets.get().presets[0]?.version).toBe(2);
  faults.set(`PATCH /presets/${id}`, () => errorResponse('internal'));
  const refused = presets.update(id, { name: 'Other' });
  expect(names()).toEqual(['Other']);
  await failureOf(refused);
  expect(names()).toEqual(['Exact']);
  expect(failure()).toBe('internal');
});

it('deletes at once, and brings back in its place what is not deleted', async () => {
  const { presets, faults, names } = await start();
  for (const name of ['c', 'b', 'a']) await presets.create({ name });
  const b = presets.$presets.get().presets[1]?.preset_id ?? '';
  faults.set(`DELETE /presets/${b}`, () => errorResponse('internal'));
  const refused = presets.delete(b);
  expect(names()).toEqual(['a', 'c']);
  await failureOf(refused);
  expect(names()).toEqual(['a', 'b', 'c']);
  faults.clear();
  await presets.delete(b);
  expect(names()).toEqual(['a', 'c']);
  expect((await failureOf(presets.delete(b))).code).toBe('not_found');
  expect(names()).toEqual(['a', 'c']);
});

it('shows the next user nothing of the one before, not even late', async () => {
  const { stores, presets, faults, client, names } = await start();
  await presets.create({ name: 'kept' });
  const gate = createGate();
  faults.set('POST /presets', async () => {
    await gate.opened;
    return undefined;
  });
  const late = presets.create({ name: 'late' });
  await stores.signOut();
  expect(names()).toEqual([]);
  await client.auth.login({ email: 'other@example.com', password: 'x' });
  gate.open();
  await late;
  expect(names()).toEqual([]);
});
