import type { ReplyUseCases } from './http/handlers/replies.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { Clock } from './ports/clock.js';
import type { EventLog } from './ports/event-log.js';
import type { Logger } from './ports/logger.js';
import type { ModelProvider } from './ports/model-provider.js';
import type { Storage } from './ports/storage.js';
import type { TokenCounter } from './ports/token-counter.js';
import { createListModels } from './use-cases/list-models.js';
import { createMakeTitle } from './use-cases/make-title.js';
import { createReadReply } from './use-cases/read-reply.js';
import { createModelCatalog } from './use-cases/replies/model-catalog.js';
import { createReplyEngine, type ReplyEngine } from './use-cases/replies/reply-engine.js';
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
}

/** The side of the server that writes replies, and its verbs. */
export interface Replies {
  engine: ReplyEngine;
  useCases: ReplyUseCases;
}

export function createReplies(given: RepliesDeps): Replies {
  const catalog = createModelCatalog({ ...given, defaultModelId: given.defaultModel });
  const engine = createReplyEngine({ ...given, afterReply: createMakeTitle(given) });
  const deps = { ...given, catalog, engine };
  return {
    engine,
    useCases: {
      sendMessage: createSendMessage(deps),
      readReply: createReadReply(deps),
      stopReply: createStopReply(deps),
      listModels: createListModels(deps),
    },
  };
}
