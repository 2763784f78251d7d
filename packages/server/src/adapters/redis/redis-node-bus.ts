import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { NodeBus, NodeMessage } from '../../ports/node-bus.js';
import type { RedisLink } from './redis-link.js';

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fact'), userId: z.string(), event: z.looseObject({}) }),
  z.object({ kind: z.literal('session-ended'), sessionId: z.string() }),
  z.object({ kind: z.literal('stop'), of: z.enum(['reply', 'chat', 'owner']), id: z.string() }),
]);
const envelopeSchema = z.object({ from: z.string(), message: messageSchema });

/** One channel all nodes listen to; each passes over what it said itself. */
export function createRedisNodeBus(link: RedisLink): NodeBus {
  const self = randomUUID();
  const channel = link.name('nodes');
  return {
    get isConnected() {
      return link.isUp;
    },
    async isAnswering() {
      if (!link.isUp) return false;
      return link.commands.ping().then(
        () => true,
        () => false,
      );
    },
    publish(message) {
      if (!link.isUp) return;
      // Lost with the connection, which is told elsewhere.
      link.commands
        .publish(channel, JSON.stringify({ from: self, message }))
        .catch(() => undefined);
    },
    subscribe(handle) {
      const { end } = link.subscribe(channel, (text) => {
        const message = read(text, self);
        if (message) handle(message);
      });
      return end;
    },
    onReturn: (handle) => link.watch((isUp) => isUp && handle()),
    close: () => link.close(),
  };
}

/** Null for one's own, and for what a node of another version may say. */
function read(text: string, self: string): NodeMessage | null {
  const parsed = envelopeSchema.safeParse(parseJson(text));
  if (!parsed.success || parsed.data.from === self) return null;
  // A fact's event is passed on as the node that made it wrote it.
  return parsed.data.message as NodeMessage;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
