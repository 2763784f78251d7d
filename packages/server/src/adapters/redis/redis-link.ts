import { setTimeout as delay } from 'node:timers/promises';
import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../../ports/logger.js';

/** Longest a command may take before Redis counts as away. */
const COMMAND_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** Pauses between attempts to connect: short at first, for a restart takes a second or two. */
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 2_000;
const UNREACHED = 'Redis cannot be reached: this node works on its own until then';
/** How Redis, in all its versions and likenesses, says that the credentials are wrong or missing. */
const REFUSED = /^(?:WRONGPASS|NOAUTH|NOPERM)\b|\bAUTH\b|invalid (?:username|password)/i;
/** How long a start waits for Redis before it goes on without. */
const PATIENCE_AT_START_MS = 3_000;

/** A connection to Redis that comes back by itself, and says whether it is there. */
export interface RedisLink {
  /** Whether commands and subscriptions work. */
  readonly isUp: boolean;
  /** Rejects at once while Redis is away: nothing queues up for its return. */
  readonly commands: Redis;
  /** The full name of a key or channel: two databases of one Redis do not hear each other. */
  name(short: string): string;
  /** Listens to a channel, again after each outage. `active` resolves, never rejects. */
  subscribe(
    channel: string,
    listener: (message: string) => void,
  ): { active: Promise<void>; end: () => void };
  /** Told of each change of `isUp`. @returns the removal */
  watch(listener: (isUp: boolean) => void): () => void;
  close(): Promise<void>;
}

interface LinkOptions {
  /** `redis://` or `rediss://`, with user, password and database as it may be. */
  url: string;
  logger: Logger;
}

/**
 * Connects to Redis, and waits for it a little. If it is away the link is down, not broken: a node
 * works without, and goes on trying.
 */
export async function connectRedis({ url, logger }: LinkOptions): Promise<RedisLink> {
  const commands = new Redis(url, OPTIONS);
  const subscriber = new Redis(url, OPTIONS);
  const channels = createChannels(subscriber);
  const watchers = new Set<(isUp: boolean) => void>();
  let isUp = false;
  let isRefused = false;

  const look = () => {
    const now = commands.status === 'ready' && subscriber.status === 'ready' && channels.isActive;
    if (now === isUp) return;
    isUp = now;
    if (isUp) isRefused = false;
    if (isUp) logger.info({}, 'Redis is connected');
    else logger.warn({}, 'Redis is away: this node works on its own until it is back');
    for (const watcher of [...watchers]) watcher(isUp);
  };
  const lookAtError = (error: Error) => {
    if (REFUSED.test(error.message) && !isRefused) {
      isRefused = true;
      logger.error({}, 'Redis refuses the user name or the password in REDIS_URL');
      for (const watcher of [...watchers]) watcher(false);
    }
    look();
  };
  for (const client of [commands, subscriber]) {
    // Each failed attempt to connect is an error event; what matters of them is told above, once.
    client.on('error', lookAtError).on('ready', look).on('close', look);
  }
  subscriber.on('close', channels.forget);
  subscriber.on('ready', () => void channels.restore().then(look));

  const link: RedisLink = {
    get isUp() {
      return isUp;
    },
    commands,
    name: (short) => `chat-playground:${commands.options.db ?? 0}:${short}`,
    subscribe: channels.subscribe,
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    async close() {
      watchers.clear();
      commands.removeAllListeners('close').disconnect();
      subscriber.removeAllListeners('close').disconnect();
    },
  };
  await firstAnswer(link);
  if (!link.isUp && !isRefused) logger.warn({}, UNREACHED);
  return link;
}

const OPTIONS: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  commandTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: CONNECT_TIMEOUT_MS,
  retryStrategy: (times) => Math.min(times * FIRST_RETRY_MS, LONGEST_RETRY_MS),
  // What every server that calls itself compatible speaks.
  protocol: 2,
};

/** Until it is up or has refused us; what comes of waiting any longer then? */
async function firstAnswer(link: RedisLink): Promise<void> {
  const given = new AbortController();
  const up = new Promise<void>((resolve) => {
    const end = link.watch(() => {
      end();
      resolve();
    });
  });
  const patience = delay(PATIENCE_AT_START_MS, undefined, { signal: given.signal });
  await Promise.race([up, patience.catch(() => undefined)]);
  given.abort();
}

/** The channels listened to, kept over outages. */
function createChannels(subscriber: Redis) {
  const listeners = new Map<string, Set<(message: string) => void>>();
  let isActive = false;
  subscriber.on('message', (channel: string, message: string) => {
    for (const listener of listeners.get(channel) ?? []) listener(message);
  });
  // Failing here means that the connection is lost, and then all of them are restored.
  const tell = async (verb: 'subscribe' | 'unsubscribe', names: string[]) => {
    if (subscriber.status !== 'ready' || names.length === 0) return;
    await subscriber[verb](...names).catch(() => undefined);
  };
  return {
    get isActive() {
      return isActive;
    },
    forget: () => void (isActive = false),
    async restore() {
      await tell('subscribe', [...listeners.keys()]);
      isActive = subscriber.status === 'ready';
    },
    subscribe(channel: string, listener: (message: string) => void) {
      const known = listeners.get(channel);
      const ofChannel = known ?? new Set();
      listeners.set(channel, ofChannel.add(listener));
      return {
        active: known ? Promise.resolve() : tell('subscribe', [channel]),
        end() {
          if (!ofChannel.delete(listener) || ofChannel.size > 0) return;
          listeners.delete(channel);
          void tell('unsubscribe', [channel]);
        },
      };
    },
  };
}
