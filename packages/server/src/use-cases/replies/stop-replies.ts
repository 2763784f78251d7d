import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '../../domain/domain-error.js';
import type { ReplyStorage } from '../../ports/message-storage.js';
import type { NodeBus, NodeMessage } from '../../ports/node-bus.js';
import type { ReplyEngine } from './reply-engine.js';

/** How long another node may take to stop a reply and save it. */
const PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 50;

export interface StopReplies {
  /**
   * Stops one reply, or whatever is being written in its chat, on whichever node; resolves once
   * that is saved.
   *
   * @throws DomainError `reply_unreachable` when the node that writes it does not answer
   */
  stop(place: ReplyPlace): Promise<void>;
  /** Stops on all nodes one reply, or all of a chat or an owner; waits for this node only. */
  stopEverywhere(of: StopScope, id: string): Promise<void>;
}

/** Whose replies are to stop. */
export type StopScope = Extract<NodeMessage, { kind: 'stop' }>['of'];

interface ReplyPlace {
  ownerId: string;
  chatId: string;
  /** Whichever replies of the chat are being written, when absent. */
  messageId?: string;
}

interface StopRepliesDeps {
  engine: Pick<ReplyEngine, 'stop' | 'stopChat' | 'stopAllOf'>;
  storage: Pick<ReplyStorage, 'listRunningReplies'>;
  bus?: NodeBus | undefined;
}

/** Stops replies wherever they are written: here at once, elsewhere by asking their node. */
export function createStopReplies({ engine, storage, bus }: StopRepliesDeps): StopReplies {
  const isRunning = async ({ ownerId, chatId, messageId }: ReplyPlace) => {
    const running = await storage.listRunningReplies(ownerId, chatId);
    return running.some((reply) => messageId === undefined || reply.messageId === messageId);
  };

  return {
    async stop(place) {
      const { chatId, messageId } = place;
      if (messageId === undefined) await engine.stopChat(chatId);
      else if (await engine.stop(messageId)) return;
      // Without other nodes, what nobody here writes is a crash's and ends by itself.
      if (!bus || !(await isRunning(place))) return;
      if (messageId === undefined) bus.publish({ kind: 'stop', of: 'chat', id: chatId });
      else bus.publish({ kind: 'stop', of: 'reply', id: messageId });
      for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
        await delay(LOOK_EVERY_MS);
        if (!(await isRunning(place))) return;
        if (!bus.isConnected) break;
      }
      throw unreachable();
    },
    async stopEverywhere(of, id) {
      bus?.publish({ kind: 'stop', of, id });
      await stopHere(engine, of, id);
    },
  };
}

function unreachable(): DomainError {
  return new DomainError(
    'reply_unreachable',
    'The server that writes this reply does not answer right now. Try again in a moment.',
  );
}

/** Stops what this node writes. */
export async function stopHere(
  engine: StopRepliesDeps['engine'],
  of: StopScope,
  id: string,
): Promise<void> {
  switch (of) {
    case 'reply':
      await engine.stop(id);
      return;
    case 'chat':
      return engine.stopChat(id);
    case 'owner':
      return engine.stopAllOf(id);
  }
}
