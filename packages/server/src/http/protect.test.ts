import { request as httpRequest } from 'node:http';
import { REALTIME_PATH } from '@chat-playground/sdk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

const FRIEND = 'https://friend.example';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ corsOrigins: [FRIEND] });
});
afterAll(() => server.stop());

describe('pages of other sites', () => {
  const ask = (origin: string, method = 'GET') =>
    fetch(`${server.url}/api/health`, {
      method,
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('may read answers if they are on the list', async () => {
    const response = await ask(FRIEND);
    expect(response.headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(response.headers.get('vary')).toContain('Origin');
    const preflight = await ask(FRIEND, 'OPTIONS');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it.each(['https://evil.example', 'null', `${FRIEND}.evil.example`, 'http://friend.example'])(
    'may not otherwise: %s',
    async (origin) => {
      for (const response of [await ask(origin), await ask(origin, 'OPTIONS')]) {
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
      }
    },
  );

  it('never get to use credentials of the browser', async () => {
    for (const origin of [FRIEND, server.url]) {
      const response = await ask(origin);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });
});

describe('every answer', () => {
  it('forbids what the page does not need', async () => {
    const { headers } = await fetch(`${server.url}/api/health`);
    const policy = headers.get('content-security-policy');
    expect(policy?.split(';')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'"]),
    );
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('a page that its owner has rebound to this machine', () => {
  const rebound = 'rebound.attacker.example:5001';
  const ask = (path: string, host: string) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { host, origin: `http://${host}` };
      const asking = httpRequest(server.url + path, { headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      asking.on('error', reject).end();
    });

  it.each([
    '/api/health',
    '/',
    '/widget/chat-playground.js',
    `${REALTIME_PATH}/?EIO=4&transport=polling`,
  ])('gets nothing of %s, and is told which variable names hosts', async (path) => {
    const refused = await ask(path, rebound);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('ALLOWED_HOSTS');
    // The same request by a name of this machine.
    expect((await ask(path, 'localhost:5001')).status).not.toBe(403);
  });
});

it('nothing of an answer is stored, nor of an error', async () => {
  const client = await server.signUp();
  const { chat_id } = await client.chat('hello');
  const answers = [
    await client.request('getOwnUser'),
    await client.request('getChat', { params: { chat_id: 'nonsense' } }),
    await server.nobody().request('getOwnUser'),
    await server.nobody().request('login', { body: {} }),
  ];
  const stream = await client.open('streamReply', { query: { chat_id } });
  await stream.text();
  const nowhere = await fetch(`${server.url}/api/nowhere`);
  for (const { headers } of [...answers, stream, nowhere]) {
    expect(headers.get('cache-control')).toMatch(/^no-store/);
  }
});
