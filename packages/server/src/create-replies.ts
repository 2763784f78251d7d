import type { ReplyUseCases } from './http/handlers/replies.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { Clock } from './ports/clock.js';
import type { EventLog } from './ports/event-log.js';
import type { Logger } from './ports/logger.js';
import type { ModelProvider } from './ports/model-provider.js';
import type { NodeBus } from './ports/node-bus.js';
import type { Storage } from './ports/storage.js';
import type { TokenCounter } from './ports/token-counter.js';
import { createListModels } from './use-cases/list-models.js';
import { createMakeTitle } from './use-cases/make-title.js';
import { createReadReply } from './use-cases/read-reply.js';
import { createModelCatalog } from './use-cases/replies/model-catalog.js';
import type { ReplyBounds } from './use-cases/replies/reply-bounds.js';
import { createReplyEngine, type ReplyEngine } from './use-cases/replies/reply-engine.js';
import { createStopReplies, type StopReplies } from './use-cases/replies/stop-replies.js';
import { createSendMessage } from './use-cases/send-message.js';
import { createStopReply } from './use-cases/stop-reply.js';

export interface RepliesDeps {
  storage: Storage;
  clock: Clock;
  newId: () => string;
  logger: Logger;
  broadcaster: Broadcaster;
  eventLog: EventLog;
  tokenCounter: TokenCounter;
  providers: readonly ModelProvider[];
  /** Model id used when a request names none; the first listed when absent. */
  defaultModel?: string | undefined;
  /** Stays the same when this node restarts, and differs from every other node's. */
  nodeId: string;
  /** Silence after which another node is taken for dead, in milliseconds; 30,000 by default. */
  nodeTimeoutMs?: number | undefined;
  /** Where replies end that do not end by themselves. */
  replyBounds?: Partial<ReplyBounds> | undefined;
  /** Bytes that ended replies may hold while storage does not take them; 64 MiB by default. */
  maxUnsavedBytes?: number | undefined;
  /** The other nodes; absent where there are none. */
  bus?: NodeBus | undefined;
}

/** The side of the server that writes replies, and its verbs. */
export interface Replies {
  engine: ReplyEngine;
  stopReplies: StopReplies;
  useCases: ReplyUseCases;
}

const NODE_TIMEOUT_MS = 30_000;
/** A node may miss some before it counts as silent. */
const BEATS_PER_TIMEOUT = 6;

export function createReplies(given: RepliesDeps): Replies {
  const { nodeTimeoutMs = NODE_TIMEOUT_MS } = given;
  const catalog = createModelCatalog({ ...given, defaultModelId: given.defaultModel });
  const engine = createReplyEngine({
    ...given,
    bounds: given.replyBounds,
    heartbeatMs: nodeTimeoutMs / BEATS_PER_TIMEOUT,
    abandonedAfterMs: nodeTimeoutMs,
    afterReply: createMakeTitle(given),
  });
  const stopReplies = createStopReplies({ ...given, engine });
  const deps = { ...given, catalog, engine, stopReplies };
  return {
    engine,
    stopReplies,
    useCases: {
      sendMessage: createSendMessage(deps),
      readReply: createReadReply(deps),
      stopReply: createStopReply(deps),
      listModels: createListModels(deps),
    },
  };
}
