import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Model } from '@chat-playground/sdk/protocol';
import type { Express } from 'express';
import type { Logger as PinoLogger } from 'pino';
import { createApp } from './app.js';
import { createReplies, type RepliesDeps } from './create-replies.js';
import { createUseCases, type UseCaseDeps } from './create-use-cases.js';
import { createAllowedHosts } from './domain/allowed-hosts.js';
import { createAllowedOrigins } from './domain/allowed-origins.js';
import { StartupError } from './domain/startup-error.js';
import { createPrefixOf, takeBasePathOff } from './http/base-path.js';
import { createHandlers } from './http/create-handlers.js';
import { expressMessages } from './http/express-messages.js';
import { createLiveStreams } from './http/live-streams.js';
import { createOpenApi } from './http/openapi.js';
import { createProbe } from './http/probe.js';
import { startJobs, type Job } from './jobs.js';
import { broadcastToNodes, listenToNodes } from './join-nodes.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { Metrics } from './ports/metrics.js';
import { createRealtimeGateway, type RealtimeGateway } from './realtime/gateway.js';
import type { ReplyEngine } from './use-cases/replies/reply-engine.js';
import { purgeDeletedChats, purgeReplyEvents } from './use-cases/purge.js';

const PURGE_CHATS_EVERY_MS = 15_000;
const PURGE_EVENTS_EVERY_MS = 5 * 60_000;
const RECOVER_EVERY_MS = 10_000;
/** The dead are found soon after their time is up. */
const RECOVERIES_PER_TIMEOUT = 3;
/** Longer than the usual proxy's minute, so that a connection is closed by the side that reuses it. */
const KEEP_ALIVE_MS = 65_000;
/** After the last reply has ended, time for its readers to take the end of it. */
const LAST_BYTES_MS = 1_000;

export interface ServerParts
  extends
    Omit<UseCaseDeps, 'broadcaster' | 'stopReply' | 'stopReplies' | 'stopAllReplies'>,
    Omit<RepliesDeps, 'broadcaster' | 'logger'> {
  logger: PinoLogger;
  version: string;
  host: string;
  /** 0 for any that is free. */
  port: number;
  corsOrigins: readonly string[];
  /** Names it is known by, beside its own; see {@link createAllowedHosts}. */
  allowedHosts: readonly string[];
  trustProxy: number | string[];
  /** Where a proxy in front leaves its path on requests: that path; else empty. */
  basePath: string;
  playgroundDirectory: string;
  standaloneDirectory: string;
  /** Who may read them shows this token; nobody where there are none. */
  metrics?: { recorder: Metrics; token: string } | undefined;
  /** Of quiet event streams; see the router. */
  heartbeatMs?: number;
}

export interface RunningServer {
  port: number;
  listModels(): Promise<Model[]>;
  /** Lets replies finish for so long, then ends every connection and closes the storage. */
  stop(drainMs: number): Promise<void>;
}

/** Joins the parts into a server that listens. @throws StartupError when it cannot have the port */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const state = { isDraining: false };
  const { httpServer, gateway, engine, listModels } = assemble(parts, state);
  await listen(httpServer, parts);
  // What a crash left unfinished is ended at once; later calls look after other nodes.
  const stopJobs = startJobs(jobsOf(parts, engine), parts.logger);
  return {
    port: (httpServer.address() as AddressInfo).port,
    listModels,
    async stop(drainMs) {
      // Still reachable while replies finish, for their readers to come back to; but no new work.
      state.isDraining = true;
      await Promise.all([stopJobs(), engine.drain(drainMs)]);
      await close(httpServer, gateway);
      await parts.bus?.close();
      await parts.storage.close();
    },
  };
}

function assemble(parts: ServerParts, state: { readonly isDraining: boolean }) {
  const { bus, clock, logger, metrics, storage, version } = parts;
  const liveStreams = createLiveStreams();
  const local: Broadcaster = {
    publish: (userId, event) => gateway.publish(userId, event),
    disconnectSession(sessionId) {
      gateway.disconnectSession(sessionId);
      liveStreams.endSession(sessionId);
    },
  };
  const broadcaster = bus ? broadcastToNodes(local, bus) : local;
  const replies = createReplies({ ...parts, broadcaster });
  const { engine, useCases: replyUseCases } = replies;
  const { stopEverywhere } = replies.stopReplies;
  const useCases = createUseCases({
    ...parts,
    broadcaster,
    stopReply: (messageId) => stopEverywhere('reply', messageId),
    stopReplies: (chatId) => stopEverywhere('chat', chatId),
    stopAllReplies: (ownerId) => stopEverywhere('owner', ownerId),
  });
  const shared = {
    authenticate: useCases.authenticate,
    readReply: replyUseCases.readReply,
    metrics: metrics?.recorder,
    origins: createAllowedOrigins(parts.corsOrigins),
    hosts: createAllowedHosts(parts),
    liveStreams,
  };
  const openApi = createOpenApi(version);
  const handlers = createHandlers(
    { ...useCases, ...replyUseCases },
    {
      version,
      bus,
      ping: () => storage.ping(),
      unsavedReplies: () => engine.unsavedCount(),
      isDraining: () => state.isDraining,
      probe: createProbe({ clock }),
      openApi: () => openApi,
      metrics: metrics && { token: metrics.token, text: () => metrics.recorder.text() },
    },
  );
  const app = createApp({
    ...parts,
    ...shared,
    prefixOf: createPrefixOf(parts.basePath),
    handlers,
  });
  const httpServer = createHttpServer(app);
  // Nobody asks before listening begins, and by then it is there.
  const gateway = createRealtimeGateway({ ...shared, httpServer, clock, logger });
  takeBasePathOff(httpServer, parts.basePath);
  if (bus) listenToNodes({ bus, local, engine, gateway, liveStreams });
  return { httpServer, gateway, engine, listModels: replyUseCases.listModels };
}

function createHttpServer(app: Express): Server {
  const server = createServer(expressMessages(app), app);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

function jobsOf(parts: ServerParts, engine: ReplyEngine): Job[] {
  const { nodeTimeoutMs = Infinity } = parts;
  const recoverMs = Math.min(RECOVER_EVERY_MS, nodeTimeoutMs / RECOVERIES_PER_TIMEOUT);
  return [
    { name: 'recover replies', everyMs: recoverMs, run: () => engine.recover() },
    { name: 'purge chats', everyMs: PURGE_CHATS_EVERY_MS, run: () => purgeDeletedChats(parts) },
    { name: 'purge events', everyMs: PURGE_EVENTS_EVERY_MS, run: () => purgeReplyEvents(parts) },
  ];
}

function listen(server: Server, { host, port }: ServerParts): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Port ${port} on ${host} is taken; stop what uses it, or choose another with PORT.`,
      );
    case 'EACCES':
      return new StartupError(`Port ${port} may not be used by this user; choose one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartupError(`HOST is "${host}", which is no address of this machine.`);
    default:
      return error;
  }
}

/** Ends the live connections and then, for closing the gateway closes it too, the HTTP server. */
async function close(server: Server, gateway: RealtimeGateway): Promise<void> {
  const closed = gateway.close();
  const timer = setTimeout(() => server.closeAllConnections(), LAST_BYTES_MS);
  server.closeIdleConnections();
  await closed;
  clearTimeout(timer);
}
