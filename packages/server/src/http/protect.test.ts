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
