import assert from 'node:assert/strict';
import { test } from 'node:test';

test('importing the classes where there is no browser does nothing', async () => {
  const before = Object.keys(globalThis);
  const { ChatPlayground } = await import('../dist/index.js');
  assert.equal(typeof ChatPlayground, 'function');
  const added = Object.keys(globalThis).filter((name) => !before.includes(name));
  assert.deepEqual(
    added.filter((name) => name.startsWith('cp') || name === 'document' || name === 'window'),
    [],
  );
});

test('registering where there is no browser does not fail', async () => {
  await import('../dist/define.js');
});
