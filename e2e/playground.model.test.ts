import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChatClient, createMemoryStorage, type ChatClient } from '@chat-playground/sdk';
import { launchBrowser, openPage } from './support/browser.js';
import { PlaygroundPage } from './support/playground-page.js';
import { startServer, type ServerProcess } from './support/server-process.js';

const MODEL_WAIT_MS = 120_000;

const person = {
  username: 'Model tester',
  email: 'model@example.com',
  password: 'correct horse battery',
};

let folder: string;
let server: ServerProcess;
let browser: Browser;
let playground: PlaygroundPage;

beforeAll(async () => {
  const baseUrl = process.env.MODEL_BASE_URL;
  if (!baseUrl)
    throw new Error('MODEL_BASE_URL must be the address of an OpenAI-compatible model.');
  folder = mkdtempSync(join(tmpdir(), 'chat-playground-model-'));
  const config = join(folder, 'playground.config.json');
  const provider = { name: 'local', preset: 'llama.cpp', base_url: baseUrl };
  writeFileSync(config, JSON.stringify({ providers: [provider] }));
  server = await startServer({ env: { PLAYGROUND_CONFIG: config } });
  browser = await launchBrowser();
  const watched = await openPage(browser, server.url);
  watched.page.setDefaultTimeout(MODEL_WAIT_MS);
  playground = new PlaygroundPage(watched.page);
  await playground.register(person);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => playground.newChat());

async function setParameter(name: string, value: string): Promise<void> {
  const input = playground.page.getByRole('spinbutton', { name });
  await input.fill(value);
  await input.press('Tab');
}

/** The same account, by the SDK: what the server remembers, past what the page shows. */
async function signedInClient(): Promise<ChatClient> {
  const client = createChatClient({ baseUrl: server.url, storage: createMemoryStorage() });
  await client.auth.login(person);
  return client;
}

describe('a real model', () => {
  it('is found by its own name', async () => {
    const client = await signedInClient();
    const models = await client.models.list();
    expect(models.map(({ id }) => id)).toContain('local/smollm2-135m-instruct');
    client.close();
  });

  it('streams in many steps, within the output length, with its tokens counted', async () => {
    await setParameter('Output length', '40');
    await playground.typeAndSend('Tell me about the sea.');
    const lengths = await playground.watchLastReply();
    expect(new Set(lengths).size).toBeGreaterThan(3);
    await playground.waitForEnding();
    await playground.lastReply.getByText(/^\d+ tokens$/).waitFor();

    const client = await signedInClient();
    const { chats } = await client.chats.list();
    const { messages } = await client.messages.list({ chat_id: chats[0]?.chat_id ?? '' });
    const reply = messages.at(-1);
    expect(reply).toMatchObject({ role: 'assistant', status: 'complete' });
    expect(reply?.metrics?.completion_tokens).toBeGreaterThan(0);
    expect(reply?.metrics?.completion_tokens).toBeLessThanOrEqual(40);
    expect(reply?.metrics?.prompt_tokens).toBeGreaterThan(0);
    expect(reply?.metrics?.token_count_source).toBe('provider');
    expect(reply?.parameters?.output_length).toMatchObject({ requested: 40, value: 40 });
    client.close();
  });

  it('gives the chat a title after the first exchange', async () => {
    await setParameter('Output length', '16');
    await playground.ask('What is a volcano?');
    const client = await signedInClient();
    await expect
      .poll(async () => (await client.chats.list()).chats[0]?.chat_title, {
        timeout: MODEL_WAIT_MS,
      })
      .toEqual(expect.stringMatching(/\S/));
    const title = (await client.chats.list()).chats[0]?.chat_title ?? '';
    await playground.chats.getByText(title).first().waitFor();
    client.close();
  });

  it('stops when told, and keeps what it had written', async () => {
    await setParameter('Output length', '1000');
    // So small a model ends most answers soon; stories it tells for as long as it may.
    await playground.typeAndSend('Write a very long story about a dragon who travels the world.');
    await expect
      .poll(async () => (await playground.lastReplyText()).length, { timeout: MODEL_WAIT_MS })
      .toBeGreaterThan(10);
    await playground.stopButton.click();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    const kept = await playground.lastReplyText();
    expect(kept.length).toBeGreaterThan(10);
    await playground.page.reload();
    await playground.lastReply.getByText('You stopped this reply.').waitFor();
    expect(await playground.lastReplyText()).toBe(kept);
  });
});
