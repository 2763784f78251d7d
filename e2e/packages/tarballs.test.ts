import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { describe, expect, inject, it } from 'vitest';
import { PACKAGES, root } from './outside.js';

const { tarballs, folder, missing } = inject('project');

/** Compressed bytes. Most of the largest is what draws diagrams, for the playground and for script tags. */
const LARGEST = 2_500_000;

describe.each(PACKAGES)('the tarball of %s', (name) => {
  const tarball = tarballs.find((one) => one.name === `@chat-playground/${name}`);
  const files = tarball?.files ?? [];

  it('holds what is built, its licence, its changelog and how to use it', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md']));
    expect(files.filter((path) => path.startsWith('dist/')).length).toBeGreaterThan(10);
    const licence = readFileSync(join(root, 'packages', name, 'LICENSE'), 'utf8');
    expect(licence).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });

  it('holds neither sources, nor tests, nor settings, nor anything large', () => {
    const odd = /(^src\/|\.test\.|test-support|package-tests|tsconfig|\.config\.|\.env|\.wireit)/;
    expect(files.filter((path) => odd.test(path))).toEqual([]);
    expect(tarball?.size).toBeLessThan(LARGEST);
  });

  it.skipIf(missing)('has source maps that bring their sources with them', () => {
    const maps = files.filter((path) => path.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(5);
    for (const path of maps) {
      const text = readFileSync(join(folder, 'node_modules/@chat-playground', name, path), 'utf8');
      const { sources, sourcesContent = [] } = JSON.parse(text) as Record<string, string[]>;
      expect([path, sourcesContent.length]).toEqual([path, sources?.length]);
    }
  });

  it('has exports that all tools agree on', async () => {
    const bytes = readFileSync(tarball?.file ?? '');
    const content = new Uint8Array(bytes).buffer;
    const { messages } = await publint({ pack: { tarball: content }, strict: true });
    expect(messages).toEqual([]);
  });
});
