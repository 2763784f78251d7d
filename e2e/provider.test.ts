import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  startScriptedUpstream,
  wholeReply,
  type ScriptedUpstream,
} from '../packages/server/src/test-support/scripted-upstream.js';
import { it as base } from './support/playground-test.js';

const it = base
  .extend('upstream', { scope: 'file' }, async ({}, { onCleanup }) => {
    const upstream = await startScriptedUpstream();
    onCleanup(() => upstream.close());
    return upstream;
  })
  .override('settings', { scope: 'file' }, ({ upstream }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chat-playground-provider-'));
    onCleanup(() => rmSync(folder, { recursive: true, force: true }));
    const config = join(folder, 'playground.config.json');
    const provider = { base_url: upstream.baseUrl };
    writeFileSync(
      config,
      JSON.stringify({
        providers: [
          { ...provider, name: 'local', preset: 'vllm', models: [{ id: 'scripted' }] },
          { ...provider, name: 'cloud', preset: 'openai', models: [{ id: 'gpt-scripted' }] },
        ],
      }),
    );
    return { PLAYGROUND_CONFIG: config };
  });

it.beforeEach(({ upstream }) => upstream.answerWith(wholeReply('A ', 'short ', 'answer.')));

/** The request that carried the question, not the one for a title. */
function requestTo(upstream: ScriptedUpstream, question: string) {
  return upstream.requests.findLast(({ body }) => body.messages.at(-1)?.content === question);
}

describe('a connected model', () => {
  it('is asked with the four parameters that were set, each under its own name', async ({
    playground,
    upstream,
  }) => {
    for (const [name, value] of [
      ['Output length', '77'],
      ['Temperature', '0.3'],
      ['Top P', '0.85'],
      ['Repetition penalty', '1.15'],
    ] as const) {
      const input = playground.page.getByRole('spinbutton', { name });
      await input.fill(value);
      await input.press('Tab');
    }
    await playground.ask('With parameters');
    expect(requestTo(upstream, 'With parameters')?.body).toMatchObject({
      model: 'scripted',
      max_tokens: 77,
      temperature: 0.3,
      top_p: 0.85,
      repetition_penalty: 1.15,
    });
  });

  it('can be another one, and what it does not know is dropped and said so', async ({
    playground,
    upstream,
  }) => {
    const { page } = playground;
    const penalty = page.getByRole('spinbutton', { name: 'Repetition penalty' });
    await penalty.fill('1.15');
    await penalty.press('Tab');
    await page
      .getByRole('button', { name: /scripted/ })
      .first()
      .click();
    await page.getByRole('option', { name: /gpt-scripted/ }).click();
    await playground.ask('To the other model');
    const body = requestTo(upstream, 'To the other model')?.body;
    expect(body).toMatchObject({ model: 'gpt-scripted' });
    expect(body).not.toHaveProperty('repetition_penalty');
    await playground.lastReply.getByText('1 setting adjusted').click();
    await page.getByText('ignored by the model').waitFor();
  });

  it('that refuses gives a clear message, and the question can be tried again', async ({
    playground,
    upstream,
  }) => {
    upstream.answerWith([{ do: 'status', status: 401, body: { error: { message: 'bad key' } } }]);
    await playground.typeAndSend('Are you there?');
    const retry = playground.lastReply.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    expect(await playground.lastReply.textContent()).not.toContain('bad key');
    await playground.lastReply.getByText(/local/).first().waitFor();
    upstream.answerWith(wholeReply('Now ', 'I am.'));
    await retry.click();
    await expect.poll(() => playground.lastReplyText()).toContain('Now I am.');
    expect(await playground.ownMessages.count()).toBe(1);
  });

  it('that breaks down midway leaves what had come, and says so after a reload too', async ({
    playground,
    upstream,
  }) => {
    upstream.answerWith([
      { do: 'text', text: 'The first half' },
      { do: 'wait', ms: 50 },
      { do: 'reset' },
    ]);
    await playground.typeAndSend('Tell me both halves');
    await playground.lastReply.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await playground.lastReplyText()).toContain('The first half');
    await playground.page.reload();
    await playground.lastReply.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await playground.lastReplyText()).toContain('The first half');
  });

  it('stops at once when told, and its connection is closed', async ({ playground, upstream }) => {
    upstream.answerWith([{ do: 'text', text: 'One and' }, { do: 'hang' }]);
    await playground.typeAndSend('Go on for ever');
    await expect.poll(() => playground.lastReplyText()).toContain('One and');
    await playground.stopButton.click();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    const { wasWhole } = (await requestTo(upstream, 'Go on for ever')?.closed) ?? {
      wasWhole: true,
    };
    expect(wasWhole).toBe(false);
  });

  it('goes on while the page is reloaded', async ({ playground, upstream }) => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    upstream.answerWith([
      { do: 'text', text: 'Before the reload, ' },
      { do: 'hold', until },
      ...wholeReply('and after it.'),
    ]);
    await playground.typeAndSend('Survive a reload');
    await expect.poll(() => playground.lastReplyText()).toContain('Before the reload,');
    await playground.page.reload();
    await expect
      .poll(() => playground.lastReplyText().catch(() => ''))
      .toContain('Before the reload,');
    release();
    await playground.waitForEnding();
    expect(await playground.lastReplyText()).toContain('Before the reload, and after it.');
  });
});
