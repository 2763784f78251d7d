import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplyStage, type ReplyStage } from '../test-support/reply-stage.js';
import { wholeReply } from '../test-support/scripted-upstream.js';
import { newId } from '../test-support/storage-fixtures.js';
import type { Sent } from './send-message.js';

let stage: ReplyStage;
beforeEach(async () => {
  stage = await openReplyStage();
});
afterEach(() => stage.close());

/** Sends and waits for the reply's end. */
async function exchange(...args: Parameters<ReplyStage['send']>): Promise<Sent> {
  const sent = await stage.send(...args);
  await stage.read(args[0], sent);
  return sent;
}

async function branchOf({ chat }: Sent): Promise<string[]> {
  const { userId } = stage.caller;
  const found = await stage.storage.findChat(userId, chat.id);
  const leafId = found?.activeLeafId ?? '';
  const branch = await stage.storage.listBranch(userId, chat.id, { leafId, limit: 100 });
  return branch.map(({ content }) => content);
}

describe('sending', () => {
  it('opens a chat, then goes on with its active branch', async () => {
    stage.upstream.answerWith((_, index) => wholeReply(`reply ${index}`));
    const first = await exchange(stage.caller, { message: 'one' });
    expect(first.userMessage).toMatchObject({ content: 'one', depth: 0, parentId: null });
    expect(first.reply).toMatchObject({ parentId: first.userMessage.id, model: 'acme/scripted' });
    expect(first.chat.activeLeafId).toBe(first.reply.id);
    const second = await exchange(stage.caller, { chat_id: first.chat.id, message: 'two' });
    expect(second.userMessage).toMatchObject({ parentId: first.reply.id, depth: 2 });
    expect(await branchOf(second)).toEqual(['one', 'reply 0', 'two', 'reply 1']);
    expect(stage.upstream.requests[1]?.body.messages).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'reply 0' },
      { role: 'user', content: 'two' },
    ]);
  });

  it('answers with a chat that has just begun as it is stored', async () => {
    await stage.close();
    stage = await openReplyStage({ engine: { persistIntervalMs: 60_000 } });
    stage.upstream.answerWith([{ do: 'hang' }]);
    const sent = await stage.send(stage.caller, { message: 'one', parameters: { top_p: 0.5 } });
    const { userId } = stage.caller;
    expect(sent).toEqual({
      chat: await stage.storage.findChat(userId, sent.chat.id),
      userMessage: await stage.storage.findMessage(userId, sent.userMessage.id),
      reply: await stage.storage.findMessage(userId, sent.reply.id),
    });
  });

  it('negotiates the parameters and records what became of each', async () => {
    const sent = await exchange(stage.caller, {
      message: 'hi',
      parameters: {
        model: 'scripted',
        output_length: 10,
        temperature: 9,
        repetition_penalty: 1.1,
        system_prompt: 'Be kind.',
        stop: ['END'],
      },
    });
    const { body } = await stage.upstream.request(0);
    expect(body).toMatchObject({ max_tokens: 10, temperature: 2, stop: ['END'] });
    expect(body).not.toHaveProperty('repetition_penalty');
    expect(body.messages[0]).toEqual({ role: 'system', content: 'Be kind.' });
    const reply = await stage.storage.findMessage(stage.caller.userId, sent.reply.id);
    expect(reply?.parameters).toMatchObject({
      output_length: { outcome: 'renamed', wire_name: 'max_tokens' },
      temperature: { outcome: 'clamped', requested: 9, value: 2 },
      repetition_penalty: { outcome: 'dropped' },
      system_prompt: { outcome: 'applied' },
    });
    expect(sent.reply.parameters).toEqual(reply?.parameters);
  });

  it('refuses an empty message, naming the field', async () => {
    for (const message of ['', ' \n ']) {
      await expect(stage.send(stage.caller, { message })).rejects.toMatchObject({
        code: 'invalid_request',
        details: [{ field: 'body.message' }],
      });
    }
  });

  it('writes nothing when the model cannot be found', async () => {
    const sending = stage.send(stage.caller, { message: 'hi', parameters: { model: 'acme/none' } });
    await expect(sending).rejects.toMatchObject({ code: 'model_not_found' });
    const chats = await stage.storage.listChats(stage.caller.userId, { limit: 9, archived: false });
    expect(chats).toEqual([]);
    expect(stage.told).toEqual([]);
  });

  it('waits its turn while a reply of the branch is being written', async () => {
    stage.upstream.answerWith([{ do: 'text', text: 'a' }, { do: 'hang' }]);
    const { chat, reply, userMessage } = await stage.send(stage.caller, { message: 'one' });
    for (const more of [{ message: 'two' }, { message: 'edited', message_id: userMessage.id }]) {
      const sending = stage.send(stage.caller, { chat_id: chat.id, ...more });
      await expect(sending).rejects.toMatchObject({ code: 'reply_in_progress' });
    }
    await stage.engine.stop(reply.id);
    stage.upstream.answerWith(wholeReply('ok'));
    await exchange(stage.caller, { chat_id: chat.id, message: 'two' });
  });

  it('lets one of many racing sends through', async () => {
    const { chat } = await exchange(stage.caller, { message: 'one' });
    stage.upstream.answerWith([{ do: 'hang' }]);
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        stage.send(stage.caller, { chat_id: chat.id, message: 'x' }),
      ),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('editing and regenerating', () => {
  it('puts an edited message beside the old one and destroys nothing', async () => {
    const first = await exchange(stage.caller, { message: 'one' });
    await exchange(stage.caller, { chat_id: first.chat.id, message: 'two' });
    const edited = await exchange(stage.caller, {
      chat_id: first.chat.id,
      message: 'one, edited',
      message_id: first.userMessage.id,
    });
    expect(edited.userMessage).toMatchObject({
      parentId: null,
      siblings: { index: 1, count: 2, previousId: first.userMessage.id },
    });
    expect(await branchOf(edited)).toEqual(['one, edited', 'Hello!']);
    const old = await stage.storage.findMessage(stage.caller.userId, first.userMessage.id);
    expect(old).toMatchObject({ content: 'one', siblings: { nextId: edited.userMessage.id } });
    expect(stage.upstream.requests[2]?.body.messages).toEqual([
      { role: 'user', content: 'one, edited' },
    ]);
  });

  it.each([
    ['the same text', (sent: Sent) => ({ message: 'one', message_id: sent.userMessage.id })],
    ["the reply's id", (sent: Sent) => ({ message_id: sent.reply.id })],
    ['the position of the message', () => ({ message: 'one', message_index: 0 })],
    ['the position of the reply', () => ({ message_index: 1 })],
  ])('asks for another reply by %s', async (_, how) => {
    const first = await exchange(stage.caller, { message: 'one' });
    const again = await exchange(stage.caller, { chat_id: first.chat.id, ...how(first) });
    expect(again.userMessage.id).toBe(first.userMessage.id);
    expect(again.reply).toMatchObject({
      parentId: first.userMessage.id,
      siblings: { index: 1, count: 2, previousId: first.reply.id },
    });
    expect(again.chat.activeLeafId).toBe(again.reply.id);
  });

  it('makes a reply again in the way it was made, unless told otherwise', async () => {
    const { chat, reply } = await exchange(stage.caller, {
      message: 'one',
      parameters: { temperature: 0.3 },
    });
    await exchange(stage.caller, { chat_id: chat.id, message_id: reply.id });
    expect(stage.upstream.requests[1]?.body).toMatchObject({ temperature: 0.3 });
    await exchange(stage.caller, {
      chat_id: chat.id,
      message_id: reply.id,
      parameters: { temperature: 1 },
    });
    expect(stage.upstream.requests[2]?.body).toMatchObject({ temperature: 1 });
  });

  it('edits by position, and refuses positions that are not there', async () => {
    const first = await exchange(stage.caller, { message: 'one' });
    await exchange(stage.caller, { chat_id: first.chat.id, message: 'two' });
    const edited = await exchange(stage.caller, {
      chat_id: first.chat.id,
      message: 'two, edited',
      message_index: 2,
    });
    expect(await branchOf(edited)).toEqual(['one', 'Hello!', 'two, edited', 'Hello!']);
    const beyond = { chat_id: first.chat.id, message: 'x', message_index: 4 };
    await expect(stage.send(stage.caller, beyond)).rejects.toMatchObject({
      code: 'invalid_request',
      details: [{ field: 'body.message_index', message: expect.stringContaining('4') }],
    });
  });
});

describe('ownership', () => {
  it('holds in every field', async () => {
    const mine = await exchange(stage.caller, { message: 'mine' });
    const other = await exchange(stage.caller, { message: 'my other chat' });
    const bodies = [
      { chat_id: mine.chat.id },
      { chat_id: mine.chat.id, message_id: mine.userMessage.id },
      { message_id: mine.userMessage.id },
      { message_id: mine.reply.id },
      { chat_id: mine.chat.id, message_index: 0 },
    ];
    for (const body of bodies) {
      const sending = stage.send(stage.stranger, { message: 'x', ...body });
      await expect(sending).rejects.toMatchObject({ code: 'not_found' });
    }
    const theirs = await exchange(stage.stranger, { message: 'theirs' });
    const mixed = [
      { chat_id: mine.chat.id, message_id: theirs.userMessage.id },
      { chat_id: mine.chat.id, message_id: other.userMessage.id },
      { chat_id: mine.chat.id, message_id: newId() },
    ];
    for (const body of mixed) {
      const sending = stage.send(stage.caller, { message: 'x', ...body });
      await expect(sending).rejects.toMatchObject({ code: 'not_found' });
    }
    const inAnothersName = stage.send(stage.caller, {
      message: 'x',
      user_id: stage.stranger.userId,
    });
    await expect(inAnothersName).rejects.toMatchObject({ code: 'forbidden' });
    await exchange(stage.caller, { message: 'x', user_id: stage.caller.userId });
    await exchange(stage.caller, { message: 'x', message_id: mine.userMessage.id });
  });

  it.each([
    ['have ended', exchange],
    ['are being written', (...args: Parameters<ReplyStage['send']>) => stage.send(...args)],
  ])('keeps replies that %s from strangers, also in mixed pairs', async (_, begin) => {
    if (begin !== exchange) stage.upstream.answerWith([{ do: 'hang' }]);
    const mine = await begin(stage.caller, { message: 'mine' });
    const theirs = await begin(stage.stranger, { message: 'theirs' });
    const { signal } = new AbortController();
    const pairs = [
      { chatId: mine.chat.id },
      { chatId: mine.chat.id, messageId: mine.reply.id },
      { chatId: theirs.chat.id, messageId: mine.reply.id },
      { chatId: theirs.chat.id, messageId: theirs.userMessage.id },
    ];
    for (const pair of pairs) {
      const reading = stage.readReply(stage.stranger, { ...pair, afterSeq: 0 }, signal);
      await expect(reading).rejects.toMatchObject({ code: 'not_found' });
    }
    for (const messageId of [undefined, theirs.reply.id]) {
      const own = { chatId: theirs.chat.id, messageId, afterSeq: 0 };
      await stage.readReply(stage.stranger, own, signal);
    }
    const other = await begin(stage.caller, { message: 'my other chat' });
    const crossed = { chatId: mine.chat.id, messageId: other.reply.id };
    const reading = stage.readReply(stage.caller, { ...crossed, afterSeq: 0 }, signal);
    await expect(reading).rejects.toMatchObject({ code: 'not_found' });
    await expect(stage.stopReply(stage.caller, crossed)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('an idempotency key', () => {
  it('makes a repeated send one send, at once, later and all together', async () => {
    stage.upstream.answerWith([{ do: 'hang' }]);
    const body = { message: 'once' };
    const all = await Promise.all([1, 2, 3].map(() => stage.send(stage.caller, body, 'key')));
    const later = await stage.send(stage.caller, body, 'key');
    expect(new Set([...all, later].map(({ reply }) => reply.id)).size).toBe(1);
    await stage.upstream.request(0);
    expect(stage.upstream.requests).toHaveLength(1);
    await stage.engine.stop(later.reply.id);
    expect((await stage.send(stage.caller, body, 'key')).reply.id).toBe(later.reply.id);
  });

  it('repeats a send whose reply is still being written rather than refusing it', async () => {
    const { chat } = await exchange(stage.caller, { message: 'one' });
    stage.upstream.answerWith([{ do: 'hang' }]);
    const body = { chat_id: chat.id, message: 'two' };
    const first = await stage.send(stage.caller, body, 'key');
    expect((await stage.send(stage.caller, body, 'key')).reply.id).toBe(first.reply.id);
  });

  it('cannot be used for something else, but by someone else', async () => {
    const first = await exchange(stage.caller, { message: 'one' }, 'key');
    const other = stage.send(stage.caller, { message: 'another' }, 'key');
    await expect(other).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    const theirs = await exchange(stage.stranger, { message: 'one' }, 'key');
    expect(theirs.reply.id).not.toBe(first.reply.id);
  });

  it('knows the same request whatever the order of its fields', async () => {
    const one = { temperature: 1, top_p: 0.5 };
    const two = { top_p: 0.5, temperature: 1 };
    const first = await exchange(stage.caller, { message: 'm', parameters: one }, 'key');
    const again = await stage.send(stage.caller, { message: 'm', parameters: two }, 'key');
    expect(again.reply.id).toBe(first.reply.id);
  });
});
