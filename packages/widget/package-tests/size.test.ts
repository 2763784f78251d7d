import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('stays within its size', () => {
  const script = fileURLToPath(new URL('../scripts/size.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(status, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/playground: [\d.]+ kB .*\nstandalone: [\d.]+ kB /);
});
