import type { LiveStreams } from './http/live-streams.js';
import type { Broadcaster } from './ports/broadcaster.js';
import type { NodeBus, NodeMessage } from './ports/node-bus.js';
import type { RealtimeGateway } from './realtime/gateway.js';
import type { ReplyEngine } from './use-cases/replies/reply-engine.js';
import { stopHere } from './use-cases/replies/stop-replies.js';

/** Tells what happens here to the live connections of this node and of all others. */
export function broadcastToNodes(local: Broadcaster, bus: NodeBus): Broadcaster {
  return {
    publish(userId, event) {
      local.publish(userId, event);
      bus.publish({ kind: 'fact', userId, event });
    },
    disconnectSession(sessionId) {
      local.disconnectSession(sessionId);
      bus.publish({ kind: 'session-ended', sessionId });
    },
  };
}

interface ListenToNodesDeps {
  bus: NodeBus;
  local: Broadcaster;
  engine: ReplyEngine;
  gateway: Pick<RealtimeGateway, 'reconnectAll'>;
  liveStreams: Pick<LiveStreams, 'endAll'>;
}

/**
 * Does what the other nodes say. After a while without them, sign-outs and facts were missed: all
 * live connections are closed, to come back, be looked at again, and catch up.
 */
export function listenToNodes({
  bus,
  local,
  engine,
  gateway,
  liveStreams,
}: ListenToNodesDeps): void {
  bus.subscribe((message) => handle(message, local, engine));
  bus.onReturn(() => {
    gateway.reconnectAll();
    liveStreams.endAll();
  });
}

function handle(
  message: NodeMessage,
  local: Broadcaster,
  engine: ListenToNodesDeps['engine'],
): void {
  switch (message.kind) {
    case 'fact':
      return local.publish(message.userId, message.event);
    case 'session-ended':
      return local.disconnectSession(message.sessionId);
    case 'stop':
      return void stopHere(engine, message.of, message.id);
  }
}
