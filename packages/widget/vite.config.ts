import { fileURLToPath } from 'node:url';
import { defineConfig, type BuildOptions, type Plugin } from 'vite';

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where `npm start` puts the server. */
const SERVER = 'http://localhost:5001';

/** The page the server shows. */
const PLAYGROUND: BuildOptions = {
  outDir: fromHere('dist/playground'),
  // The page's policy forbids `data:` scripts, styles and fonts.
  assetsInlineLimit: 0,
};

/** One file for a script tag, with what it fetches later beside it. */
const STANDALONE: BuildOptions = {
  outDir: fromHere('dist/standalone'),
  copyPublicDir: false,
  rolldownOptions: {
    input: fromHere('src/define.ts'),
    output: {
      entryFileNames: 'chat-playground.js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    },
  },
};

/**
 * Takes comments and indentation out of the elements' styles, which no minifier of scripts may touch:
 * they are for readers of the source, and every visitor would pay for them.
 */
function shortenStyles(): Plugin {
  const literal = /(?<=\bcss`)[^`]*(?=`)/g;
  const shorten = (css: string): string =>
    css.replace(/\/\*[^]*?\*\//g, '').replace(/\s*\n\s*/g, '\n');
  return {
    name: 'shorten-styles',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: 'css`' },
      handler: (code) => ({ code: code.replace(literal, shorten), map: null }),
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [shortenStyles()],
  root: fromHere('playground'),
  // Wherever the files are put, below a path of a proxy too, they find one another.
  base: './',
  build: {
    ...(mode === 'standalone' ? STANDALONE : PLAYGROUND),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '/api': { target: SERVER, ws: true } },
  },
}));
