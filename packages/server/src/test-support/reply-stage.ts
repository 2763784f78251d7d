import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isEndingEvent,
  sendBodySchema,
  type RealtimeEvent,
  type SendBody,
  type StreamEvent,
} from '@chat-playground/sdk/protocol';
import { createMemoryEventLog } from '../adapters/memory/memory-event-log.js';
import { createOpenAiCompatibleProvider } from '../adapters/openai-compatible/openai-compatible-provider.js';
import type { ProviderConfigInput } from '../adapters/openai-compatible/provider-config.js';
import { createSqliteStorage } from '../adapters/sqlite/sqlite-storage.js';
import { createGptTokenCounter } from '../adapters/tokenizer/gpt-token-counter.js';
import type { Caller } from '../domain/user.js';
import type { ModelProvider } from '../ports/model-provider.js';
import type { Storage } from '../ports/storage.js';
import { createMakeTitle } from '../use-cases/make-title.js';
import { createReadReply } from '../use-cases/read-reply.js';
import { createModelCatalog } from '../use-cases/replies/model-catalog.js';
import { createReplyEngine, type ReplyEngineDeps } from '../use-cases/replies/reply-engine.js';
import { createStopReplies } from '../use-cases/replies/stop-replies.js';
import { createSendMessage, type Sent } from '../use-cases/send-message.js';
import { createStopReply } from '../use-cases/stop-reply.js';
import { iterate } from './iterate.js';
import { startScriptedUpstream, type ScriptedUpstream } from './scripted-upstream.js';
import { addUser, newId } from './storage-fixtures.js';

export interface StageOptions {
  engine?: Partial<ReplyEngineDeps>;
  provider?: Partial<ProviderConfigInput>;
  /** More providers, after the scripted one. */
  providers?: ModelProvider[];
  titles?: boolean;
  /** Puts something between the engine and the database. */
  wrapStorage?: (storage: Storage) => Storage;
}

/** The part of the server that writes replies, on a real database and a real upstream. */
export interface ReplyStage extends ReplyNode {
  upstream: ScriptedUpstream;
  caller: Caller;
  stranger: Caller;
  /** Everything the owner's live connections were told, and everyone else's. */
  told: { userId: string; event: RealtimeEvent }[];
  /** Resolves as soon as something told matches. */
  hear(matches: (event: RealtimeEvent) => boolean): Promise<RealtimeEvent>;
  /** The process dies: nothing of it reaches the database any more. Another takes its place. */
  crash(options?: StageOptions): Promise<void>;
  /** Moves the time ahead, in milliseconds. */
  advanceClock(ms: number): void;
  close(): Promise<void>;
}

type ReplyNode = Awaited<ReturnType<typeof openNode>>;

export async function openReplyStage(options: StageOptions = {}): Promise<ReplyStage> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-playground-'));
  const file = join(folder, 'test.sqlite');
  const upstream = await startScriptedUpstream();
  const told: ReplyStage['told'] = [];
  const listeners = new Set<() => void>();
  let aheadMs = 0;
  const surroundings = {
    clock: { now: () => Date.now() + aheadMs },
    broadcaster: {
      publish(userId: string, event: RealtimeEvent) {
        told.push({ userId, event });
        for (const listener of listeners) listener();
      },
      disconnectSession: () => undefined,
    },
    upstream,
    file,
  };
  const node = await openNode(surroundings, options);
  const nodes = [node];
  const callerOf = async () => ({
    userId: (await addUser(node.storage)).id,
    sessionId: newId(),
  });
  const stage: ReplyStage = {
    ...node,
    upstream,
    caller: await callerOf(),
    stranger: await callerOf(),
    told,
    hear(matches) {
      return new Promise((resolve) => {
        const look = () => {
          const found = told.find(({ event }) => matches(event));
          if (!found) return;
          listeners.delete(look);
          resolve(found.event);
        };
        listeners.add(look);
        look();
      });
    },
    async crash(next = options) {
      await stage.storage.close();
      const replacement = await openNode(surroundings, next);
      nodes.push(replacement);
      Object.assign(stage, replacement);
    },
    advanceClock: (ms) => void (aheadMs += ms),
    async close() {
      await upstream.close();
      await stage.engine.close();
      await stage.storage.close();
      await rm(folder, { recursive: true });
    },
  };
  return stage;
}

interface Surroundings {
  clock: { now(): number };
  broadcaster: ReplyEngineDeps['broadcaster'];
  upstream: ScriptedUpstream;
  file: string;
}

async function openNode(
  { clock, broadcaster, upstream, file }: Surroundings,
  options: StageOptions,
) {
  const logged: { fields: Record<string, unknown>; message: string }[] = [];
  const log = (fields: Record<string, unknown>, message: string) =>
    void logged.push({ fields, message });
  const logger = { info: log, warn: log, error: log };
  const storage = await createSqliteStorage({ file });
  const provider = createOpenAiCompatibleProvider({
    name: 'acme',
    base_url: upstream.baseUrl,
    ...options.provider,
  });
  const providers = [provider, ...(options.providers ?? [])];
  const catalog = createModelCatalog({ providers, logger });
  const tokenCounter = createGptTokenCounter();
  const shared = { storage, broadcaster, clock, logger, nodeId: 'node-a', tokenCounter };
  const engine = createReplyEngine({
    ...shared,
    storage: options.wrapStorage?.(storage) ?? storage,
    eventLog: createMemoryEventLog(),
    persistIntervalMs: 10,
    ...(options.titles ? { afterReply: createMakeTitle(shared) } : {}),
    ...options.engine,
  });
  const useCaseDeps = { ...shared, catalog, engine, newId };
  const sendMessage = createSendMessage(useCaseDeps);
  const readReply = createReadReply(useCaseDeps);
  return {
    storage,
    catalog,
    engine,
    logged,
    sendMessage,
    readReply,
    stopReply: createStopReply({ ...useCaseDeps, stopReplies: createStopReplies(useCaseDeps) }),
    send: (caller: Caller, body: SendBody, key?: string) =>
      sendMessage(caller, sendBodySchema.parse(body), key),
    /** Opens a reply's stream, ready to be iterated. */
    async open(
      caller: Caller,
      { reply }: Sent,
      afterSeq = 0,
      signal = new AbortController().signal,
    ) {
      const place = { chatId: reply.chatId, messageId: reply.id, afterSeq };
      return iterate(await readReply(caller, place, signal));
    },
    /** Reads a reply to its end. */
    async read(caller: Caller, { reply }: Sent, afterSeq = 0): Promise<StreamEvent[]> {
      const place = { chatId: reply.chatId, messageId: reply.id, afterSeq };
      const events: StreamEvent[] = [];
      const stream = await readReply(caller, place, new AbortController().signal);
      await stream((batch) => void events.push(...batch));
      return events;
    },
  };
}

/** What the deltas of these events say. */
export function textOf(events: readonly StreamEvent[]): string {
  return events.map((one) => (one.event === 'text-delta' ? one.data.delta : '')).join('');
}

/** The last event, which must be an ending one. */
export function endingOf(events: readonly StreamEvent[]) {
  const last = events.at(-1);
  if (!last || !isEndingEvent(last)) throw new Error('The stream has no ending event.');
  return last;
}
