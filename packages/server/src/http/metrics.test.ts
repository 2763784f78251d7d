import { expect, it } from 'vitest';
import { createPrometheusMetrics } from '../adapters/prometheus/prometheus-metrics.js';
import { startTestServer } from '../test-support/test-server.js';

const TOKEN = 'a-token-for-metrics';

it('metrics are for those who hold their token, and name nobody', async () => {
  const recorder = createPrometheusMetrics();
  const server = await startTestServer({ metrics: { recorder, token: TOKEN } });
  const client = await server.signUp();
  const { chat_id } = await client.chat('hello');
  await client.request('deleteChat', { body: { chat_id: 'x' } });

  const read = (authorization: string) =>
    server.nobody().request('getMetrics', { headers: { authorization } });
  const { status, headers, body } = await read(`Bearer ${TOKEN}`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/plain');
  expect(body).toMatch(/request_seconds_count\{endpoint="register",status="201"\} 1/);
  expect(body).toMatch(/request_seconds_count\{endpoint="deleteChat",status="400"\} 1/);
  expect(body).toContain('chat_playground_open_streams 0');
  expect(body).not.toContain(chat_id);
  expect(body).not.toContain(client.user.user_id);

  for (const wrong of ['', 'Bearer x', `Bearer ${TOKEN}x`, `Bearer ${client.token}`]) {
    expect(await read(wrong)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  await server.stop();
});

it('there are none where no token was set', async () => {
  const server = await startTestServer();
  const headers = { authorization: 'Bearer undefined' };
  expect(await server.nobody().request('getMetrics', { headers })).toMatchObject({ status: 404 });
  await server.stop();
});
