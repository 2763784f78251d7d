import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient } from '../packages/server/src/test-support/test-client.js';
import type { Script } from '../packages/server/src/test-support/scripted-upstream.js';
import { openReader } from './support/reply-reader.js';
import { startScriptedModel, type ScriptedModel } from './support/scripted-model.js';
import { startServer, type ServerProcess } from './support/server-process.js';

const LIVE_REPLIES = 100;

let dataDir: string;
let model: ScriptedModel;
let server: ServerProcess | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'chat-playground-crash-'));
  model = await startScriptedModel();
});
afterAll(async () => {
  await server?.stop('SIGKILL');
  await model?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Writes words for far longer than the test takes. */
const endless: Script = Array.from({ length: 2_000 }, (_, index) => [
  { do: 'text', text: `word ${index} ` } as const,
  { do: 'wait', ms: 40 } as const,
]).flat();

const start = () => startServer({ dataDir, env: model.env });

describe('a server that is killed while it writes', () => {
  it('loses no chat, keeps what readers saw, and gives those who come back an ending', async () => {
    model.answerWith(endless);
    server = await start();
    const client = createTestClient(server.url);
    await client.register('someone');
    const replies = await Promise.all(
      Array.from({ length: LIVE_REPLIES }, async (_, index) => {
        const sent = await client.call('sendMessage', { body: { message: `question ${index}` } });
        return { ...sent, reader: await openReader(client, sent.reply) };
      }),
    );
    await Promise.all(replies.map(({ reader }) => reader.until(12)));
    const cut = Promise.all(replies.map(({ reader }) => reader.toEnd()));
    await server.stop('SIGKILL');
    expect((await cut).filter((ending) => ending !== undefined)).toEqual([]);

    server = await start();
    const back = createTestClient(server.url);
    back.token = client.token;
    for (const { chat_id, message_id, reply, reader } of replies) {
      const { messages } = await back.call('listMessagesOfChat', { params: { chat_id } });
      const [question, stored] = messages;
      expect(question).toMatchObject({ message_id, status: 'complete' });
      expect(stored).toMatchObject({
        message_id: reply.message_id,
        status: 'interrupted',
        error: { code: 'interrupted', retryable: true },
      });
      expect(stored?.content).not.toBe('');
      expect(reader.text().startsWith(stored?.content ?? '-')).toBe(true);

      const resumed = await openReader(back, reply, reader.lastSeq());
      const ending = await resumed.toEnd();
      expect(ending).toMatchObject({ event: 'message-error', data: { status: 'interrupted' } });
      expect(resumed.text()).toBe('');
      const again = await openReader(back, reply);
      await again.toEnd();
      expect(again.text()).toBe(stored?.content);
    }

    // And it serves: another answer to the same question, to its end.
    model.answerWith([{ do: 'text', text: 'whole' }, { do: 'finish' }, { do: 'done' }]);
    const [first] = replies;
    const { chat_id = '', message_id = '' } = first ?? {};
    const sent = await back.chat('question 0', { chat_id, message_id });
    expect(sent.reply.sibling_count).toBe(2);
  });
});
