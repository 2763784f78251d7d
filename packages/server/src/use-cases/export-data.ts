import type { ExportLine } from '@chat-playground/sdk/protocol';
import { notFound } from '../domain/domain-error.js';
import {
  presentChat,
  presentMessageAlone,
  presentPreset,
  presentUsageEntry,
  presentUser,
} from '../domain/present.js';
import type { Caller } from '../domain/user.js';
import type { ExportPage } from '../ports/export-storage.js';
import type { Storage } from '../ports/storage.js';

/** Rows read at a time: what waits in memory while the reader takes the page before. */
const PAGE_SIZE = 200;

export type ExportData = (caller: Caller) => Promise<AsyncIterable<ExportLine>>;

/** All that is the caller's, read as it is taken. */
export function createExportData({ storage }: { storage: Storage }): ExportData {
  return async ({ userId }) => {
    const user = await storage.findUser(userId);
    if (!user) throw notFound('user');
    return (async function* () {
      yield { kind: 'user', user: presentUser(user) } as const;
      for await (const page of storage.exportUserData(userId, PAGE_SIZE)) yield* linesOf(page);
    })();
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
