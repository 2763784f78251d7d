import { endpoints } from '@chat-playground/sdk/protocol';
import { expect, it } from 'vitest';
import { startTestServer } from '../test-support/test-server.js';
import { createDocsPage } from './docs-page.js';

it('the API can be read as a page, without scripts', async () => {
  const server = await startTestServer();
  const { status, headers, body } = await server.nobody().request('getDocs');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/html');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; frame-ancestors 'self'$/,
  );
  for (const name of Object.keys(endpoints)) expect(body).toContain(`id="${name}"`);
  expect(body).toContain('at most 200000 characters');
  expect(body).not.toMatch(/<script|style="/);
  await server.stop();
});

it('what a description holds cannot become markup', () => {
  const operation = {
    operationId: 'x"><script>',
    summary: '<img src=x onerror=alert(1)>',
    tags: ['"><svg>'],
    security: [],
    parameters: [],
    responses: { 200: { description: '</details>', content: { '</pre>': { schema: {} } } } },
  };
  const { html } = createDocsPage({ openapi: '3.1.0', paths: { '/<b>': { get: operation } } });
  for (const markup of ['<script>', '<img', '<svg', '<b>', '</pre>"', ': </details>']) {
    expect(html).not.toContain(markup);
  }
});
