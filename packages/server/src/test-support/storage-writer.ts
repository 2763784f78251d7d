/**
 * A process that writes until it is killed, and says on stdout what was acknowledged, a JSON line
 * each. Started by `spawnStorageWriter`; its one argument says which database to open.
 */
import {
  makeDeltas,
  makeEnding,
  makeFirstSend,
  makeSend,
  NODE,
  START,
} from './storage-fixtures.js';
import { openStorage } from './open-storage.js';
import type { StorageOpener } from '../ports/storage-contract/storage-home-contract.js';

/** What the writer has been told is safe. */
export type Acknowledged =
  | { kind: 'send'; chatId: string; userMessageId: string; replyId: string }
  | { kind: 'events'; replyId: string; text: string }
  | { kind: 'end'; replyId: string; text: string };

const { opener, ownerId } = JSON.parse(process.argv[2] ?? '{}') as {
  opener: StorageOpener;
  ownerId: string;
};
const storage = await openStorage(opener);
const say = (line: Acknowledged) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function writeExchange(parent: { chatId: string; id: string; depth: number } | null) {
  const { send, user, reply } = parent
    ? makeSend(parent.chatId, ownerId, parent)
    : makeFirstSend(ownerId, { key: crypto.randomUUID() });
  await storage.recordSend(send);
  say({ kind: 'send', chatId: reply.chatId, userMessageId: user.id, replyId: reply.id });
  let text = '';
  for (let seq = 1; seq <= 6; seq += 2) {
    const events = makeDeltas(reply.id, seq, [`${seq} `, `${seq + 1} `]);
    await storage.appendReplyEvents([{ messageId: reply.id, nodeId: NODE, events }], START);
    text += `${seq} ${seq + 1} `;
    say({ kind: 'events', replyId: reply.id, text });
  }
  const events = makeDeltas(reply.id, 7, ['end']);
  await storage.endReply(makeEnding(reply.id, { content: `${text}end`, events }));
  say({ kind: 'end', replyId: reply.id, text: `${text}end` });
  return reply;
}

for (;;) {
  const first = await writeExchange(null);
  await writeExchange(first);
}
