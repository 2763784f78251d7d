import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('fill.js', import.meta.url));
export const FILLER = fileURLToPath(new URL('../dist/fill-storage.js', import.meta.url));

/** Bundles the filler with the server's own adapter, which is in TypeScript and not exported. */
export async function buildFiller() {
  await build({
    entryPoints: [SOURCE],
    outfile: FILLER,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
}
