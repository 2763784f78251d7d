import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../test-support/test-client.js';
import { startTestServer, type TestServer } from '../test-support/test-server.js';
import { REUSE_GRACE_MS } from './refresh-session.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const refresh = (client: TestClient, token: string) =>
  client.request('refresh', { body: { refresh_token: token } });
const ended = { status: 401, body: { code: 'session_revoked' } };
const tokensOf = ({ body }: { body: unknown }) => body as { token: string; refresh_token: string };

async function isSignedIn(token: string): Promise<boolean> {
  return (
    (
      await server.nobody().request('getOwnUser', {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status === 200
  );
}

describe('refreshing', () => {
  it('gives a new pair, again and again', async () => {
    const client = await server.signUp();
    const seen = new Set([client.refreshToken]);
    let current = client.refreshToken;
    for (let round = 0; round < 3; round += 1) {
      const answer = await refresh(client, current);
      expect(answer).toMatchObject({ status: 200, body: { user: client.user, expires_in: 900 } });
      current = tokensOf(answer).refresh_token;
      expect(await isSignedIn(tokensOf(answer).token)).toBe(true);
      seen.add(current);
    }
    expect(seen.size).toBe(4);
  });

  it('gives racing tabs the same successor, and none of them is signed out', async () => {
    const client = await server.signUp();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refresh(client, client.refreshToken)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const successors = new Set(answers.map((answer) => tokensOf(answer).refresh_token));
    expect(successors.size).toBe(1);
    const [successor] = successors;
    server.advanceClock(REUSE_GRACE_MS * 2);
    expect(await refresh(client, String(successor))).toMatchObject({ status: 200 });
  });

  it('takes an old token, after a few seconds, for a theft and ends the session', async () => {
    const client = await server.signUp();
    const bystander = await server.signUp();
    const next = tokensOf(await refresh(client, client.refreshToken));
    server.advanceClock(REUSE_GRACE_MS + 1);
    expect(await refresh(client, client.refreshToken)).toMatchObject(ended);
    expect(await refresh(client, next.refresh_token)).toMatchObject(ended);
    expect(await isSignedIn(next.token)).toBe(false);
    expect(await refresh(bystander, bystander.refreshToken)).toMatchObject({ status: 200 });
  });

  it('takes the token before the last for a theft at once', async () => {
    const client = await server.signUp();
    const second = tokensOf(await refresh(client, client.refreshToken));
    const third = tokensOf(await refresh(client, second.refresh_token));
    expect(await refresh(client, client.refreshToken)).toMatchObject(ended);
    expect(await refresh(client, third.refresh_token)).toMatchObject(ended);
  });

  it('lets no one end a session with a token we did not make', async () => {
    const client = await server.signUp();
    const [sessionId, secret, seal] = client.refreshToken.split('.');
    const forgeries = [
      `${sessionId}.${'A'.repeat(43)}.${seal}`,
      `${sessionId}.${secret}.${'A'.repeat(43)}`,
      `${sessionId}.${secret}`,
      `${sessionId}`,
      `${client.refreshToken}.x`,
      String(client.token),
    ];
    for (const forged of forgeries) expect(await refresh(client, forged)).toMatchObject(ended);
    expect(await refresh(client, client.refreshToken)).toMatchObject({ status: 200 });
  });

  it('does nothing for a session nobody used for a month', async () => {
    const client = await server.signUp();
    server.advanceClock(30 * 24 * 60 * 60 * 1000);
    expect(await refresh(client, client.refreshToken)).toMatchObject(ended);
  });

  it('keeps no token in the database', async () => {
    const client = await server.signUp();
    const session = await server.storage.findSession(String(client.refreshToken.split('.')[0]));
    expect(session?.userId).toBe(client.user.user_id);
    const [, secret] = client.refreshToken.split('.');
    expect(JSON.stringify(session)).not.toContain(secret);
  });
});
