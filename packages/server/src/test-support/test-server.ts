import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 as newId } from 'uuid';
import { createPasswordHasher } from '../adapters/argon2/password-hasher.js';
import { createAccessTokens } from '../adapters/jwt/access-tokens.js';
import { createMemoryEventLog } from '../adapters/memory/memory-event-log.js';
import { createSqliteStorage } from '../adapters/sqlite/sqlite-storage.js';
import { createGptTokenCounter } from '../adapters/tokenizer/gpt-token-counter.js';
import type { Clock } from '../ports/clock.js';
import type { Storage } from '../ports/storage.js';
import { startServer, type ServerParts } from '../server.js';
import { createTestClient, type TestClient } from './test-client.js';
import { createEchoProvider } from './echo-provider.js';

export const TEST_SECRET = 'a secret of tests, long enough to be accepted as one';

export interface TestServer {
  url: string;
  storage: Storage;
  clock: Clock;
  /** Moves the server's time ahead, in milliseconds. */
  advanceClock(ms: number): void;
  /** Registers someone new. */
  signUp(name?: string): Promise<TestClient>;
  /** Someone who has not signed in. */
  nobody(): TestClient;
  /** What was logged so far, a line each. */
  logLines(): string[];
  stop(drainMs?: number): Promise<void>;
}

/** The whole server on a port of its own: real HTTP, real sockets, a real database in a temporary folder. */
export async function startTestServer(overrides: Partial<ServerParts> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-'));
  const storage = await createSqliteStorage({ file: join(folder, 'test.sqlite') });
  let aheadMs = 0;
  const clock = { now: () => Date.now() + aheadMs };
  const lines: string[] = [];
  const server = await startServer({
    storage,
    clock,
    newId,
    secret: TEST_SECRET,
    accessTokens: createAccessTokens({ secret: TEST_SECRET, clock }),
    passwords: createPasswordHasher(),
    eventLog: createMemoryEventLog(),
    tokenCounter: createGptTokenCounter(),
    providers: [createEchoProvider()],
    nodeId: 'test',
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
    version: '0.0.0-test',
    host: '127.0.0.1',
    port: 0,
    corsOrigins: [],
    allowedHosts: [],
    trustProxy: 0,
    basePath: '',
    playgroundDirectory: join(folder, 'playground'),
    standaloneDirectory: join(folder, 'standalone'),
    ...overrides,
  });
  const url = `http://127.0.0.1:${server.port}`;
  let people = 0;

  return {
    url,
    storage,
    clock,
    advanceClock: (ms) => void (aheadMs += ms),
    async signUp(name = `person ${(people += 1)}`) {
      const client = createTestClient(url);
      await client.register(name);
      return client;
    },
    nobody: () => createTestClient(url),
    logLines: () => lines,
    async stop(drainMs = 0) {
      await server.stop(drainMs);
      await rm(folder, { recursive: true });
    },
  };
}
