import type { StreamEvent } from '@chat-playground/sdk/protocol';
import type { EventLog, FollowEnd } from '../../ports/event-log.js';
import type { RedisLink } from './redis-link.js';
import { createStreamNotices } from './stream-notices.js';
import { entryId, eventsOf, streamName, type StreamEntry } from './stream-entry.js';

/** Entries read at a time. */
const ENTRIES_PER_READ = 64;

/** Follows the replies of other nodes in their streams. */
export function createStreamReader(link: RedisLink): Pick<EventLog, 'follow'> {
  const notices = createStreamNotices(link);
  return {
    async follow(messageId, afterSeq, take, signal) {
      signal.throwIfAborted();
      let seq = afterSeq;
      const stream = link.name(streamName(messageId));
      const listening = notices.listen(stream);
      try {
        await listening.active;
        for (;;) {
          if (!link.isUp) return 'closed';
          // The ear before the eye: what comes between the look and the wait is not missed.
          const notice = listening.next(signal);
          const news = await look(link, stream, seq);
          signal.throwIfAborted();
          if (typeof news === 'string') return news;
          const last = news.at(-1);
          if (last) {
            seq = last.seq;
            await take(news);
            continue;
          }
          const heard = await notice;
          signal.throwIfAborted();
          // A writer may have died without a word; storage knows.
          if (heard === 'nothing') return 'behind';
        }
      } finally {
        listening.end();
      }
    },
  };
}

/** What follows `afterSeq` in a stream; empty when nothing does yet. */
async function look(
  link: RedisLink,
  stream: string,
  afterSeq: number,
): Promise<StreamEvent[] | FollowEnd> {
  const after = entryId(afterSeq);
  try {
    const [exists, found] = await Promise.all([
      link.commands.exists(stream),
      link.commands.xread('COUNT', ENTRIES_PER_READ, 'STREAMS', stream, after),
    ]);
    if (exists === 0) return 'closed';
    const entries = (found?.[0]?.[1] ?? []) as StreamEntry[];
    return eventsAfter(entries, afterSeq);
  } catch {
    // Redis is away: storage has what there is.
    return 'closed';
  }
}

function eventsAfter(entries: readonly StreamEntry[], afterSeq: number): StreamEvent[] | FollowEnd {
  const events: StreamEvent[] = [];
  let seq = afterSeq;
  for (const entry of entries) {
    const held = eventsOf(entry);
    if (!held) return events.length > 0 ? events : 'closed';
    for (const event of held) {
      if (event.seq <= seq) continue;
      // Something was never written here, or is no longer kept.
      if (event.seq > seq + 1) return events.length > 0 ? events : 'behind';
      seq = event.seq;
      events.push(event);
    }
  }
  return events;
}
