import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PAGES = fileURLToPath(new URL('../pages/', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../dist/', import.meta.url));
const WIDGET = fileURLToPath(new URL('../../packages/widget/', import.meta.url));
const SDK = fileURLToPath(new URL('../../packages/sdk/', import.meta.url));

/**
 * Bundles pages/<name>.js the way an application would: for production, minified, what is loaded
 * lazily in files of its own. Widget and SDK are taken from their sources, as their own builds do.
 *
 * @param {readonly string[]} names
 * @returns {Promise<import('esbuild').Metafile>} what became of what
 */
export async function bundlePages(names) {
  const { metafile } = await build({
    entryPoints: names.map((name) => `${PAGES}${name}.js`),
    outdir: OUTPUT,
    bundle: true,
    splitting: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.json': 'json' },
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: `${WIDGET}tsconfig.json`,
    alias: {
      '@chat-playground/widget/define': `${WIDGET}src/define.ts`,
      '@chat-playground/sdk': `${SDK}src/index.ts`,
    },
    logLevel: 'error',
  });
  return metafile;
}

export { OUTPUT as bundleDirectory };
