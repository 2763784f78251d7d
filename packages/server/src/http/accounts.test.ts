import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('registering', () => {
  it('creates an account and signs in', async () => {
    const client = server.nobody();
    const auth = await client.register('Ada Lovelace');
    expect(auth).toMatchObject({
      username: 'Ada Lovelace',
      email: 'ada.lovelace@example.org',
      expires_in: 900,
    });
    expect(await client.call('getOwnUser')).toEqual(auth.user);
    expect(await client.call('getUser', { params: { user_id: auth.user.user_id } })).toEqual(
      auth.user,
    );
  });

  it('gives a name and an address to one account only, whatever their case', async () => {
    const { user } = await server.signUp('Grace');
    const again = (body: object) =>
      server.nobody().request('register', {
        body: { username: 'other', email: 'other@example.org', password: PASSWORD, ...body },
      });
    expect(await again({ email: user.email.toUpperCase() })).toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    });
    expect(await again({ username: 'GRACE' })).toMatchObject({
      status: 409,
      body: { code: 'username_taken' },
    });
  });

  it('names every field that is wrong', async () => {
    const body = { username: '<script>', email: 'nowhere', password: 'short' };
    const answer = await server.nobody().request('register', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      code: 'invalid_request',
      request_id: answer.headers.get('x-request-id'),
      details: [
        { field: 'body.username', message: expect.stringContaining('must start with a letter') },
        { field: 'body.email', message: 'must be an e-mail address' },
        { field: 'body.password', message: 'must have at least 8 characters' },
      ],
    });
  });
});

describe('signing in', () => {
  it('takes the right password and no other, and does not tell which part was wrong', async () => {
    const { user } = await server.signUp('Linus');
    const logIn = (email: string, password: string) =>
      server.nobody().request('login', { body: { email, password } });
    expect(await logIn(user.email.toUpperCase(), PASSWORD)).toMatchObject({
      status: 200,
      body: { user },
    });
    const wrong = await logIn(user.email, 'wrong password');
    const unknown = await logIn('nobody@example.org', PASSWORD);
    for (const { status, body } of [wrong, unknown]) {
      expect(status).toBe(401);
      expect(body).toMatchObject({
        code: 'invalid_credentials',
        message: 'Wrong e-mail address or password.',
      });
    }
  });

  it('ends with signing out, for this session alone', async () => {
    const here = await server.signUp('Margaret');
    const elsewhere = server.nobody();
    const { token } = await elsewhere.call('login', {
      body: { email: here.user.email, password: PASSWORD },
    });
    elsewhere.token = token;
    await here.call('logout');
    expect(await here.request('getOwnUser')).toMatchObject({
      status: 401,
      body: { code: 'session_revoked' },
    });
    expect(await elsewhere.call('getOwnUser')).toEqual(here.user);
    const body = { refresh_token: here.refreshToken };
    expect(await here.request('refresh', { body })).toMatchObject({
      status: 401,
      body: { code: 'session_revoked' },
    });
  });
});
