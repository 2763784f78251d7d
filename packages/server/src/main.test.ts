import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type BuiltProgram } from './test-support/built-program.js';
import { createTestClient } from './test-support/test-client.js';

let folder: string;
let program: BuiltProgram;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
  program = await buildProgram();
});
afterEach(() => program.killAll());
afterAll(async () => {
  await rm(folder, { recursive: true });
  await program.remove();
});

function run(environment: Record<string, string>) {
  const { child, ended, said } = program.run({ environment, directory: folder });
  return { child, ended, firstLine: () => said('\n') };
}

const onAnyPort = { PORT: '0' };

const addressIn = (line: string) => /http:\/\/localhost:\d+/.exec(line)?.[0] ?? 'no address';

describe('starting', () => {
  it('prints one line, serves, and stops cleanly on SIGTERM', async () => {
    const { child, firstLine, ended } = run({ ...onAnyPort, DATA_DIR: 'first' });
    const line = await firstLine();
    expect(line.trim().split('\n')).toHaveLength(1);
    expect(line).toContain(join(folder, 'first', 'chat-playground.sqlite'));
    const client = createTestClient(addressIn(line).replace('localhost', '127.0.0.1'));
    await client.register('someone');
    expect(await client.call('ready')).toEqual({ status: 'ready' });
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, output: line, errors: '' });
  });

  it('keeps its secret and its people from one start to the next', async () => {
    const environment = { ...onAnyPort, DATA_DIR: 'second' };
    const first = run(environment);
    const client = createTestClient(
      addressIn(await first.firstLine()).replace('localhost', '127.0.0.1'),
    );
    await client.register('someone');
    first.child.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0 });
    const { mode, size } = await stat(join(folder, 'second', 'jwt-secret'));
    expect(mode & 0o777).toBe(0o600);
    expect(size).toBeGreaterThan(32);

    const second = run(environment);
    const again = createTestClient(
      addressIn(await second.firstLine()).replace('localhost', '127.0.0.1'),
    );
    again.token = client.token;
    expect(await again.call('getOwnUser')).toEqual(client.user);
  });
});

describe('what keeps it from starting', () => {
  async function failure(environment: Record<string, string>): Promise<string> {
    const { code, output, errors } = await run({ ...onAnyPort, ...environment }).ended;
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors.trim().split('\n')).toHaveLength(1);
    return errors;
  }

  it('is a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await failure({ PORT: String(port) })).toBe(
      `Port ${port} on 127.0.0.1 is taken; stop what uses it, or choose another with PORT.\n`,
    );
    other.close();
  });

  it('is an address that is not this machine’s', async () => {
    expect(await failure({ HOST: '192.0.2.1' })).toContain('HOST is "192.0.2.1"');
  });

  it('is a data folder that cannot be written to', async () => {
    await writeFile(join(folder, 'a-file'), '');
    expect(await failure({ DATA_DIR: 'a-file/data' })).toContain(join(folder, 'a-file/data'));
  });

  it('is a database that is none', async () => {
    await writeFile(
      join(folder, 'chat-playground.sqlite'),
      'not a database, but a letter'.repeat(99),
    );
    expect(await failure({ DATA_DIR: '.' })).toContain('chat-playground.sqlite');
  });

  it('is a MongoDB that does not answer', async () => {
    const MONGO_URI = 'mongodb://someone:hunter2@127.0.0.1:9/chats';
    const message = await failure({ MONGO_URI });
    expect(message).toContain('MongoDB');
    expect(message).not.toContain('hunter2');
  });

  it('is a variable or a file with a mistake', async () => {
    expect(await failure({ PORT: 'http' })).toContain('PORT is "http"');
    await writeFile(join(folder, 'wrong.json'), '{"provders":[]}');
    expect(await failure({ PLAYGROUND_CONFIG: 'wrong.json' })).toContain('"provders"');
  });

  it('is a secret in a file that can be guessed, or cannot be kept there', async () => {
    await writeFile(join(folder, 'weak'), 'change-me'.repeat(9));
    const weak = await failure({ NODE_ENV: 'production', JWT_SECRET_FILE: 'weak' });
    expect(weak).toContain(`The secret in ${join(folder, 'weak')} looks like the placeholder`);
    const nowhere = await failure({ NODE_ENV: 'production', JWT_SECRET_FILE: 'weak/secret' });
    expect(nowhere).toContain('choose another with JWT_SECRET_FILE');
  });

  it('is a production without a secret', async () => {
    const production = { NODE_ENV: 'production', HOST: '127.0.0.1' };
    expect(await failure(production)).toContain('JWT_SECRET is not set');
    expect(await failure({ ...production, JWT_SECRET: 'short' })).not.toContain('short');
    const { firstLine } = run({ ...onAnyPort, ...production, JWT_SECRET: randomUUID() });
    expect(await firstLine()).toContain('http://localhost:');
  });
});
