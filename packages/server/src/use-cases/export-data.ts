import type { ExportLine } from '@chat-playground/sdk/protocol';
import { DomainError, notFound } from '../domain/domain-error.js';
import {
  presentChat,
  presentMessageAlone,
  presentPreset,
  presentUsageEntry,
  presentUser,
} from '../domain/present.js';
import type { Caller, User } from '../domain/user.js';
import type { ExportPage } from '../ports/export-storage.js';
import type { Storage } from '../ports/storage.js';

/** Rows read at a time: what waits in memory while the reader takes the page before. */
const PAGE_SIZE = 200;

/** Exports of one user at a time: each holds a page for as long as nobody reads it. */
const MAX_EXPORTS = 2;
const RETRY_AFTER_SECONDS = 10;

export type ExportData = (caller: Caller) => Promise<AsyncIterable<ExportLine>>;

/** All that is the caller's, read as it is taken. */
export function createExportData({ storage }: { storage: Storage }): ExportData {
  const running = new Map<string, number>();
  const count = (userId: string, change: 1 | -1) => {
    const left = (running.get(userId) ?? 0) + change;
    if (left > 0) running.set(userId, left);
    else running.delete(userId);
  };

  async function* lines(user: User): AsyncGenerator<ExportLine, void> {
    count(user.id, 1);
    try {
      yield { kind: 'user', user: presentUser(user) };
      for await (const page of storage.exportUserData(user.id, PAGE_SIZE)) yield* linesOf(page);
    } finally {
      count(user.id, -1);
    }
  }

  return async ({ userId }) => {
    const user = await storage.findUser(userId);
    if (!user) throw notFound('user');
    if ((running.get(userId) ?? 0) >= MAX_EXPORTS) {
      const message = `${MAX_EXPORTS} exports of yours are being read already. Let one of them end first.`;
      throw new DomainError('rate_limited', message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    return lines(user);
  };
}

function linesOf(page: ExportPage): ExportLine[] {
  switch (page.kind) {
    case 'presets':
      return page.items.map((preset) => ({ kind: 'preset', preset: presentPreset(preset) }));
    case 'chats':
      return page.items.map((chat) => ({ kind: 'chat', chat: presentChat(chat) }));
    case 'messages':
      return page.items.map((message) => ({
        kind: 'message',
        message: presentMessageAlone(message),
      }));
    case 'usage':
      return page.items.map((entry) => ({ kind: 'usage', usage: presentUsageEntry(entry) }));
  }
}
