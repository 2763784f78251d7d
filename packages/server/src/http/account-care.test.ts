import { exportLineSchema } from '@chat-playground/sdk/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEchoProvider } from '../test-support/echo-provider.js';
import { PASSWORD, type TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  client = await server.signUp();
});
afterAll(() => server.stop());

async function signInAgain(userAgent = 'another device', password = PASSWORD): Promise<TestClient> {
  const device = server.nobody();
  const { token, refresh_token } = await device.call('login', {
    body: { email: client.user.email, password },
    headers: { 'user-agent': userAgent },
  });
  return Object.assign(device, { token, refreshToken: refresh_token, user: client.user });
}

const isSignedIn = async (device: TestClient) =>
  (await device.request('getOwnUser')).status === 200;

describe('sessions', () => {
  it('are listed, this one marked', async () => {
    await signInAgain('Firefox on a phone');
    const { sessions } = await client.call('listSessions');
    expect(sessions).toHaveLength(2);
    expect(sessions.map(({ current }) => current).toSorted()).toEqual([false, true]);
    expect(sessions.find(({ current }) => !current)?.user_agent).toBe('Firefox on a phone');
    expect(JSON.stringify(sessions)).not.toMatch(/hash/i);
  });

  it('end one by one, or all but this one', async () => {
    const [phone, laptop, tablet] = [
      await signInAgain('phone'),
      await signInAgain(),
      await signInAgain(),
    ];
    const { sessions } = await client.call('listSessions');
    const session_id = sessions.find(({ user_agent }) => user_agent === 'phone')?.session_id ?? '';
    await client.call('revokeSession', { params: { session_id } });
    expect(await isSignedIn(phone)).toBe(false);
    expect(await isSignedIn(laptop)).toBe(true);
    const again = await client.request('revokeSession', { params: { session_id } });
    expect(again).toMatchObject({ status: 404 });

    expect(await client.call('revokeOtherSessions')).toMatchObject({ revoked: 2 });
    expect(await isSignedIn(laptop)).toBe(false);
    expect(await isSignedIn(tablet)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
    const refreshed = await laptop.request('refresh', {
      body: { refresh_token: laptop.refreshToken },
    });
    expect(refreshed).toMatchObject({ status: 401, body: { code: 'session_revoked' } });
  });
});

describe('changing the password', () => {
  it('needs the current one, and signs out everyone else', async () => {
    const elsewhere = await signInAgain();
    const change = (current_password: string, new_password: string) =>
      client.request('changePassword', { body: { current_password, new_password } });
    expect(await change('not the password', 'a new password')).toMatchObject({
      status: 400,
      body: { details: [{ field: 'body.current_password', message: 'is not your password' }] },
    });
    expect(await isSignedIn(elsewhere)).toBe(true);
    expect(await change(PASSWORD, 'short')).toMatchObject({
      body: { details: [{ field: 'body.new_password' }] },
    });
    expect(await change(PASSWORD, 'a new password')).toMatchObject({ status: 200 });
    expect(await isSignedIn(elsewhere)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
    await expect(signInAgain()).rejects.toThrow('invalid_credentials');
    expect(await isSignedIn(await signInAgain('', 'a new password'))).toBe(true);
  });
});

describe('deleting the account', () => {
  it('needs the password, and leaves nothing', async () => {
    const elsewhere = await signInAgain();
    const { chat_id } = await client.chat('hello');
    const wrong = await client.request('deleteAccount', { body: { password: 'wrong' } });
    expect(wrong).toMatchObject({ status: 400, body: { details: [{ field: 'body.password' }] } });
    expect(await isSignedIn(client)).toBe(true);

    await client.call('deleteAccount', { body: { password: PASSWORD } });
    for (const device of [client, elsewhere]) expect(await isSignedIn(device)).toBe(false);
    await expect(signInAgain()).rejects.toThrow('invalid_credentials');
    expect(await server.storage.findChat(client.user.user_id, chat_id)).toBeNull();
    const newcomer = server.nobody();
    await newcomer.register(client.user.username);
    expect((await newcomer.call('listChats')).chats).toEqual([]);
  });

  it('stops what is being written for it', async () => {
    const provider = createEchoProvider();
    const own = await startTestServer({ providers: [provider] });
    const someone = await own.signUp();
    const { chat_id } = await someone.call('sendMessage', { body: { message: 'please wait now' } });
    const stream = await someone.open('streamReply', { query: { chat_id } });
    await someone.call('deleteAccount', { body: { password: PASSWORD } });
    // The stream ends though the provider never does.
    expect(await stream.text()).not.toContain('now');
    await own.stop();
  });
});

describe('an export', () => {
  it('holds all that is one’s own and nothing else, a line each', async () => {
    const stranger = await server.signUp();
    await stranger.chat('a stranger’s secret');
    await client.call('createPreset', {
      body: { name: 'Careful', parameters: { temperature: 0 } },
    });
    const { chat_id, message_id } = await client.chat('a question');
    await client.chat('edited', { chat_id, message_id });

    const { status, headers, body } = await client.request('exportData');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('attachment');
    const lines = String(body).trimEnd().split('\n');
    const parsed = lines.map((line) => exportLineSchema.parse(JSON.parse(line)));
    expect(parsed.map(({ kind }) => kind)).toEqual([
      'user',
      'preset',
      'chat',
      ...Array.from({ length: 4 }, () => 'message'),
      'usage',
      'usage',
    ]);
    const texts = parsed.flatMap((line) => (line.kind === 'message' ? [line.message.content] : []));
    expect(texts).toEqual(['a question', 'a question', 'edited', 'edited']);
    expect(body).not.toContain('secret');
    expect(body).not.toMatch(/argon2|hash/i);
  });
});

describe('a password that another keyboard writes differently', () => {
  const composed = 'p\u00e2t\u00e9 \u00e0 l\u2019\u0153uf';
  const decomposed = composed.normalize('NFD');

  it('signs in, is changed and deletes the account in either form', async () => {
    const body = { current_password: PASSWORD, new_password: decomposed };
    await client.call('changePassword', { body });
    await signInAgain('phone', composed);
    const back = { current_password: composed, new_password: composed };
    await client.call('changePassword', { body: back });
    await signInAgain('phone', decomposed);
    expect(
      await client.request('deleteAccount', { body: { password: `${decomposed}!` } }),
    ).toMatchObject({ status: 400 });
    await client.call('deleteAccount', { body: { password: decomposed } });
  });

  it('is as long as its one form', async () => {
    const change = (new_password: string) =>
      client.request('changePassword', { body: { current_password: PASSWORD, new_password } });
    expect(await change('\u00e9'.repeat(4).normalize('NFD'))).toMatchObject({ status: 400 });
    const longest = '\u1ec7'.repeat(200).normalize('NFD');
    expect(await change(longest)).toMatchObject({ status: 200 });
    await signInAgain('phone', longest);
    expect(await change(`${longest}x`)).toMatchObject({ status: 400 });
    const email = client.user.email;
    const tooLong = { email, password: `${longest}x` };
    expect(await server.nobody().request('login', { body: tooLong })).toMatchObject({
      status: 400,
    });
  });
});

it('takes an e-mail address in full-width letters and with spaces around it for the plain one', async () => {
  const wide = [...client.user.email.toUpperCase()]
    .map((letter) =>
      /[A-Z0-9]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter,
    )
    .join('');
  const body = { email: ` ${wide} `, password: PASSWORD };
  expect(await server.nobody().request('login', { body })).toMatchObject({
    status: 200,
    body: { user: client.user },
  });
});
