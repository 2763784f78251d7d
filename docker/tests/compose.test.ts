import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDockerfile, type Step } from './support/read-dockerfile.js';
import {
  canReadCompose,
  resolveCompose,
  root,
  startOrder,
  type Compose,
} from './support/resolve-compose.js';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const stages = readDockerfile(read('docker/Dockerfile'));

describe.skipIf(!canReadCompose())('docker-compose.yml', () => {
  let compose: Compose;
  beforeAll(async () => {
    compose = await resolveCompose();
  });
  const services = () => Object.entries(compose.services);

  it('is what the specification says, as the loader of docker compose reads it', async () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(['mongo', 'redis', 'server', 'web']);
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    const wrong = join(folder, 'docker-compose.yml');
    const text = read('docker-compose.yml');
    writeFileSync(wrong, text.replace('read_only: true', 'read_only: perhaps'));
    await expect(resolveCompose(wrong)).rejects.toThrow(/read_only/);
    writeFileSync(wrong, text.replace('mongo: { condition: service_healthy }', 'nobody: {}'));
    await expect(resolveCompose(wrong)).rejects.toThrow(/nobody/);
    rmSync(folder, { recursive: true });
  });

  it('starts each service once those are healthy that it needs', () => {
    const order = startOrder(compose);
    expect(order.indexOf('server')).toBeGreaterThan(order.indexOf('mongo'));
    expect(order.indexOf('server')).toBeGreaterThan(order.indexOf('redis'));
    expect(order.at(-1)).toBe('web');
    for (const [name, { depends_on: needs = {}, healthcheck, build }] of services()) {
      for (const { condition } of Object.values(needs)) expect(condition).toBe('service_healthy');
      const hasOwn = stepOf(build?.target, 'healthcheck') !== undefined;
      expect(healthcheck !== undefined || hasOwn, `${name} has a health check`).toBe(true);
    }
  });

  it('gives no process more than it needs', () => {
    for (const [name, service] of services()) {
      expect(service, name).toMatchObject({
        restart: 'unless-stopped',
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(service.privileged, name).toBeUndefined();
      const user = service.user ?? stepOf(service.build?.target, 'user')?.user ?? 'root';
      expect(user, name).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      // MongoDB's files are beside its volumes too.
      expect(service.read_only ?? false, name).toBe(name !== 'mongo');
    }
  });

  it('opens the databases to nobody, and the rest to this machine', () => {
    for (const name of ['mongo', 'redis']) {
      expect(compose.services[name]?.ports, name).toBeUndefined();
      expect(Object.keys(compose.services[name]?.networks ?? {}), name).toEqual(['storage']);
    }
    expect(compose.networks['storage']).toMatchObject({ internal: true });
    for (const name of ['server', 'web']) {
      const { ports = [], build } = compose.services[name] ?? {};
      const port = stepOf(build?.target, 'expose')?.port;
      expect(ports, name).toMatchObject([
        { host_ip: '127.0.0.1', target: port, published: String(port) },
      ]);
    }
  });

  it('keeps what must outlive a container in volumes', () => {
    const kept = services().flatMap(([name, { volumes = [] }]) =>
      volumes.map(({ type, target }) => `${name} ${type} ${target}`),
    );
    expect(kept).toContain('mongo volume /data/db');
    expect(kept).toContain('server volume /data');
    expect(compose.services['server']?.environment).toMatchObject({
      NODE_ENV: 'production',
      JWT_SECRET_FILE: '/data/jwt-secret',
    });
  });

  it('names no secret, and an exact version of every image', () => {
    const { environment = {} } = compose.services['server'] ?? {};
    const filled = Object.entries(environment).filter(([, value]) => value !== '');
    expect(filled.map(([name]) => name).filter((name) => /KEY|SECRET$|TOKEN/.test(name))).toEqual(
      [],
    );
    for (const [name, { image = '', build }] of services()) {
      if (!build) expect(image, name).toMatch(/^\w+:\d+\.\d+\.\d+(-\w+)?$/);
    }
  });
});

function stepOf<Kind extends Step['do']>(target: string | undefined, kind: Kind) {
  const steps = stages.get(target ?? '')?.steps ?? [];
  return steps.find((step): step is Step & { do: Kind } => step.do === kind);
}

describe('the Dockerfile', () => {
  it('begins with an exact version of the Node.js that the tests run on', () => {
    const images = [...stages.values()].map(({ from }) => from).filter((from) => !stages.has(from));
    expect(images).toHaveLength(1);
    const [, major] = /^node:(\d+)\.\d+\.\d+-\w+-slim$/.exec(images[0] ?? '') ?? [];
    expect(major).toBe(process.versions.node.split('.')[0]);
  });

  it.each(['server', 'web'])(
    'has an image %s of few parts, which runs as nobody in particular',
    (name) => {
      const stage = stages.get(name);
      expect(stage?.from).toBe('base');
      expect(stepOf(name, 'user')?.user).toBe('1000:1000');
      expect(stepOf(name, 'healthcheck')?.command[0]).toBe('node');
      expect(stepOf(name, 'cmd')?.command[0]).toBe('node');
      expect(stepOf(name, 'env')?.variables).toMatchObject({
        NODE_ENV: 'production',
        PORT: String(stepOf(name, 'expose')?.port),
      });
    },
  );

  it('bakes in no secret, and is sent none', () => {
    for (const { steps } of stages.values()) {
      for (const step of steps) {
        if (step.do !== 'env') continue;
        expect(Object.keys(step.variables).join()).not.toMatch(/KEY|SECRET|TOKEN|PASSWORD/);
      }
    }
    const ignored = dockerignore().add(read('.dockerignore'));
    for (const file of [
      '.env',
      '.git/config',
      'data/jwt-secret',
      'playground.config.json',
      'packages/server/.env',
      'packages/server/data/chat-playground.sqlite',
      'examples/nextjs-host/.env.local',
      'packages/sdk/node_modules/x/index.js',
    ]) {
      expect(ignored.ignores(file), file).toBe(true);
    }
    expect(ignored.ignores('packages/server/src/main.ts')).toBe(false);
  });
});
