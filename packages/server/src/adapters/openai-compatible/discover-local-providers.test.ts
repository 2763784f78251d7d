import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startScriptedUpstream,
  type ScriptedUpstream,
} from '../../test-support/scripted-upstream.js';
import { discoverLocalProviders, type LocalCandidate } from './discover-local-providers.js';

const signal = new AbortController().signal;
let upstream: ScriptedUpstream;
beforeEach(async () => {
  upstream = await startScriptedUpstream();
});
afterEach(() => upstream.close());

const candidate = (name: string, baseUrl: string): LocalCandidate => ({
  name,
  preset: 'ollama',
  base_url: baseUrl,
});

describe('discoverLocalProviders', () => {
  it('finds a server that lists models, and only that', async () => {
    const other = await startScriptedUpstream();
    other.listModels({ do: 'status', status: 200, body: '<html>A web page</html>' });
    const gone = await startScriptedUpstream();
    await gone.close();
    const found = await discoverLocalProviders({
      signal,
      timeoutMs: 2_000,
      candidates: [
        candidate('gone', gone.baseUrl),
        candidate('page', other.baseUrl),
        candidate('real', upstream.baseUrl),
      ],
    });
    expect(found).toEqual([candidate('real', upstream.baseUrl)]);
    await other.close();
  });

  it('leaves out a server without a model, and one that redirects', async () => {
    upstream.listModels({ do: 'status', status: 200, body: { data: [] } });
    const candidates = [candidate('x', upstream.baseUrl)];
    expect(await discoverLocalProviders({ signal, candidates })).toEqual([]);
    upstream.listModels({
      do: 'status',
      status: 302,
      headers: { location: 'http://127.0.0.1:1/' },
    });
    expect(await discoverLocalProviders({ signal, candidates })).toEqual([]);
  });

  it('does not wait for one that accepts and says nothing', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const candidates = [candidate('silent', `http://127.0.0.1:${port}/v1`)];
    expect(await discoverLocalProviders({ signal, timeoutMs: 20, candidates })).toEqual([]);
    silent.close();
  });
});
