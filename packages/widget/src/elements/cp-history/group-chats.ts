import type { Chat } from '@chat-playground/sdk';

/** A stretch of the list: a named one, or a month given by its first moment. */
export type ChatGroupKey =
  'pinned' | 'today' | 'yesterday' | 'previousWeek' | 'previousMonth' | { month: number };

export interface ChatGroup {
  key: ChatGroupKey;
  chats: readonly Chat[];
}

function startOfDay(now: Date, daysAgo: number): number {
  // By calendar, not by 24 hours: days with a clock change are shorter or longer.
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
}

function keyOf(chat: Chat, now: Date): ChatGroupKey {
  if (chat.pinned) return 'pinned';
  const updated = new Date(chat.updated_at);
  const time = updated.getTime();
  if (time >= startOfDay(now, 0)) return 'today';
  if (time >= startOfDay(now, 1)) return 'yesterday';
  if (time >= startOfDay(now, 7)) return 'previousWeek';
  if (time >= startOfDay(now, 30)) return 'previousMonth';
  return { month: new Date(updated.getFullYear(), updated.getMonth()).getTime() };
}

/** A name for the group, the same on every render. */
export function groupId(key: ChatGroupKey): string {
  return typeof key === 'string' ? key : `month-${key.month}`;
}

/**
 * Divides a list (pinned first, then newest first) by when its chats were last written to, in the
 * reader's time zone. The order is kept.
 */
export function groupChats(chats: readonly Chat[], now: Date): ChatGroup[] {
  const groups = new Map<string, { key: ChatGroupKey; chats: Chat[] }>();
  for (const chat of chats) {
    const key = keyOf(chat, now);
    const group = groups.get(groupId(key)) ?? { key, chats: [] };
    group.chats.push(chat);
    groups.set(groupId(key), group);
  }
  return [...groups.values()];
}
