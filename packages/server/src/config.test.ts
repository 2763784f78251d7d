import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { providerConfigSchema } from './adapters/openai-compatible/provider-config.js';
import { readConfig } from './config.js';
import { StartupError } from './domain/startup-error.js';

const directory = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const read = (environment: Record<string, string | undefined> = {}) =>
  readConfig({ environment, directory, providerSchema: providerConfigSchema });

function messageOf(environment: Record<string, string>): string {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const SECRET = 'f3xk9QwZ0vT7uLm2Rb5yHc8Dn1Jp4Sg6';

describe('the configuration', () => {
  it('needs nothing, and then serves this machine alone', () => {
    expect(read()).toMatchObject({
      host: '127.0.0.1',
      port: 5001,
      dataDirectory: join(directory, 'data'),
      jwtSecret: undefined,
      corsOrigins: [],
      openAi: null,
      typhoon: null,
      providers: [],
      logLevel: 'warn',
      trustProxy: 0,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const empty = { PORT: '', HOST: ' ', OPENAI_API_KEY: '', MONGO_URI: '', TRUST_PROXY: '' };
    expect(read(empty)).toEqual(read());
  });

  it('opens up in production, given a secret', () => {
    const config = read({ NODE_ENV: 'production', JWT_SECRET: SECRET });
    expect(config).toMatchObject({ host: '0.0.0.0', jwtSecret: SECRET, logLevel: 'info' });
  });

  it('takes proxies as other programs do, small letters first, and never shows their password', () => {
    const env = {
      HTTPS_PROXY: 'http://upper:1',
      https_proxy: 'who:hunter2@proxy.example:3128',
      HTTP_PROXY: '',
      http_proxy: 'https://plain.example',
      no_proxy: 'a.example, .b.example  c.example',
    };
    expect(read(env).providerDefaults.proxies).toEqual({
      https: 'http://who:hunter2@proxy.example:3128',
      http: 'https://plain.example',
      except: ['a.example', '.b.example', 'c.example'],
    });
    const wrong = messageOf({ https_proxy: 'socks5://who:hunter2@proxy.example:1080' });
    expect(wrong).toMatch(/HTTPS_PROXY.*http or https/);
    expect(wrong).not.toContain('hunter2');
  });

  it('lets models be silent for an hour, and no longer', () => {
    expect(read().providerDefaults).toMatchObject({ firstByteMs: 60_000, idleMs: 60_000 });
    const env = {
      PROVIDER_FIRST_BYTE_MS: '3600000',
      PROVIDER_IDLE_MS: '3600000',
      DRAIN_MS: '3600000',
    };
    expect(read(env)).toMatchObject({
      drainMs: 3_600_000,
      providerDefaults: { firstByteMs: 3_600_000, idleMs: 3_600_000 },
    });
    expect(messageOf({ PROVIDER_IDLE_MS: '3600001' })).toMatch(/PROVIDER_IDLE_MS.*3600000/);
  });

  it('joins other nodes only where it is told to', () => {
    expect(read()).toMatchObject({ redisUrl: undefined, nodeTimeoutMs: 30_000 });
    const env = { REDIS_URL: 'rediss://:word@cache.example:6380/2', NODE_TIMEOUT_MS: '5000' };
    expect(read(env)).toMatchObject({ redisUrl: env.REDIS_URL, nodeTimeoutMs: 5_000 });
    const wrong = messageOf({ REDIS_URL: 'http://:word@cache.example' });
    expect(wrong).toContain('REDIS_URL');
    expect(wrong).not.toContain(':word');
  });

  it('looks for local models unless it is told not to', () => {
    expect(read().findsLocalProviders).toBe(true);
    expect(read({ LOCAL_PROVIDERS: 'off' }).findsLocalProviders).toBe(false);
  });

  it('reads lists and numbers', () => {
    const config = read({
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      PORT: '0',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    });
    expect(config).toMatchObject({
      corsOrigins: ['https://a.example', 'http://localhost:3000'],
      trustProxy: ['loopback', '10.0.0.0/8'],
      port: 0,
      openAi: { apiKey: undefined, baseUrl: 'http://127.0.0.1:9/v1' },
    });
    expect(read({ TRUST_PROXY: '1' }).trustProxy).toBe(1);
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT is "abc": expected a whole number up to 65535.'],
    [{ PORT: '70000' }, 'PORT is "70000"'],
    [{ PORT: '-1' }, 'PORT is "-1"'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud": expected one of silent,'],
    [{ CORS_ORIGINS: 'example.org' }, 'CORS_ORIGINS is "example.org": expected origins such as'],
    [{ CORS_ORIGINS: 'https://a.example/path' }, 'CORS_ORIGINS is'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY is "true": expected how many proxies'],
    [{ OPENAI_BASE_URL: 'file:///etc' }, 'OPENAI_BASE_URL is "file:///etc": expected an http'],
    [{ DRAIN_MS: '1s' }, 'DRAIN_MS is "1s": expected milliseconds'],
    [{ NODE_ENV: 'production' }, 'JWT_SECRET is not set: with NODE_ENV=production it must be'],
    [{ PLAYGROUND_CONFIG: 'none.json' }, 'none.json does not exist; correct PLAYGROUND_CONFIG'],
  ])('says in one sentence what is wrong with %j', (environment, message) => {
    expect(messageOf(environment)).toContain(message);
    expect(messageOf(environment)).not.toContain('\n');
  });

  it('takes the path of a secret for the secret, in production too', () => {
    const config = read({ NODE_ENV: 'production', JWT_SECRET_FILE: 'keys/jwt' });
    const jwtSecretFile = join(directory, 'keys/jwt');
    expect(config).toMatchObject({ jwtSecret: undefined, jwtSecretFile });
  });

  it.each([
    ['JWT_SECRET', 'x'.repeat(40), 'JWT_SECRET is made of a few characters over and over: with'],
    ['JWT_SECRET', 'change-me-change-me-change-me-now', 'JWT_SECRET looks like the placeholder'],
    ['METRICS_TOKEN', 'my-default-token', 'METRICS_TOKEN looks like the placeholder'],
    ['MONGO_URI', 'mongodb://root:example@a:1,b:2/x', 'The password in MONGO_URI looks like'],
    ['REDIS_URL', 'redis://:changeme@cache:6379', 'The password in REDIS_URL looks like'],
  ])('refuses a weak %s in production, and only there', (name, value, message) => {
    const production = { NODE_ENV: 'production', JWT_SECRET: SECRET };
    expect(() => read(production)).not.toThrow();
    expect(messageOf({ ...production, [name]: value })).toContain(message);
    expect(messageOf({ ...production, [name]: value })).not.toContain(value);
    expect(() => read({ [name]: value })).not.toThrow();
  });

  it('never repeats a secret', () => {
    expect(messageOf({ JWT_SECRET: 'hunter2' })).not.toContain('hunter2');
    expect(messageOf({ NODE_ENV: 'production', JWT_SECRET: 'hunter2' })).toContain('at least 32');
    expect(messageOf({ MONGO_URI: 'postgres://me:hunter2@host' })).not.toContain('hunter2');
  });
});

describe('playground.config.json', () => {
  const readFile = (content: unknown) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(directory, 'mine.json'), text);
    return { PLAYGROUND_CONFIG: 'mine.json' };
  };

  it('lists providers', () => {
    const provider = { name: 'local', base_url: 'http://127.0.0.1:8000/v1' };
    const config = read(readFile({ providers: [provider], default_model: 'local/small' }));
    expect(config.providers).toEqual([expect.objectContaining(provider)]);
    expect(config.defaultModel).toBe('local/small');
  });

  it.each([
    ['{', 'is not valid JSON'],
    [{ provders: [] }, 'unknown key "provders"; remove or correct it'],
    [
      { providers: [{ name: 'a', base_url: 'http://a.example', apikey: 'hunter2' }] },
      'unknown key "apikey" in providers.0',
    ],
    [{ providers: [{ name: 'a' }] }, 'providers.0.base_url: is needed'],
    [{ providers: [{ name: 'a', base_url: 'ftp://a' }] }, 'providers.0.base_url: must be an http'],
    [{ providers: {} }, 'providers: '],
    [
      { providers: [1, 2].map(() => ({ name: 'a', preset: 'ollama' })) },
      'two providers are called "a"',
    ],
  ])('with a mistake is refused by name: %j', (content, message) => {
    const text = messageOf(readFile(content));
    expect(text).toContain(message);
    expect(text).toContain('mine.json');
    expect(text).not.toContain('hunter2');
  });
});

it('takes the path below which it is shown without the slash behind, and no odd one', () => {
  expect(read({ BASE_PATH: '/tools/chat/' }).basePath).toBe('/tools/chat');
  for (const none of ['', '/']) expect(read({ BASE_PATH: none }).basePath).toBe('');
  for (const odd of ['tools', '/a b', '//x', '/..', '/tools/api', 'https://example.org/x']) {
    expect(messageOf({ BASE_PATH: odd })).toContain('BASE_PATH is');
  }
});

it.each([
  'mongodb://user:p@ss@w0rd@127.0.0.1:27999/db',
  'mongodb://user:w0rd/ret@127.0.0.1:27999/db',
  'mongodb://user:w0rd%ret@127.0.0.1:27999/db',
  'mongodb://user:w0rd?x@127.0.0.1:27999/db',
])('says how to write the password of a database, and never shows it: %s', (address) => {
  const said = messageOf({ MONGO_URI: address });
  expect(said).toContain('percent-escaped');
  expect(said).not.toMatch(/ss@|w0rd/);
  const redis = messageOf({
    REDIS_URL: address.replace('mongodb', 'redis').replace('p@ss@', 'p#ss@'),
  });
  expect(redis).toContain('percent-escaped');
  expect(redis).not.toMatch(/ss@|w0rd/);
});
