import { createSign, generateKeyPairSync } from 'node:crypto';
import jsonwebtoken, { type Algorithm } from 'jsonwebtoken';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, TEST_SECRET, type TestServer } from '../test-support/test-server.js';

let server: TestServer;
let client: TestClient;
let genuine: { sub: string; sid: string };
beforeAll(async () => {
  server = await startTestServer();
  client = await server.signUp();
  genuine = jsonwebtoken.decode(String(client.token)) as typeof genuine;
});
afterAll(() => server.stop());

const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What our own tokens say. */
const claims = () => ({
  sub: genuine.sub,
  sid: genuine.sid,
  iss: 'chat-playground',
  aud: 'chat-playground-api',
  iat: nowSeconds(),
  exp: nowSeconds() + 900,
});

/** A token like our own but for what is named; undefined leaves a claim out. */
function sign(changes: object = {}, algorithm: Algorithm = 'HS256', secret = TEST_SECRET): string {
  const payload = JSON.parse(JSON.stringify({ ...claims(), ...changes })) as object;
  return jsonwebtoken.sign(payload, secret, { algorithm });
}

async function answerTo(authorization: string | undefined) {
  const response = await fetch(`${server.url}/api/users/me`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
describe('an access token', () => {
  it('is taken when it is ours', async () => {
    expect(await answerTo(`Bearer ${client.token}`)).toEqual({ status: 200 });
    // Made as the forgeries below are, which therefore fail for what is wrong with them alone.
    expect(await answerTo(`Bearer ${sign()}`)).toEqual({ status: 200 });
    expect(await answerTo(`bearer ${sign()}`)).toEqual({ status: 200 });
  });

  it('that has expired says so, for a refresh to help', async () => {
    const expired = sign({ iat: nowSeconds() - 1000, exp: nowSeconds() - 1 });
    expect(await answerTo(`Bearer ${expired}`)).toEqual({ status: 401, code: 'token_expired' });
  });

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forgeries: Record<string, () => string> = {
    'is unsigned (alg none)': () => `${base64({ alg: 'none', typ: 'JWT' })}.${base64(claims())}.`,
    'is unsigned (alg nOnE)': () => `${base64({ alg: 'nOnE', typ: 'JWT' })}.${base64(claims())}.`,
    'is signed with HS512': () => sign({}, 'HS512'),
    'is signed with HS384': () => sign({}, 'HS384'),
    'is signed with RS256': () => {
      const body = `${base64({ alg: 'RS256', typ: 'JWT' })}.${base64(claims())}`;
      return `${body}.${createSign('RSA-SHA256').update(body).sign(privateKey, 'base64url')}`;
    },
    'is signed with a public key as secret': () =>
      sign({}, 'HS256', publicKey.export({ type: 'spki', format: 'pem' }).toString()),
    'is signed with another key': () =>
      sign({}, 'HS256', 'another secret that is also long enough'),
    'is signed with no key': () => {
      const [header, payload] = sign().split('.');
      return `${header}.${payload}.`;
    },
    'comes from another issuer': () => sign({ iss: 'someone-else' }),
    'is meant for another audience': () => sign({ aud: 'another-api' }),
    'has no audience': () => sign({ aud: undefined }),
    'is not valid yet': () => sign({ nbf: nowSeconds() + 600 }),
    'was issued in the future': () => sign({ iat: nowSeconds() + 3600 }),
    'never expires': () => sign({ exp: undefined }),
    'names no session': () => sign({ sid: undefined }),
    'names no user': () => sign({ sub: undefined }),
    'names a session that is not there': () => sign({ sid: newId() }),
    'names another user than its session': () => sign({ sub: newId() }),
    'holds operators': () => sign({ sid: { $ne: '' } }),
    'was changed': () => {
      const [header, , signature] = sign().split('.');
      return `${header}.${base64({ ...claims(), sub: newId() })}.${signature}`;
    },
    'is cut short': () => sign().slice(0, -2),
    'is not one': () => 'token',
  };

  it.each(Object.entries(forgeries))('that %s is refused', async (_, forge) => {
    const answer = await answerTo(`Bearer ${forge()}`);
    expect(answer).toEqual({ status: 401, code: 'unauthenticated' });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'token'])(
    'must be there, as a bearer: "%s"',
    async (authorization) => {
      const answer = await answerTo(authorization);
      expect(answer).toEqual({ status: 401, code: 'unauthenticated' });
    },
  );

  it('is taken from the header only', async () => {
    const response = await fetch(
      `${server.url}/api/users/me?token=${client.token}&access_token=${client.token}`,
    );
    expect(response.status).toBe(401);
  });
});
