import type { EventLog } from '../../ports/event-log.js';
import type { Logger } from '../../ports/logger.js';
import type { NodeBus } from '../../ports/node-bus.js';
import { createRedisEventLog } from './redis-event-log.js';
import { connectRedis } from './redis-link.js';
import { createRedisNodeBus } from './redis-node-bus.js';

/** What makes many processes one server. */
interface RedisNodes {
  bus: NodeBus;
  eventLog: EventLog;
}

/**
 * Joins this node to the others at a Redis.
 *
 * @param options.url where Redis is
 * @param options.local this node's own live log
 */
export async function joinRedisNodes(options: {
  url: string;
  logger: Logger;
  local: EventLog;
}): Promise<RedisNodes> {
  const link = await connectRedis(options);
  return {
    bus: createRedisNodeBus(link),
    eventLog: createRedisEventLog({ link, local: options.local }),
  };
}
