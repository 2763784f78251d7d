import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineConfig } from 'tsup';

/** Puts `x.sse?raw` into the bundle as text, the way vite does for the tests. */
const rawText = {
  name: 'raw-text',
  setup(build: {
    onResolve: (
      options: { filter: RegExp },
      resolveImport: (args: { path: string; resolveDir: string }) => object,
    ) => void;
    onLoad: (
      options: { filter: RegExp; namespace: string },
      load: (args: { path: string }) => Promise<object>,
    ) => void;
  }) {
    build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?raw$/, '')),
      namespace: 'raw-text',
    }));
    build.onLoad({ filter: /./, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'protocol/index': 'src/protocol/index.ts',
    'testing/index': 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  sourcemap: true,
  clean: true,
  target: 'es2022',
  esbuildPlugins: [rawText],
});
