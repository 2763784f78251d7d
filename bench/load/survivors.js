import { createReply, readInto } from './read-reply.js';
import { listChatIds, openStream, readStored } from './target.js';

/**
 * Readers that live through a crash of their server: they keep what they saw, come back to the next
 * process and go on from their last event.
 */
export function createSurvivors() {
  const followed = [];

  /** Starts so many replies; resolves when each has shown its first text. */
  async function follow(target, replies) {
    for (let count = 0; count < replies; count += 1) {
      const { response, ...facts } = await target.start();
      const reply = createReply(facts);
      const { begun, closed } = readInto(reply, response);
      followed.push({ reply, closed });
      await begun;
    }
  }

  /** What became of each reply, and of the chats, at the server's new address. */
  async function comeBack(target, origin) {
    const outcomes = [];
    for (const { reply, closed } of followed) {
      await closed;
      const seen = reply.text;
      await readInto(reply, await openStream(origin, reply)).closed;
      const stored = await readStored(origin, reply);
      const { messageId, ending, text: resumed } = reply;
      const { content, status } = stored ?? {};
      outcomes.push({ messageId, seen, resumed, ending, stored: content, status });
    }
    const lists = await Promise.all(target.tokens.map((token) => listChatIds(origin, token)));
    const known = new Set(lists.flat());
    const lost = followed.filter(({ reply }) => !known.has(reply.chatId)).length;
    return { outcomes, chatsLost: lost };
  }

  return { follow, comeBack };
}
