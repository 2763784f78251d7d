import { API_PREFIX, endpoints } from '@chat-playground/sdk/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../test-support/test-server.js';
import type { Handlers } from './handler.js';
import { createRouter } from './router.js';
import { createLiveStreams } from './live-streams.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe('the router', () => {
  it('has the routes of the protocol and no others', () => {
    const router = createRouter({
      handlers: {} as Handlers,
      authenticate: () => Promise.reject(new Error('not asked')),
      liveStreams: createLiveStreams(),
      prefixOf: () => undefined,
    });
    const routes = router.stack.flatMap(({ route }) =>
      // The last one of each refuses whatever the others do not take.
      (route?.stack.slice(0, -1) ?? []).map(({ method }) => `${method} ${route?.path}`),
    );
    const table = Object.values(endpoints).map(
      ({ method, path }) => `${method.toLowerCase()} ${path}`,
    );
    expect(routes.toSorted()).toEqual(table.toSorted());
    expect(router.stack.every(({ route }) => route)).toBe(true);
    // Literal segments come before the parameters that would swallow them.
    const paths = router.stack.map(({ route }) => route?.path);
    expect(paths.indexOf('/users/me')).toBeLessThan(paths.indexOf('/users/:user_id'));
    expect(paths.indexOf('/chats/stream')).toBeLessThan(paths.indexOf('/chats/:chat_id'));
    expect(paths.indexOf('/chats/messages')).toBeLessThan(paths.indexOf('/chats/:chat_id'));
  });

  it.each([
    ['DELETE', '/chats', 'POST, GET'],
    ['GET', '/chats/vote', 'POST'],
    ['PUT', '/users/me', 'GET'],
  ])('answers %s %s with what is allowed there', async (method, path, allowed) => {
    const response = await fetch(server.url + API_PREFIX + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')?.split(', ').toSorted()).toEqual(
      allowed.split(', ').toSorted(),
    );
    expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it.each([
    ['GET', '/nothing'],
    ['POST', '/nothing'],
    ['GET', '/Users/me'],
    ['GET', '/users/%E0%A4%A'],
    ['GET', '/chats/../../etc/passwd%00'],
  ])('answers %s %s with a 404 in JSON', async (method, path) => {
    const response = await fetch(server.url + API_PREFIX + path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      code: 'not_found',
      message: expect.any(String),
      request_id: response.headers.get('x-request-id'),
    });
  });

  it('names each request, by the caller’s own id if that is harmless', async () => {
    const idFor = async (given: string) => {
      const answer = await server
        .nobody()
        .request('health', { headers: { 'x-request-id': given } });
      return answer.headers.get('x-request-id');
    };
    expect(await idFor('trace-42_a')).toBe('trace-42_a');
    expect(await idFor('a b"c')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says what went wrong inside to the log and not to the caller', async () => {
    const { storage } = server;
    const client = await server.signUp();
    const failing = await startTestServer({
      storage: {
        ...storage,
        listChats: () => Promise.reject(new Error('secret table is missing')),
      },
    });
    const answer = await failing.nobody().request('listChats', {
      headers: { authorization: `Bearer ${client.token}` },
    });
    await failing.stop();
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      code: 'internal',
      message: 'Something went wrong on the server.',
      request_id: answer.headers.get('x-request-id'),
    });
    const logged = failing.logLines().join('');
    expect(logged).toContain('secret table is missing');
    expect(logged).toContain(String(answer.headers.get('x-request-id')));
  });
});
