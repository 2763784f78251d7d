import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  spawnNpmStart,
  spawnServer,
  startServer,
  waitForAddress,
} from './support/server-process.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-playground-start-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a start that must fail, to its end. */
async function failToStart(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawnServer({ DATA_DIR: join(folder, 'data'), ...env });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number>((resolve) => child.once('close', (c) => resolve(c ?? -1)));
  return { code, said: said.trim() };
}

function expectOneSentence(said: string): void {
  expect(said.split('\n')).toHaveLength(1);
  expect(said).not.toMatch(/\bat .*:\d+:\d+/);
}

/** Whatever of it is left. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is: it ended as it should.
  }
}

async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, port: address.port };
}

describe('starting', () => {
  it('says where it is, which database and models it uses, and serves the page', async () => {
    const server = await startServer({ dataDir: join(folder, 'data') });
    expect(server.output()).toContain(server.url);
    expect(server.output()).toMatch(/sqlite/i);
    expect(server.output()).toMatch(/demo/i);
    expect(server.output()).toContain('OPENAI_API_KEY');
    const page = await fetch(server.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<chat-playground');
    expect(await server.stop()).toBe(0);
  });

  it('keeps accounts and its secret over a restart', async () => {
    const dataDir = join(folder, 'data');
    const first = await startServer({ dataDir });
    const registered = await fetch(`${first.url}/api/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        username: 'Ada',
        email: 'ada@example.com',
        password: 'correct horse',
      }),
    });
    const { token } = (await registered.json()) as { token: string };
    await first.stop();
    const second = await startServer({ dataDir });
    const me = await fetch(`${second.url}/api/users/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await me.json()).toMatchObject({ username: 'Ada', email: 'ada@example.com' });
    await second.stop();
  });

  it('ends with the npm that started it, and frees its port', async () => {
    const npm = spawnNpmStart({ DATA_DIR: join(folder, 'data') });
    onTestFinished(() => killGroup(npm.pid));
    const { url, exited } = await waitForAddress(npm);
    expect((await fetch(url)).status).toBe(200);
    npm.kill('SIGTERM');
    await exited;
    const answers = (): Promise<boolean> => fetch(url).then(Boolean, () => false);
    await expect.poll(answers).toBe(false);
  });

  it('ends with one sentence when the port is taken', async () => {
    const { server, port } = await occupyPort();
    const { code, said } = await failToStart({ PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(said).toContain(String(port));
    expectOneSentence(said);
  });

  it('ends with one sentence when the data folder cannot be written', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, said } = await failToStart({ DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(said).toContain(join(file, 'data'));
    expectOneSentence(said);
  });

  it.each([
    ['PORT', { PORT: 'eighty' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['JWT_SECRET', { NODE_ENV: 'production', JWT_SECRET: 'short' }],
    ['JWT_SECRET', { NODE_ENV: 'production' }],
  ])('ends with one sentence naming %s when it is set to %j', async (name, env) => {
    const { code, said } = await failToStart(env);
    expect(code).toBe(1);
    expect(said).toContain(name);
    expectOneSentence(said);
  });

  it('ends with one sentence naming what is wrong in the configuration file', async () => {
    const file = join(folder, 'playground.config.json');
    writeFileSync(file, JSON.stringify({ providers: [{ name: 'x', base_url: 'nowhere' }] }));
    const { code, said } = await failToStart({ PLAYGROUND_CONFIG: file });
    expect(code).toBe(1);
    expect(said).toContain('base_url');
    expectOneSentence(said);
  });
});
