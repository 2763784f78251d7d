import { afterEach, describe, expect, it } from 'vitest';
import { createDemoProvider } from '../adapters/demo-model/demo-provider.js';
import { createGptTokenCounter } from '../adapters/tokenizer/gpt-token-counter.js';
import { openReplyStage, type ReplyStage } from '../test-support/reply-stage.js';
import { wholeReply, type Script } from '../test-support/scripted-upstream.js';

const ALWAYS = { from: '2000-01-01', to: '9999-12-31' };

let stage: ReplyStage;
afterEach(() => stage.close());

/** A first exchange whose title request is answered so. */
async function firstExchange(
  title: Script,
  { question = 'How do I bake bread?', reply = wholeReply('With flour.') } = {},
) {
  stage = await openReplyStage({ titles: true });
  stage.upstream.answerWith((_, index) => (index === 0 ? reply : title));
  const sent = await stage.send(stage.caller, { message: question });
  await stage.hear(({ event }) => event === 'reply_ended');
  return sent;
}

async function titleOf({ chat }: { chat: { id: string } }) {
  const event = await stage.hear(({ event }) => event === 'chat_updated');
  const stored = await stage.storage.findChat(stage.caller.userId, chat.id);
  expect(event.data).toMatchObject({ chat: { chat_id: chat.id, chat_title: stored?.title } });
  return stored?.title;
}

describe('a title', () => {
  it('is made by the model after the first exchange, from what was said', async () => {
    const sent = await firstExchange(wholeReply('"Baking', ' bread."'));
    expect(sent.chat.title).toBeNull();
    expect(await titleOf(sent)).toBe('Baking bread');
    const { body } = await stage.upstream.request(1);
    expect(body.max_tokens).toBeLessThan(100);
    const asked = body.messages.map(({ content }) => content).join('\n');
    expect(asked).toContain('How do I bake bread?');
    expect(asked).toContain('With flour.');
  });

  it('is made once', async () => {
    const sent = await firstExchange(wholeReply('Baking bread'));
    await titleOf(sent);
    const more = await stage.send(stage.caller, { chat_id: sent.chat.id, message: 'and cake?' });
    await stage.read(stage.caller, more);
    await stage.engine.close();
    expect(stage.upstream.requests).toHaveLength(3);
  });

  it.each<[string, Script]>([
    ['fails', [{ do: 'status', status: 500 }]],
    ['breaks off', [{ do: 'text', text: 'Bak' }, { do: 'reset' }]],
    ['says nothing usable', wholeReply('""')],
  ])('is the first words of the question when the model %s', async (_, title) => {
    const sent = await firstExchange(title);
    expect(await titleOf(sent)).toBe('How do I bake bread?');
    const reply = await stage.storage.findMessage(stage.caller.userId, sent.reply.id);
    expect(reply).toMatchObject({ status: 'complete', content: 'With flour.' });
  });

  it('is the first words when the reply failed, and the model is not asked again', async () => {
    const sent = await firstExchange(wholeReply('never'), {
      reply: [{ do: 'status', status: 500 }],
    });
    expect(await titleOf(sent)).toBe('How do I bake bread?');
    expect(stage.upstream.requests).toHaveLength(1);
  });

  it.each<[string, Script]>([
    ['as the provider counts', wholeReply('Baking bread')],
    ['although it cannot be used', wholeReply('""')],
    [
      'counted here where the provider does not',
      [{ do: 'text', text: 'Baking bread' }, { do: 'finish', reason: 'stop' }, { do: 'done' }],
    ],
  ])('costs what it costs, %s', async (_, title) => {
    const sent = await firstExchange(title);
    await titleOf(sent);
    await stage.engine.close();
    const sums = await stage.storage.sumUsage(stage.caller.userId, ALWAYS);
    expect(sums.map(({ kind, count, model }) => [kind, count, model]).sort()).toEqual([
      ['reply', 1, sent.reply.model],
      ['title', 1, sent.reply.model],
    ]);
    for (const { promptTokens, completionTokens } of sums) {
      expect(Math.min(promptTokens, completionTokens)).toBeGreaterThan(0);
    }
  });

  it('does not keep the server from closing', async () => {
    const sent = await firstExchange([{ do: 'hang' }]);
    const { closed } = await stage.upstream.request(1);
    await stage.engine.close();
    expect(await closed).toEqual({ wasWhole: false });
    expect(await titleOf(sent)).toBe('How do I bake bread?');
  });

  it('of the demo is the first words of the question', async () => {
    const demo = createDemoProvider({ tokenizer: createGptTokenCounter(), tokensPerSecond: 0 });
    stage = await openReplyStage({ titles: true, providers: [demo] });
    const sent = await stage.send(stage.caller, {
      message: 'สวัสดี ขอตารางหน่อย',
      parameters: { model: 'demo/demo' },
    });
    expect(await titleOf(sent)).toBe('สวัสดี ขอตารางหน่อย');
    expect(stage.upstream.requests).toHaveLength(0);
  });
});
