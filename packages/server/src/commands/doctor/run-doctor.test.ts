import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildProgram, type BuiltProgram } from '../../test-support/built-program.js';
import { startTestServer, type TestServer } from '../../test-support/test-server.js';
import { startTroubledProxy, type TroubledProxy } from '../../test-support/troubled-proxy.js';

let program: BuiltProgram;
let server: TestServer;
let proxy: TroubledProxy;
beforeAll(async () => {
  program = await buildProgram();
  server = await startTestServer();
  proxy = await startTroubledProxy(server.url, { isBuffering: true });
});
afterAll(async () => {
  program.killAll();
  await program.remove();
  await proxy.stop();
  await server.stop();
});

const run = (...args: string[]) => {
  const options = { args: ['doctor', '--idle', '0', ...args], environment: {} };
  return program.run({ ...options, directory: tmpdir() }).ended;
};

it('reports, line by line, and ends with a code that scripts can use', async () => {
  const [well, ill] = await Promise.all([run(server.url), run(proxy.url)]);
  expect(well).toMatchObject({ code: 0, errors: '' });
  expect(well.output).toContain(`The doctor’s report on ${server.url}/`);
  expect(well.output).toMatch(/ {2}ok +streams +5 events/);
  expect(well.output).toMatch(/All is well\.\n$/);
  expect(ill).toMatchObject({ code: 1, errors: '' });
  expect(ill.output).toMatch(/ {2}FAILED +streams .*\n +→ nginx: proxy_buffering off;/);
  expect(ill.output).toContain('1 failed, 0 to improve.');
});

it('reports to programs', async () => {
  const { code, output } = await run(proxy.url, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(output)).toMatchObject({
    url: `${proxy.url}/`,
    version: '0.0.0-test',
    ok: false,
    findings: expect.arrayContaining([
      expect.objectContaining({ check: 'streams', verdict: 'failed' }),
    ]),
  });
});
