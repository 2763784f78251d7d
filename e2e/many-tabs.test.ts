import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Script } from '../packages/server/src/test-support/scripted-upstream.js';
import { launchBrowser } from './support/browser.js';
import { newPerson } from './support/people.js';
import { PlaygroundPage } from './support/playground-page.js';
import { createGate, startScriptedModel, type ScriptedModel } from './support/scripted-model.js';
import { startServer, type ServerProcess } from './support/server-process.js';

/** Twice what a browser opens to an HTTP/1.1 server. */
const TABS = 12;

let model: ScriptedModel;
let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  model = await startScriptedModel();
  server = await startServer({ env: model.env });
  browser = await launchBrowser();
});
afterEach(() => context.close());
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await model?.close();
});

async function openTab(): Promise<PlaygroundPage> {
  const tab = new PlaygroundPage(await context.newPage());
  await tab.page.goto(server.url);
  await tab.message.waitFor();
  return tab;
}

/** So many tabs of one browser, each with a reply that is being written and waits for the gate. */
async function openStreams(count: number, until: Promise<void>): Promise<PlaygroundPage[]> {
  const script: Script = [
    { do: 'text', text: 'The beginning, ' },
    { do: 'hold', until },
    { do: 'text', text: 'and the end.' },
    { do: 'finish', reason: 'stop' },
    { do: 'done' },
  ];
  model.answerWith(script);
  const first = new PlaygroundPage(await context.newPage());
  await first.page.goto(server.url);
  await first.register(newPerson());
  const tabs = [first];
  while (tabs.length < count) tabs.push(await openTab());
  for (const tab of tabs) {
    await tab.typeAndSend('Tell me.');
    await tab.lastReply.getByText('The beginning,').waitFor();
  }
  return tabs;
}

describe('with a reply in each of twelve tabs', () => {
  it('every one is read, one more tab loads, sends and is answered, and another stops its own', async () => {
    context = await browser.newContext();
    const gate = createGate();
    const tabs = await openStreams(TABS, gate.until);
    const extra = await openTab();
    await extra.typeAndSend('One more.');
    await extra.lastReply.getByText('The beginning,').waitFor();
    await extra.stopButton.click();
    await extra.waitForEnding();

    gate.open();
    for (const tab of tabs) {
      await tab.waitForEnding();
      expect((await tab.lastReplyText()).trim()).toBe('The beginning, and the end.');
    }
  });

  it('the places of tabs that were closed are free for others', async () => {
    context = await browser.newContext();
    const gate = createGate();
    const tabs = await openStreams(5, gate.until);
    const opened: string[] = [];
    const [first, ...others] = tabs as [PlaygroundPage, ...PlaygroundPage[]];
    await first.page.close();
    const tab = await openTab();
    tab.page.on('request', (request) => opened.push(new URL(request.url()).pathname));
    await tab.typeAndSend('After one was closed.');
    await tab.lastReply.getByText('The beginning,').waitFor();
    expect(opened).toContain('/api/chats/stream');
    gate.open();
    for (const one of [...others, tab]) await one.waitForEnding();
  });
});

it('where websockets do not get through, six are read as before, and the others once there is room', async () => {
  context = await browser.newContext();
  await context.routeWebSocket(/\/api\/ws/, (socket) => socket.close());
  const gate = createGate();
  const tabs = await openStreams(4, gate.until);
  gate.open();
  for (const tab of tabs) {
    await tab.waitForEnding();
    expect((await tab.lastReplyText()).trim()).toBe('The beginning, and the end.');
  }
});

it('a page without Web Locks reads by websocket from the first stream on', async () => {
  context = await browser.newContext();
  await context.addInitScript(() =>
    Object.defineProperty(navigator, 'locks', { value: undefined }),
  );
  const gate = createGate();
  const tabs = await openStreams(7, gate.until);
  const extra = await openTab();
  await extra.typeAndSend('One more.');
  await extra.lastReply.getByText('The beginning,').waitFor();
  gate.open();
  for (const tab of [...tabs, extra]) {
    await tab.waitForEnding();
    expect((await tab.lastReplyText()).trim()).toBe('The beginning, and the end.');
  }
});
