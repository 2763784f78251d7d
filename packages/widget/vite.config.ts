import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm start` puts the server. */
const SERVER = 'http://localhost:5001';

/** The page the server shows, or, in mode `standalone`, the one file for a script tag. */
export default defineConfig(({ mode }) => ({
  root: fromHere('playground'),
  base: mode === 'standalone' ? './' : '/',
  build: {
    ...(mode === 'standalone' ? standalone() : playground()),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '/api': { target: SERVER, ws: true } },
  },
}));

function playground() {
  return {
    outDir: fromHere('dist/playground'),
    // The page forbids inline anything, data: fonts and styles included.
    assetsInlineLimit: 0,
  };
}

function standalone() {
  return {
    outDir: fromHere('dist/standalone'),
    lib: { entry: fromHere('src/define.ts'), formats: ['es' as const] },
    rolldownOptions: {
      output: {
        entryFileNames: 'chat-playground.js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  };
}
