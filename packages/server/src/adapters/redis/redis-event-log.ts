import type { EventLog } from '../../ports/event-log.js';
import type { RedisLink } from './redis-link.js';
import { createStreamReader } from './stream-reader.js';
import { createStreamWriter } from './stream-writer.js';

interface RedisEventLogDeps {
  link: RedisLink;
  /** This node's own log: its replies are served from there, with or without Redis. */
  local: EventLog;
}

/**
 * The live logs of all nodes. A reply is written to its node's memory first and mirrored to a Redis
 * stream; the readers of that node never wait for Redis, those of others read the stream. While
 * Redis is away the others read from storage, which is at most a quarter of a second behind.
 */
export function createRedisEventLog({ link, local }: RedisEventLogDeps): EventLog {
  const writer = createStreamWriter(link);
  const reader = createStreamReader(link);
  const own = new Set<string>();

  function close(messageId: string): void {
    own.delete(messageId);
    local.close(messageId);
    writer.close(messageId);
  }

  return {
    open(messageId) {
      own.add(messageId);
      const log = local.open(messageId);
      return {
        get unpersisted() {
          return log.unpersisted;
        },
        append(events) {
          if (!own.has(messageId)) return;
          log.append(events);
          writer.append(messageId, events);
        },
        release: (seq) => log.release(seq),
        close: () => close(messageId),
      };
    },
    close,
    follow: (messageId, ...rest) =>
      (own.has(messageId) ? local : reader).follow(messageId, ...rest),
  };
}
