import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('fill.js', import.meta.url));
const OUTPUT = fileURLToPath(new URL('../dist/fill-storage.js', import.meta.url));

/** The filler with the server's own adapter, which is in TypeScript and not part of what it exports. */
export async function loadFill() {
  await build({
    entryPoints: [SOURCE],
    outfile: OUTPUT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  const { fill } = await import(pathToFileURL(OUTPUT).href);
  return fill;
}
