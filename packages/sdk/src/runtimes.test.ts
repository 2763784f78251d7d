import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build, type Rollup } from 'vite';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createChatClient } from './create-chat-client.js';
import { createReplayServer, listenReplay } from './testing/index.js';

const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** The SDK with all it needs in one script, as bundlers make it for browsers, workers and edges. */
async function bundle(): Promise<Rollup.OutputChunk> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: { entry, name: 'sdk', formats: ['iife'] },
    },
  });
  const [{ output }] = result as [Rollup.RollupOutput];
  return output[0];
}

/** All that the SDK asks of the place it runs in; browsers, Deno, Bun and edges have them. */
const WEB_INTERFACES = [
  'AbortController',
  'AbortSignal',
  'Headers',
  'ReadableStream',
  'Request',
  'Response',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'clearTimeout',
  'crypto',
  'fetch',
  'setTimeout',
] as const;

let script: Rollup.OutputChunk;
beforeAll(async () => {
  script = await bundle();
}, 120_000);

describe('without Node', () => {
  it('is whole: nothing of Node is asked for, at once or later', () => {
    expect(script.imports).toEqual([]);
    // The live connection's chunk, which is within the same file.
    expect(script.dynamicImports.filter((id) => id !== script.fileName)).toEqual([]);
    const fromNode = script.moduleIds.filter((id) => /^node:|vite-browser-external/.test(id));
    expect(fromNode).toEqual([]);
    expect(script.moduleIds.some((id) => id.includes('socket.io-client'))).toBe(true);
    expect(script.code).not.toMatch(/\brequire\(|\bfrom "node:|__dirname/);
  });

  it('talks and streams in an edge runtime, which has web interfaces alone', async () => {
    const { url, close } = await listenReplay(
      createReplayServer({ cutAfter: (connection) => (connection === 0 ? 600 : undefined) }),
    );
    endings.push(close);
    const names = WEB_INTERFACES.map((name) => [name, globalThis[name]] as const);
    const edge = createContext(Object.fromEntries(names));
    expect(runInContext('typeof process + typeof require + typeof Buffer', edge)).toBe(
      'undefined'.repeat(3),
    );
    runInContext(script.code, edge);
    const text: unknown = await runInContext(
      `(async () => {
      const client = sdk.createChatClient({ baseUrl: '${url}' });
      const stores = sdk.createChatStores(client);
      await client.auth.login({ email: 'me@example.com', password: 'anything' });
      const text = await client.chats.send({ message: 'hello' }).toText();
      client.close();
      return stores.$conversation.get().status + ': ' + text;
    })()`,
      edge,
    );
    expect(text).toMatch(/^idle: Here is a [\s\S]*tabs travel too\.$/);
  });

  it('wants a whole address where there is no page', () => {
    expect(() => createChatClient({ baseUrl: '' })).toThrow(/whole address/);
  });
});
