import { hostname } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { version } from '../package.json';
import { createPasswordHasher } from './adapters/argon2/password-hasher.js';
import { createDemoProvider } from './adapters/demo-model/demo-provider.js';
import { createAccessTokens } from './adapters/jwt/access-tokens.js';
import { keepSecret } from './adapters/jwt/kept-secret.js';
import { createMemoryEventLog } from './adapters/memory/memory-event-log.js';
import { discoverLocalProviders } from './adapters/openai-compatible/discover-local-providers.js';
import {
  providerConfigSchema,
  type ProviderConfig,
  type ProviderConfigInput,
} from './adapters/openai-compatible/provider-config.js';
import { holdDataFolder } from './adapters/sqlite/hold-data-folder.js';
import { createSqliteStorage } from './adapters/sqlite/sqlite-storage.js';
import {
  createGptTokenCounter,
  type GptTokenCounter,
} from './adapters/tokenizer/gpt-token-counter.js';
import { announcement } from './announce.js';
import { readConfig, type Config } from './config.js';
import { StartupError } from './domain/startup-error.js';
import { explain } from './explain.js';
import { findPlaygroundDirectory } from './http/page.js';
import { findStandaloneDirectory } from './http/widget-files.js';
import type { Logger } from './ports/logger.js';
import type { ModelProvider } from './ports/model-provider.js';
import { startServer, type RunningServer } from './server.js';
import { stopOnSignals } from './stop-on-signals.js';

const SECRET_FILE = 'jwt-secret';
const OPENAI_HOST = 'api.openai.com';

type ServerConfig = Config<ProviderConfig>;

/**
 * Starts the server the environment describes and keeps it running until a signal. If it cannot
 * start, says why in one sentence and ends the process with code 1.
 */
export async function main(): Promise<void> {
  try {
    const config = readConfig({ providerSchema: providerConfigSchema });
    const server = await start(config);
    stopOnSignals(server, config.drainMs);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

async function start(config: ServerConfig): Promise<RunningServer> {
  const tokenCounter = createGptTokenCounter();
  const logger = pino({ level: config.logLevel });
  const [{ storage, database }, providers] = await Promise.all([
    openStorage(config),
    chooseProviders(config, tokenCounter, logger),
  ]);
  const secret = config.jwtSecret ?? keepSecret(secretPlace(config));
  const clock = { now: () => Date.now() };
  const server = await startServer({
    ...config,
    storage,
    clock,
    newId,
    secret,
    providers,
    version,
    accessTokens: createAccessTokens({ secret, clock }),
    passwords: createPasswordHasher(),
    ...(await joinNodes(config, logger)),
    tokenCounter,
    // With any free port it is the data folder that stays the same.
    nodeId: `${hostname()}:${config.port || config.dataDirectory}`,
    logger,
    playgroundDirectory: findPlaygroundDirectory(),
    standaloneDirectory: findStandaloneDirectory(),
    metrics: await openMetrics(config),
  });
  const models = await server.listModels();
  const isDemo = models.every(({ provider }) => provider === 'demo') && models.length > 0;
  const { host, basePath } = config;
  const facts = { host, basePath, port: server.port, database, models, isDemo };
  process.stdout.write(`${announcement(facts)}\n`);
  return server;
}

function secretPlace({ jwtSecretFile, dataDirectory }: ServerConfig) {
  if (jwtSecretFile !== undefined) return { file: jwtSecretFile, variable: 'JWT_SECRET_FILE' };
  return { file: join(dataDirectory, SECRET_FILE), variable: 'DATA_DIR' };
}

/** MongoDB where one is named, else a file in the data folder. */
async function openStorage({ mongoUri, databaseFile }: ServerConfig) {
  if (mongoUri === undefined) {
    const letGo = holdDataFolder(databaseFile);
    const storage = await createSqliteStorage({ file: databaseFile, handleUpdate: tellOfUpdate });
    const close = () => storage.close().finally(letGo);
    return { storage: { ...storage, close }, database: databaseFile };
  }
  // Loaded only where it is used: it takes as long as all the rest.
  const { createMongoStorage, describeMongo } = await import('./adapters/mongo/mongo-storage.js');
  const storage = await createMongoStorage({ uri: mongoUri });
  return { storage, database: describeMongo(mongoUri) };
}

/** Nothing is answered meanwhile. */
function tellOfUpdate(): void {
  process.stdout.write(
    'Bringing the database to this version; with a million messages that takes a minute.\n',
  );
}

async function openMetrics({ metricsToken: token }: ServerConfig) {
  if (token === undefined) return undefined;
  const { createPrometheusMetrics } = await import('./adapters/prometheus/prometheus-metrics.js');
  return { recorder: createPrometheusMetrics(), token };
}

/** Replies live in this process, and where there are other nodes in Redis too. */
async function joinNodes({ redisUrl }: ServerConfig, logger: Logger) {
  const local = createMemoryEventLog();
  if (redisUrl === undefined) return { eventLog: local };
  const { joinRedisNodes } = await import('./adapters/redis/redis-nodes.js');
  return joinRedisNodes({ url: redisUrl, logger, local });
}

/** What is configured; with nothing configured, what runs on this machine; else the demo. */
async function chooseProviders(
  config: ServerConfig,
  tokenizer: GptTokenCounter,
  logger: Logger,
): Promise<ModelProvider[]> {
  const configured = [...config.providers, ...providersOfKeys(config)];
  const found =
    configured.length > 0 || !config.findsLocalProviders
      ? configured
      : await discoverLocalProviders({ signal: new AbortController().signal });
  if (found.length === 0) return [createDemoProvider({ tokenizer })];
  // Loaded only now: a server without such a provider starts the sooner.
  const { createOpenAiCompatibleProvider } =
    await import('./adapters/openai-compatible/openai-compatible-provider.js');
  const notify = (message: string) => logger.warn({}, message);
  const deps = { ...config.providerDefaults, notify };
  return found.map((provider) => createOpenAiCompatibleProvider(provider, deps));
}

/** The providers that a key in the environment stands for, unless the file says more about them. */
function providersOfKeys({ openAi, typhoon, providers }: ServerConfig): ProviderConfigInput[] {
  const ofKeys: ProviderConfigInput[] = [];
  if (openAi) {
    const { apiKey, baseUrl } = openAi;
    // Endpoints that are merely compatible know the parameters by their older names.
    const isOpenAi = baseUrl === undefined || new URL(baseUrl).hostname === OPENAI_HOST;
    const preset = isOpenAi ? 'openai' : 'generic';
    const base = { name: 'openai', preset, base_url: baseUrl } as const;
    const read = providerConfigSchema.safeParse(base);
    const problem = read.error?.issues[0]?.message;
    if (problem !== undefined) throw new StartupError(`OPENAI_BASE_URL ${problem}.`);
    ofKeys.push({ ...base, api_key: apiKey });
  }
  if (typhoon) ofKeys.push({ name: 'typhoon', preset: 'typhoon', api_key: typhoon.apiKey });
  return ofKeys.filter(({ name }) => !providers.some((provider) => provider.name === name));
}
