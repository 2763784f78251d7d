import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../test-support/test-server.js';
import { startTroubledProxy, type Trouble } from '../../test-support/troubled-proxy.js';
import { checkEncryption } from './check-answers.js';
import { diagnose, type Diagnosis } from './diagnose.js';
import type { CheckName } from './finding.js';
import { createVisit } from './visit.js';

const FRIEND = 'https://friend.example';
const SCRIPT = `export const text = '${'x'.repeat(5_000)}';`;

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<script src="/assets/index-4f2a.js"></script>');
  await writeFile(join(folder, 'assets', 'index-4f2a.js'), SCRIPT);
  server = await startServer();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const startServer = (corsOrigins = [FRIEND]) =>
  startTestServer({ corsOrigins, playgroundDirectory: folder, trustProxy: 1 });

function visit(url: string, { origin = FRIEND, idleSeconds = 0 } = {}): Promise<Diagnosis> {
  return diagnose(createVisit({ url, origin, idleSeconds }));
}

let visitors = 0;

/** As someone who was never here, for visits are counted by address. */
async function visitThrough(trouble: Trouble, options?: Parameters<typeof visit>[1]) {
  const address = `203.0.113.${(visitors += 1)}`;
  const proxy = await startTroubledProxy(server.url, {
    ...trouble,
    requestHeaders(headers) {
      const named = { ...headers, 'x-forwarded-for': address };
      return trouble.requestHeaders?.(named) ?? named;
    },
  });
  const diagnosis = await visit(proxy.url, options);
  await proxy.stop();
  return diagnosis;
}

const verdictsOf = ({ findings }: Diagnosis) =>
  Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict]));
const finding = ({ findings }: Diagnosis, check: CheckName) =>
  findings.find((one) => one.check === check);

const WELL = {
  reachable: 'ok',
  encryption: 'ok',
  ready: 'ok',
  streams: 'ok',
  idle: 'skipped',
  websocket: 'ok',
  'own page': 'ok',
  cors: 'ok',
  clock: 'ok',
  assets: 'ok',
};

it('finds nothing wrong where nothing is, with or without a proxy', async () => {
  const direct = await visit(server.url, { idleSeconds: 1 });
  expect(verdictsOf(direct)).toEqual({ ...WELL, idle: 'ok' });
  expect(direct).toMatchObject({ ok: true, version: '0.0.0-test' });
  expect(verdictsOf(await visitThrough({}))).toEqual(WELL);
});

describe.concurrent('a proxy that', () => {
  const named: [string, Trouble, Partial<Record<CheckName, string>>, CheckName, RegExp][] = [
    [
      'holds answers back',
      { isBuffering: true },
      { streams: 'failed' },
      'streams',
      /arrived over 0\.\d s: .*holds them back.*proxy_buffering off/,
    ],
    [
      'knows no upgrades',
      { dropsUpgrades: true },
      { websocket: 'failed' },
      'websocket',
      /answered with status 400.*proxy_set_header Upgrade/,
    ],
    [
      'says CORS headers of its own',
      { answerHeaders: (headers) => ({ ...headers, 'access-control-allow-origin': '*, *' }) },
      { cors: 'failed' },
      'cors',
      /"\*, \*".*remove add_header/,
    ],
    [
      'answers preflights itself',
      { answer: ({ method }) => (method === 'OPTIONS' ? { status: 405 } : undefined) },
      { cors: 'failed' },
      'cors',
      /keep preflights from pages of https:\/\/friend\.example/,
    ],
    [
      'keeps the Host header to itself',
      { requestHeaders: (headers) => ({ ...headers, host: 'backend:5001' }) },
      { 'own page': 'failed', websocket: 'failed' },
      'own page',
      /does not pass the Host header.*proxy_set_header Host/,
    ],
    [
      'has the wrong time',
      {
        answerHeaders: (headers) => ({
          ...headers,
          date: new Date(Date.now() + 300_000).toUTCString(),
        }),
      },
      { clock: 'failed' },
      'clock',
      /(299|300|301) s ahead.*timedatectl/,
    ],
    [
      'has assets sent anew and uncompressed',
      {
        requestHeaders: (headers) => ({ ...headers, 'accept-encoding': 'identity' }),
      },
      { assets: 'warning' },
      'assets',
      /travels uncompressed.*Accept-Encoding/,
    ],
    [
      'forbids keeping anything',
      { answerHeaders: (headers) => ({ ...headers, 'cache-control': 'no-store' }) },
      { assets: 'warning' },
      'assets',
      /asked for at every visit.*no-store/,
    ],
    [
      'keeps the page',
      { answerHeaders: (headers) => ({ ...headers, 'cache-control': 'max-age=3600' }) },
      { assets: 'warning' },
      'assets',
      /The page itself is kept/,
    ],
  ];

  it.each(named)(
    '%s is found out, and nothing else is',
    async (_what, trouble, wrong, check, text) => {
      const diagnosis = await visitThrough(trouble);
      expect(verdictsOf(diagnosis)).toEqual({ ...WELL, ...wrong });
      expect(diagnosis.ok).toBe(!Object.values(wrong).includes('failed'));
      const { found, advice } = finding(diagnosis, check) ?? {};
      expect([found, ...(advice ?? [])].join(' ')).toMatch(text);
    },
  );

  it('cuts quiet connections is found out', async () => {
    const diagnosis = await visitThrough({ idleMs: 1_000 }, { idleSeconds: 5 });
    expect(verdictsOf(diagnosis)).toEqual({ ...WELL, idle: 'failed' });
    const { found, advice } = finding(diagnosis, 'idle') ?? {};
    expect(found).toMatch(/cut after [1-4]\.\d s without an event/);
    expect(advice?.join()).toContain('proxy_read_timeout');
  });

  it.each([
    [
      'sends on elsewhere',
      301,
      { location: 'https://chat.example/api/health' },
      /sends on to https:\/\/chat\.example\/;/,
    ],
    ['has no server behind it', 502, {}, /A proxy answers \(status 502\)/],
    ['leads somewhere else', 200, {}, /Something else answers/],
  ])('%s ends the visit', async (_what, status, headers, text) => {
    const diagnosis = await visitThrough({ answer: () => ({ status, headers }) });
    expect(diagnosis).toMatchObject({ ok: false, version: null });
    expect(finding(diagnosis, 'reachable')?.found).toMatch(text);
    expect(new Set(diagnosis.findings.slice(1).map(({ verdict }) => verdict))).toEqual(
      new Set(['skipped']),
    );
  });
});

describe.concurrent('a server that', () => {
  it('does not allow a site, or allows all, is found out', async () => {
    const refusing = await visit(server.url, { origin: 'https://other.example' });
    expect(verdictsOf(refusing)).toEqual({ ...WELL, cors: 'failed', websocket: 'failed' });
    const open = await startServer(['*']);
    expect(verdictsOf(await visit(open.url))).toEqual({ ...WELL, cors: 'warning' });
    await open.stop();
  });

  it('has lost its database is found out', async () => {
    const broken = await startServer();
    await broken.storage.close();
    const diagnosis = await visit(broken.url);
    expect(verdictsOf(diagnosis)).toEqual({ ...WELL, ready: 'failed' });
    await broken.stop();
  });

  it('is asked too often is not called broken', async () => {
    const busy = await startServer();
    for (let count = 0; count < 12; count += 1) {
      await (await busy.nobody().open('probeStream')).body?.cancel();
    }
    const diagnosis = await visit(busy.url);
    expect(verdictsOf(diagnosis)).toEqual({ ...WELL, streams: 'skipped' });
    await busy.stop();
  });
});

describe('no answer at all', () => {
  const reach = async (url: string) => finding(await visit(url), 'reachable');

  it('is told from a name that leads nowhere', async () => {
    expect(await reach('http://nowhere.invalid')).toMatchObject({
      verdict: 'failed',
      found: expect.stringContaining('DNS'),
    });
  });

  it('is told from a port that is closed, or speaks no TLS', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect((await reach(`https://127.0.0.1:${port}`))?.found).toContain('does not speak TLS');
    other.close();
    await once(other, 'close');
    expect((await reach(`http://127.0.0.1:${port}`))?.found).toBe('Nothing listens there.');
  });
});

it('calls passwords in the open what they are, on any host but this machine', () => {
  const hosts = { 'http://chat.example': 'failed', 'http://localhost:1': 'ok' };
  for (const [url, verdict] of Object.entries(hosts)) {
    const greeting = { version: '1', clock: null, headers: new Headers() };
    const asked = createVisit({ url, idleSeconds: 0 });
    expect(checkEncryption(asked, greeting)).toMatchObject({ verdict });
  }
  const secure = createVisit({ url: 'https://chat.example', idleSeconds: 0 });
  const headers = new Headers({ 'strict-transport-security': 'max-age=1' });
  const without = { version: '1', clock: null, headers: new Headers() };
  expect(checkEncryption(secure, { ...without, headers })).toMatchObject({ verdict: 'ok' });
  expect(checkEncryption(secure, without)).toMatchObject({ verdict: 'warning' });
});
