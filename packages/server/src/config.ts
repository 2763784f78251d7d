import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ESCAPING, readDatabaseAddress } from './domain/database-address.js';
import { StartupError } from './domain/startup-error.js';
import { MIN_SECRET_LENGTH } from './domain/weak-secret.js';
import { isBasePath } from './http/base-path.js';
import { refuseWeakSecrets } from './refuse-weak-secrets.js';

const MIN_METRICS_TOKEN_LENGTH = 16;
const CONFIG_FILE = 'playground.config.json';
const DATABASE_FILE = 'chat-playground.sqlite';
const SECRETS: ReadonlySet<string> = new Set([
  'JWT_SECRET',
  'OPENAI_API_KEY',
  'TYPHOON_API_KEY',
  'MONGO_URI',
  'REDIS_URL',
  'METRICS_TOKEN',
  'HTTPS_PROXY',
  'HTTP_PROXY',
]);
/** Programs look for these in small letters first. */
const OF_ALL_PROGRAMS: ReadonlySet<string> = new Set(['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']);
/** Longest a model may think before it says a word, in milliseconds: an hour. */
const MAX_WAIT_MS = 3_600_000;

type Environment = Readonly<Record<string, string | undefined>>;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
/** Most programs take a proxy without `http://` in front. */
const proxyAddress = z
  .string()
  .transform((text) => (text.includes('://') ? text : `http://${text}`))
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
  .optional();
const milliseconds = (min: number, max: number) =>
  `milliseconds, a whole number from ${min} to ${max}`;
const isOrigin = (text: string) =>
  text === '*' || (URL.canParse(text) && new URL(text).origin === text);
const isHost = (text: string) =>
  text === '*' || (!/[/?#@\\\s]/.test(text) && URL.canParse(`http://${text}`));
const isProxy = (text: string) =>
  /^(loopback|linklocal|uniquelocal)$/.test(text) || isIP(text.split('/', 1)[0] ?? '') !== 0;

/** Each variable: what it must be, in code and in words. */
export const variables = {
  NODE_ENV: { schema: z.string().optional(), expected: 'a word' },
  PORT: { schema: wholeNumber(0, 65_535).default(5001), expected: 'a whole number up to 65535' },
  HOST: { schema: z.string().optional(), expected: 'a host name or address' },
  DATA_DIR: { schema: z.string().default('data'), expected: 'a folder' },
  JWT_SECRET: {
    schema: z.string().min(MIN_SECRET_LENGTH).optional(),
    expected: `at least ${MIN_SECRET_LENGTH} random characters, for instance from "openssl rand -base64 48"`,
  },
  JWT_SECRET_FILE: { schema: z.string().optional(), expected: 'a path' },
  CORS_ORIGINS: {
    schema: list.refine((origins) => origins.every(isOrigin)).default([]),
    expected: 'origins such as https://example.org, without a path, separated by commas',
  },
  ALLOWED_HOSTS: {
    schema: list.refine((hosts) => hosts.every(isHost)).default([]),
    expected: 'names such as chat.example.org, without a scheme and a path, separated by commas',
  },
  OPENAI_API_KEY: { schema: z.string().optional(), expected: 'a key' },
  OPENAI_BASE_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    expected: 'an http or https address such as https://api.openai.com/v1',
  },
  TYPHOON_API_KEY: { schema: z.string().optional(), expected: 'a key' },
  LOG_LEVEL: {
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).optional(),
    expected: 'one of silent, error, warn, info, debug, trace',
  },
  TRUST_PROXY: {
    schema: z
      .union([wholeNumber(0, 100), list.refine((proxies) => proxies.every(isProxy))])
      .default(0),
    expected: 'how many proxies are in front, or their addresses separated by commas',
  },
  BASE_PATH: {
    schema: z
      .string()
      .transform((path) => path.replace(/\/+$/, ''))
      .refine((path) => path === '' || (isBasePath(path) && !path.endsWith('/api')))
      .default(''),
    expected: 'a path such as /playground, of letters, digits, - . _ ~, not ending in /api',
  },
  MONGO_URI: {
    schema: z
      .string()
      .regex(/^mongodb(\+srv)?:/)
      .refine((address) => readDatabaseAddress(address) !== null)
      .optional(),
    expected: `an address that begins with mongodb:// or mongodb+srv://, ${ESCAPING}`,
  },
  METRICS_TOKEN: {
    schema: z.string().min(MIN_METRICS_TOKEN_LENGTH).regex(/^\S+$/).optional(),
    expected: `at least ${MIN_METRICS_TOKEN_LENGTH} characters without spaces`,
  },
  REDIS_URL: {
    schema: z
      .url({ protocol: /^rediss?$/ })
      .refine((address) => readDatabaseAddress(address) !== null)
      .optional(),
    expected: `an address such as redis://localhost:6379, or rediss:// with TLS, ${ESCAPING}`,
  },
  NODE_TIMEOUT_MS: {
    schema: wholeNumber(1_000, 600_000).default(30_000),
    expected: 'milliseconds, a whole number from 1000 to 600000',
  },
  LOCAL_PROVIDERS: {
    schema: z.enum(['auto', 'off']).default('auto'),
    expected: 'auto or off',
  },
  PLAYGROUND_CONFIG: { schema: z.string().optional(), expected: 'a path' },
  DRAIN_MS: {
    schema: wholeNumber(0, MAX_WAIT_MS).default(10_000),
    expected: milliseconds(0, MAX_WAIT_MS),
  },
  REPLY_MAX_CHARACTERS: {
    schema: wholeNumber(1_000, 2_000_000).default(600_000),
    expected: 'characters, a whole number from 1000 to 2000000',
  },
  REPLY_MAX_REASONING_CHARACTERS: {
    schema: wholeNumber(1_000, 2_000_000).default(600_000),
    expected: 'characters, a whole number from 1000 to 2000000',
  },
  REPLY_MAX_MS: {
    schema: wholeNumber(1_000, 86_400_000).default(MAX_WAIT_MS),
    expected: milliseconds(1_000, 86_400_000),
  },
  UNSAVED_REPLY_BYTES: {
    schema: wholeNumber(0, 999_999_999).default(67_108_864),
    expected: 'bytes, a whole number up to 999999999',
  },
  PROVIDER_FIRST_BYTE_MS: {
    schema: wholeNumber(1, MAX_WAIT_MS).default(60_000),
    expected: milliseconds(1, MAX_WAIT_MS),
  },
  PROVIDER_IDLE_MS: {
    schema: wholeNumber(1, MAX_WAIT_MS).default(60_000),
    expected: milliseconds(1, MAX_WAIT_MS),
  },
  HTTPS_PROXY: {
    schema: proxyAddress,
    expected: 'the http or https address of a proxy such as http://proxy.example.org:3128',
  },
  HTTP_PROXY: {
    schema: proxyAddress,
    expected: 'the http or https address of a proxy such as http://proxy.example.org:3128',
  },
  NO_PROXY: {
    schema: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''))
      .default([]),
    expected: 'hosts separated by commas',
  },
} satisfies Record<string, { schema: z.ZodType; expected: string }>;

type Variables = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name]['schema']> };

/** Where things are remembered. */
interface StoragePlaces {
  /** Absolute; in the data folder. Used unless there is a `mongoUri`. */
  databaseFile: string;
  mongoUri: string | undefined;
}

/** Everything the server is told from outside. */
export interface Config<Provider> extends StoragePlaces {
  isProduction: boolean;
  host: string;
  port: number;
  /** Absolute. */
  dataDirectory: string;
  jwtSecret: string | undefined;
  /**
   * Absolute; where the secret is kept, and made if it is not there yet. Undefined outside
   * production: then that is in the data folder.
   */
  jwtSecretFile: string | undefined;
  corsOrigins: string[];
  /** Names the server is known by, beside its own and those of `corsOrigins`. */
  allowedHosts: string[];
  openAi: { apiKey: string | undefined; baseUrl: string | undefined } | null;
  typhoon: { apiKey: string } | null;
  /** Of playground.config.json. */
  providers: Provider[];
  /** Model id used when a request names none. */
  defaultModel: string | undefined;
  logLevel: string;
  trustProxy: number | string[];
  /** Empty, or a path with a slash in front and none behind. */
  basePath: string;
  /** Set where several nodes make one server. */
  redisUrl: string | undefined;
  /** Silence after which another node is taken for dead. */
  nodeTimeoutMs: number;
  /** Whether to look for a model on this machine when none is configured. */
  findsLocalProviders: boolean;
  /** Undefined where nobody may read metrics. */
  metricsToken: string | undefined;
  /** How long replies may finish after the signal to stop. */
  drainMs: number;
  /** Where replies end that do not end by themselves. */
  replyBounds: { maxCharacters: number; maxReasoningCharacters: number; maxMs: number };
  /** Bytes that ended replies may hold while the database does not take them. */
  maxUnsavedBytes: number;
  /** What holds for every provider that does not say otherwise itself. */
  providerDefaults: {
    firstByteMs: number;
    idleMs: number;
    proxies: { https: string | undefined; http: string | undefined; except: string[] };
  };
}

interface Sources<Provider> {
  /** The process's own when absent. */
  environment?: Environment;
  /** What relative paths are relative to; the working directory when absent. */
  directory?: string;
  /** What a provider in playground.config.json must look like. */
  providerSchema: z.ZodType<Provider>;
}

/** @throws StartupError naming what is wrong, where, and what was expected */
export function readConfig<Provider extends { name: string }>({
  environment = process.env,
  directory = process.cwd(),
  providerSchema,
}: Sources<Provider>): Config<Provider> {
  const env = readVariables(environment);
  const isProduction = env.NODE_ENV === 'production';
  if (isProduction) refuseWeakSecrets(env, (name) => variables[name].expected);
  const hasOpenAi = env.OPENAI_API_KEY !== undefined || env.OPENAI_BASE_URL !== undefined;
  const file = readConfigFile(directory, env.PLAYGROUND_CONFIG, providerSchema);
  return {
    isProduction,
    // On one's own machine, not open to the whole network by surprise.
    host: env.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    port: env.PORT,
    dataDirectory: resolve(directory, env.DATA_DIR),
    ...placesIn(env, directory),
    jwtSecret: env.JWT_SECRET,
    jwtSecretFile: env.JWT_SECRET_FILE && resolve(directory, env.JWT_SECRET_FILE),
    corsOrigins: env.CORS_ORIGINS,
    allowedHosts: env.ALLOWED_HOSTS,
    openAi: hasOpenAi ? { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL } : null,
    typhoon: env.TYPHOON_API_KEY === undefined ? null : { apiKey: env.TYPHOON_API_KEY },
    providers: file.providers,
    defaultModel: file.default_model,
    logLevel: env.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    trustProxy: env.TRUST_PROXY,
    basePath: env.BASE_PATH,
    redisUrl: env.REDIS_URL,
    nodeTimeoutMs: env.NODE_TIMEOUT_MS,
    findsLocalProviders: env.LOCAL_PROVIDERS === 'auto',
    metricsToken: env.METRICS_TOKEN,
    drainMs: env.DRAIN_MS,
    replyBounds: {
      maxCharacters: env.REPLY_MAX_CHARACTERS,
      maxReasoningCharacters: env.REPLY_MAX_REASONING_CHARACTERS,
      maxMs: env.REPLY_MAX_MS,
    },
    maxUnsavedBytes: env.UNSAVED_REPLY_BYTES,
    providerDefaults: {
      firstByteMs: env.PROVIDER_FIRST_BYTE_MS,
      idleMs: env.PROVIDER_IDLE_MS,
      proxies: { https: env.HTTPS_PROXY, http: env.HTTP_PROXY, except: env.NO_PROXY },
    },
  };
}

/**
 * The part of the configuration that says where things are remembered, whatever the rest lacks.
 *
 * @throws StartupError when a variable is not what it must be
 */
export function readStoragePlaces({
  environment = process.env,
  directory = process.cwd(),
} = {}): StoragePlaces {
  return placesIn(readVariables(environment), directory);
}

function placesIn(env: Variables, directory: string): StoragePlaces {
  const databaseFile = join(resolve(directory, env.DATA_DIR), DATABASE_FILE);
  return { databaseFile, mongoUri: env.MONGO_URI };
}

function readVariables(environment: Environment): Variables {
  const values = Object.entries(variables).map(([name, { schema, expected }]) => {
    // An empty variable is one that a compose file left open.
    const given = givenIn(environment, name);
    const parsed = (schema as z.ZodType).safeParse(given);
    if (parsed.success) return [name, parsed.data];
    const value = SECRETS.has(name) ? 'not acceptable' : JSON.stringify(given);
    throw new StartupError(`${name} is ${value}: expected ${expected}.`);
  });
  return Object.fromEntries(values) as Variables;
}

function givenIn(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  if (!OF_ALL_PROGRAMS.has(name)) return value || undefined;
  return environment[name.toLowerCase()]?.trim() || value || undefined;
}

function readConfigFile<Provider extends { name: string }>(
  directory: string,
  named: string | undefined,
  providerSchema: z.ZodType<Provider>,
) {
  const path = resolve(directory, named ?? CONFIG_FILE);
  const schema = z.strictObject({
    providers: z.array(providerSchema).default([]),
    default_model: z.string().min(1).optional(),
  });
  const text = readIfThere(path, named !== undefined);
  const parsed = schema.safeParse(text === undefined ? {} : parseJson(path, text));
  if (!parsed.success) throw new StartupError(`${path}: ${firstIssue(parsed.error)}.`);
  const names = parsed.data.providers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new StartupError(`${path}: two providers are called "${twice}"; give each its own name.`);
  }
  return parsed.data;
}

function readIfThere(path: string, isRequired: boolean): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing && !isRequired) return undefined;
    throw new StartupError(
      `The configuration file ${path} ${isMissing ? 'does not exist' : 'cannot be read'}; correct PLAYGROUND_CONFIG or the file's permissions.`,
    );
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${path} is not valid JSON: ${reason}.`);
  }
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  if (!issue) return 'not valid';
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return `unknown key ${keys}${place && ` in ${place}`}; remove or correct it`;
  }
  return `${place || 'the file'}: ${issue.message}`;
}
