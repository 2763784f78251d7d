import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  startDatabaseRelay,
  type DatabaseRelay,
} from '../../packages/server/src/test-support/database-relay.js';
import { dropDatabase } from '../../packages/server/src/test-support/drop-database.js';
import { startTestMongo } from '../../packages/server/src/test-support/ferretdb.js';
import { freePort } from '../../packages/server/src/test-support/free-port.js';
import { startTestRedis } from '../../packages/server/src/test-support/redis.js';
import { createTestClient } from '../../packages/server/src/test-support/test-client.js';
import { createBuilder, type Image } from './support/build-image.js';
import { canReadCompose, resolveCompose, root, startOrder } from './support/resolve-compose.js';
import { isHealthy, runService, type RunningService } from './support/run-service.js';

const execute = promisify(execFile);

const redis = await startTestRedis();
const mongo = redis && (await startTestMongo());
const isWhole = canReadCompose() && redis !== null && mongo !== null;
const databaseName = `chat-playground-${Date.now()}`;

let folder: string;
/** Stands before the database, and can take it away. */
let relay: DatabaseRelay;
let images: { server: Image; web: Image };
const started: string[] = [];
const running = new Map<string, RunningService>();
let environments: { server: Record<string, string>; web: Record<string, string> };

beforeAll(async () => {
  if (!isWhole || !mongo) return;
  folder = await mkdtemp(join(tmpdir(), 'images-'));
  await chmod(folder, 0o755);
  const dockerfile = join(root, 'docker/Dockerfile');
  const { build } = await createBuilder({ dockerfile, context: root, folder });
  const [server, web] = await Promise.all([build('server'), build('web')]);
  images = { server, web };
  const { hostname, port } = new URL(mongo.uri);
  relay = await startDatabaseRelay({ host: hostname, port: Number(port || 27017) });
  environments = await composeEnvironments();
});
afterAll(async () => {
  await Promise.all([...running.values()].map((service) => service.stop()));
  await relay?.close();
  if (mongo && isWhole) await dropDatabase(mongo.uri, databaseName);
  await Promise.all([redis?.stop(), mongo?.stop()]);
  if (folder) await rm(folder, { recursive: true });
});

/** What compose gives each, with the addresses of here in the place of those between containers. */
async function composeEnvironments() {
  const { services } = await resolveCompose();
  const ports = { server: await freePort(), web: await freePort() };
  const here: [string, string][] = [
    ['mongodb://mongo:27017/chat-playground', relayedUri()],
    ['redis://redis:6379', redis?.url ?? ''],
    ['http://localhost:5001', `http://localhost:${ports.server}`],
    ['http://localhost:3000', `http://localhost:${ports.web}`],
  ];
  const environmentOf = (name: 'server' | 'web') => {
    const image = images[name];
    const given = { ...image.env, ...services[name]?.environment, PORT: String(ports[name]) };
    return Object.fromEntries(
      Object.entries(given).map(([key, value]) => {
        const moved = here.reduce((text, [from, to]) => text.replace(from, to), value);
        return [key, moved.startsWith('/') ? join(image.root, moved) : moved];
      }),
    );
  };
  return { server: environmentOf('server'), web: environmentOf('web') };
}

function relayedUri(): string {
  const uri = new URL(mongo?.uri ?? '');
  uri.host = `127.0.0.1:${relay.port}`;
  uri.pathname = databaseName;
  uri.searchParams.set('directConnection', 'true');
  return uri.href;
}

const addressOf = (name: 'server' | 'web') => `http://localhost:${environments[name]['PORT']}`;

it.skipIf(!isWhole)(
  'start in compose’s order, each once its health check says so of the last',
  async () => {
    const order = startOrder(await resolveCompose());
    for (const name of order) {
      // The databases are there already; that they come first is what is held here.
      if (name === 'server' || name === 'web') {
        expect(await isHealthy(images[name], environments[name]), `${name} before`).toBe(false);
        running.set(name, await runService(images[name], environments[name]));
      }
      started.push(name);
    }
    expect(started.slice(-2)).toEqual(['server', 'web']);
  },
);

it.skipIf(!isWhole)(
  'keep accounts, chats and the secret when the server’s container is replaced',
  async () => {
    const client = createTestClient(addressOf('server'));
    await client.register('someone');
    await client.chat('Will you remember this?');
    const { mode, uid } = await stat(environments.server['JWT_SECRET_FILE'] ?? '');
    expect(mode & 0o777).toBe(0o600);
    if (process.getuid?.() === 0) expect(uid).toBe(1000);
    expect(await running.get('server')?.stop()).toBe(0);
    running.set('server', await runService(images.server, environments.server));
    const { chats } = await client.call('listChats');
    expect(chats).toHaveLength(1);
    expect(await client.call('ready')).toEqual({ status: 'ready', redis: 'connected' });
  },
);

it.skipIf(!isWhole)(
  'pass the doctor, with the Next.js host as the site that embeds the chat',
  async () => {
    const page = await fetch(`${addressOf('web')}/login`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form');
    const bin = join(images.server.root, 'app/packages/server/dist/bin.js');
    const args = [
      'doctor',
      addressOf('server'),
      '--origin',
      addressOf('web'),
      '--idle',
      '0',
      '--json',
    ];
    const { stdout } = await execute(process.execPath, [bin, ...args]).catch(
      (error: unknown) => error as { stdout: string },
    );
    const { findings } = JSON.parse(stdout) as { findings: { check: string; verdict: string }[] };
    const others = findings.filter(({ verdict }) => verdict !== 'ok');
    expect(others).toMatchObject([{ check: 'idle', verdict: 'skipped' }]);
  },
);

it.skipIf(!isWhole)(
  'hold no tools, tests or sources of the server, and nothing that only a build needs',
  async () => {
    const inImage = async (image: Image, path: string) =>
      (await stat(join(image.root, 'app', path)).catch(() => null)) !== null;
    expect(await inImage(images.server, 'node_modules/express')).toBe(true);
    for (const path of [
      'node_modules/typescript',
      'node_modules/vitest',
      'packages/server/src',
      '.env',
    ]) {
      expect(await inImage(images.server, path), path).toBe(false);
    }
    expect(await inImage(images.web, 'examples/nextjs-host/node_modules/next')).toBe(true);
    expect(await inImage(images.web, 'examples/nextjs-host/node_modules/typescript')).toBe(false);
  },
);

it.skipIf(!isWhole)('are told unhealthy when the database is gone', async () => {
  expect(await isHealthy(images.server, environments.server)).toBe(true);
  relay.cut();
  expect(await isHealthy(images.server, environments.server)).toBe(false);
});
