import type { StreamEvent } from '@chat-playground/sdk/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import {
  endingOf,
  openReplyStage,
  textOf,
  type ReplyStage,
  type StageOptions,
} from '../test-support/reply-stage.js';
import type { Sent } from './send-message.js';

let stage: ReplyStage;
afterEach(() => stage.close());

/** A reply that says "One two" and is stopped there. */
async function stopMidway(options: StageOptions = {}): Promise<Sent> {
  stage = await openReplyStage(options);
  stage.upstream.answerWith([
    { do: 'text', text: 'One ' },
    { do: 'text', text: 'two' },
    { do: 'hang' },
  ]);
  const sent = await stage.send(stage.caller, { message: 'Count' });
  await readUntil(sent, 'One two');
  await stage.stopReply(stage.caller, { chatId: sent.chat.id });
  stage.upstream.answerWith([{ do: 'text', text: ', three' }, { do: 'finish' }, { do: 'done' }]);
  return sent;
}

const goOn = ({ chat, reply }: Sent) =>
  stage.send(stage.caller, { chat_id: chat.id, message_id: reply.id, action: 'continue' });
const lastRequest = async () => (await stage.upstream.request(1)).body;

describe('a reply that was cut off', () => {
  it('goes on in another version of it, which begins with its text', async () => {
    const first = await stopMidway();
    const second = await goOn(first);
    const events = await stage.read(stage.caller, second);
    expect(events.map(({ event }) => event)).toEqual([
      'message-start',
      'text-delta',
      'text-delta',
      'message-end',
    ]);
    expect(textOf(events)).toBe('One two, three');
    // What was there before is no work of this one.
    expect(endingOf(events)).toMatchObject({ data: { status: 'complete', completion_tokens: 2 } });

    const { storage, caller } = stage;
    expect(second.userMessage.id).toBe(first.userMessage.id);
    expect(await storage.findMessage(caller.userId, first.reply.id)).toMatchObject({
      status: 'stopped',
      content: 'One two',
    });
    expect(await storage.findMessage(caller.userId, second.reply.id)).toMatchObject({
      status: 'complete',
      content: 'One two, three',
      siblings: { index: 1, count: 2 },
    });
    expect((await storage.findChat(caller.userId, first.chat.id))?.activeLeafId).toBe(
      second.reply.id,
    );
  });

  it('is asked for in words where the provider would answer its own text', async () => {
    await readWhole(await goOn(await stopMidway()));
    const { messages } = await lastRequest();
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(messages[1]?.content).toBe('One two');
    expect(messages[2]?.content).toContain('Go on exactly where it ends');
  });

  it('is given to the provider as the beginning of its answer where that is understood', async () => {
    await readWhole(await goOn(await stopMidway({ provider: { preset: 'vllm' } })));
    const { messages, ...fields } = await lastRequest();
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: 'One two' });
    expect(fields).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
  });

  it('goes on as well after its length ran out, or its server went away', async () => {
    const first = await stopMidway();
    stage.upstream.answerWith([
      { do: 'text', text: '!' },
      { do: 'finish', reason: 'length' },
      { do: 'done' },
    ]);
    const second = await goOn(first);
    await stage.read(stage.caller, second);
    stage.upstream.answerWith([{ do: 'text', text: '?' }, { do: 'hang' }]);
    const third = await goOn(second);
    await readUntil(third, 'One two!?');
    await stage.engine.drain(0);
    expect(await stage.storage.findMessage(stage.caller.userId, third.reply.id)).toMatchObject({
      status: 'interrupted',
      content: 'One two!?',
    });
    await stage.crash();
    stage.upstream.answerWith([{ do: 'text', text: '.' }, { do: 'finish' }, { do: 'done' }]);
    const fourth = await goOn(third);
    expect(textOf(await stage.read(stage.caller, fourth))).toBe('One two!?.');
  });

  it('can be stopped again, and keeps all of it', async () => {
    const first = await stopMidway();
    stage.upstream.answerWith([{ do: 'hang' }]);
    const second = await goOn(first);
    await stage.upstream.request(1);
    await stage.stopReply(stage.caller, { chatId: first.chat.id });
    expect(await stage.storage.findMessage(stage.caller.userId, second.reply.id)).toMatchObject({
      status: 'stopped',
      content: 'One two',
    });
  });

  it('is the only one that can go on: a whole one, a question and a stranger’s cannot', async () => {
    const first = await stopMidway();
    const whole = await goOn(first);
    await stage.read(stage.caller, whole);
    const refused = { code: 'invalid_request', details: [{ field: 'body.message_id' }] };
    await expect(goOn(whole)).rejects.toMatchObject(refused);
    const question = { ...first, reply: first.userMessage };
    await expect(goOn(question)).rejects.toMatchObject(refused);
    const nothing = stage.send(stage.caller, { chat_id: first.chat.id, action: 'continue' });
    await expect(nothing).rejects.toMatchObject(refused);
    const theirs = stage.send(stage.stranger, { message_id: first.reply.id, action: 'continue' });
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
  });
});

const readWhole = (sent: Sent) => stage.read(stage.caller, sent);

/** Resolves once a live reader has this text. */
async function readUntil(sent: Sent, text: string): Promise<void> {
  const seen: StreamEvent[] = [];
  for await (const events of await stage.open(stage.caller, sent)) {
    seen.push(...events);
    if (textOf(seen) === text) return;
  }
  throw new Error(`The reply ended as "${textOf(seen)}".`);
}
