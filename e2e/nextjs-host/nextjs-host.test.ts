import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from 'vitest';
import { freePort } from '../../packages/server/src/test-support/free-port.js';
import { wholeReply } from '../../packages/server/src/test-support/scripted-upstream.js';
import { launchBrowser } from '../support/browser.js';
import { newPerson } from '../support/people.js';
import { createGate, startScriptedModel, type ScriptedModel } from '../support/scripted-model.js';
import { startServer, type ServerProcess } from '../support/server-process.js';
import { HostPage } from './host-page.js';
import { hostFolder, spawnHost, startHost } from './host-process.js';

let model: ScriptedModel;
let server: ServerProcess;
let stopHost: () => Promise<void>;
let url: string;
let browser: Browser;
let context: BrowserContext;
let host: HostPage;
let complaints: string[];

async function openHost(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  await context?.close();
  context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refused request is logged by the browser itself; tests of refusals expect those.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  host = new HostPage(page, url);
}

beforeAll(async () => {
  model = await startScriptedModel();
  // Before the host is started: the server must know its origin, and the host the server's.
  const port = await freePort();
  url = `http://localhost:${port}`;
  server = await startServer({ env: { ...model.env, CORS_ORIGINS: url } });
  stopHost = await startHost(port, `${server.url}/api`);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await stopHost?.();
  await server?.stop();
  await model?.close();
});

beforeEach(async () => {
  complaints = [];
  model.answerWith(wholeReply('A ', '**short** ', 'answer.'));
  await openHost();
});

afterEach(() => {
  // Nothing at all: no error, no warning of React about hydration, no violation of the policy.
  expect(complaints).toEqual([]);
});

describe('the Next.js host', () => {
  it('says beside each field what the server found wrong, then lets in to the page asked for', async () => {
    await host.page.goto(`${url}/custom`);
    await host.page.getByRole('link', { name: 'Create one' }).click();
    await host.page.getByRole('heading', { name: 'Create your account' }).waitFor();
    await host.submit();
    await host.page.getByText('must have at least 8 characters').waitFor();
    await host.page.getByText('must be an e-mail address').waitFor();
    const person = newPerson();
    await host.page.getByLabel('Name').fill(person.username);
    await host.fillCredentials(person);
    await host.submit();
    await host.toast(`Signed in as ${person.username}`).waitFor();
    await host.message.waitFor();
    expect(host.path).toBe('/custom');

    await host.signOut();
    await host.fillCredentials({ ...person, password: 'wrong horse battery' });
    await host.submit();
    await host.page.getByRole('alert').getByText('Wrong e-mail address or password.').waitFor();
    // What was typed is still there to be corrected.
    expect(await host.page.getByLabel('E-mail').inputValue()).toBe(person.email);
  });

  it('goes nowhere else after signing in, whatever the address says', async () => {
    const person = newPerson();
    await host.register(person, '//elsewhere.example/');
    expect(host.page.url()).toBe(`${url}/`);
  });

  it('streams into a chat with an address of its own; back, forward and a deep link follow', async () => {
    await host.register(newPerson());
    const gate = createGate();
    const [first, ...rest] = wholeReply('A beginning, ', 'and its end.');
    if (!first) throw new Error('an empty script');
    model.answerWith([first, { do: 'hold', until: gate.until }, ...rest]);
    await host.send('What is this?');
    await host.articles.getByText('A beginning,').waitFor();
    await expect.poll(() => host.path).toMatch(/^\/chat\/./);
    const path = host.path;
    gate.open();
    await host.articles.getByText('and its end.').waitFor();
    await host.toast('Reply finished').waitFor();
    await host.page.getByRole('button', { name: 'Good reply' }).click();
    await host.toast('Marked as good').waitFor();

    await host.page.goBack();
    await expect.poll(() => host.articles.count()).toBe(0);
    expect(host.path).toBe('/');
    await host.page.goForward();
    await host.articles.getByText('and its end.').waitFor();
    expect(host.path).toBe(path);
    await host.page.goto('about:blank');
    await host.page.goto(url + path);
    await host.articles.getByText('and its end.').waitFor();
    expect(host.path).toBe(path);
  });

  it('names the tab after the chat, and after itself where there is none', async () => {
    const person = newPerson();
    await host.register(person);
    expect(await host.page.title()).toBe('Chat Playground');
    await host.send('What is this?');
    await expect.poll(() => host.page.title()).toBe('A title · Chat Playground');
    const path = host.path;
    await host.page.goBack();
    await expect.poll(() => host.page.title()).toBe('Chat Playground');
    await host.page.goForward();
    await expect.poll(() => host.page.title()).toBe('A title · Chat Playground');

    await host.page.getByRole('link', { name: 'Custom' }).click();
    await expect.poll(() => host.page.title()).toBe('Custom · Chat Playground');
    await host.page.goBack();
    await host.articles.getByText('What is this?').waitFor();
    await expect.poll(() => host.page.title()).toBe('A title · Chat Playground');
    await host.page.goto('about:blank');
    await host.page.goto(url + path);
    await expect.poll(() => host.page.title()).toBe('A title · Chat Playground');
    await host.signOut();
    await expect.poll(() => host.page.title()).toBe('Sign in · Chat Playground');
  });

  it('lends the widget its colours, and its colour mode, which stays', async () => {
    await host.register(newPerson());
    const widget = host.page.locator('chat-playground');
    const looks = () =>
      widget.evaluate((element) => {
        const style = getComputedStyle(element);
        const ofPage = getComputedStyle(document.body);
        const accent = style.getPropertyValue('--cp-color-accent');
        const scheme = style.colorScheme;
        return { accent, scheme, background: style.backgroundColor, text: ofPage.color };
      });
    const light = await looks();
    // Teal 700 of Chakra, which is nobody's default.
    expect(light).toMatchObject({ accent: '#0c5d56', scheme: 'light' });
    await host.page.getByRole('button', { name: 'Use dark colours' }).click();
    await expect.poll(async () => (await looks()).scheme).toBe('dark');
    const dark = await looks();
    expect(dark.background).not.toBe(light.background);
    expect(dark.text).not.toBe(light.text);
    expect(dark.accent).toBe('#5eead4');
    await host.page.reload();
    await host.message.waitFor();
    expect(await looks()).toEqual(dark);
  });

  it('signs out of everything, and leaves the next person nothing', async () => {
    const person = newPerson();
    await host.register(person);
    await host.send('A secret');
    await host.toast('Reply finished').waitFor();
    const path = host.path;
    await host.message.fill('half a thought');
    await host.signOut();
    expect(host.page.url()).toBe(`${url}/login`);
    expect(
      await host.page.evaluate(() => JSON.stringify([localStorage, sessionStorage])),
    ).not.toMatch(/token|half a thought/);
    await host.page.goto(url + path);
    await host.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(await host.page.getByText('A secret').count()).toBe(0);
    await host.fillCredentials(person);
    await host.submit();
    await host.articles.getByText('A secret').waitFor();
    expect(host.path).toBe(path);
  });

  it('fits a phone, and everything is in reach', async () => {
    await openHost({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true });
    await host.page.goto(`${url}/login`);
    await host.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    expect(await host.overflows()).toBe(false);
    await host.register(newPerson());
    await host.message.fill('Hello');
    // Enter begins a new line on a keyboard of the screen.
    await host.page.getByRole('button', { name: 'Send message' }).tap();
    await host.toast('Reply finished').waitFor();
    expect(await host.overflows()).toBe(false);
    await host.page.getByRole('link', { name: 'Custom' }).tap();
    await host.articles.getByText('A **short** answer.').waitFor();
    expect(await host.overflows()).toBe(false);
    await host.signOut();
  });
});

describe('its page made of the SDK and Chakra alone', () => {
  it('lists chats, streams, stops, regenerates, votes and sets parameters', async () => {
    await host.register(newPerson(), '/custom');
    model.answerWith([
      ...wholeReply('<img src=x onerror=alert(1)> **as is**').slice(0, 1),
      { do: 'hang' },
    ]);
    await host.page.getByRole('button', { name: 'Parameters' }).click();
    await host.page.getByLabel('temperature').fill('0.3');
    await host.page.keyboard.press('Escape');
    await host.send('Go on for ever');
    const written = host.articles.getByText('<img src=x onerror=alert(1)> **as is**');
    await written.waitFor();
    await host.page.getByRole('button', { name: 'Stop' }).click();
    await host.articles.getByText('stopped').waitFor();
    await written.waitFor();
    expect(model.requestFor('Go on for ever')?.body.temperature).toBe(0.3);

    model.answerWith(wholeReply('Another answer.'));
    await host.articles.getByRole('button', { name: 'Regenerate' }).click();
    await host.articles.getByText('Another answer.').waitFor();
    const good = host.articles.getByRole('button', { name: 'Good' });
    await good.click();
    await expect.poll(() => good.getAttribute('aria-pressed')).toBe('true');

    await host.page.getByRole('button', { name: 'New chat' }).click();
    await expect.poll(() => host.articles.count()).toBe(0);
    const chats = host.page.getByRole('navigation', { name: 'Chats' }).getByRole('button');
    // After the button for a new one.
    await chats.nth(1).click();
    await host.articles.getByText('Another answer.').waitFor();
  });

  it('takes fewer than 200 lines', () => {
    const folder = join(hostFolder, 'app/custom');
    const lines = readdirSync(folder).map(
      (file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length,
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(200);
  });
});

describe('starting it', () => {
  it('ends with a sentence when nobody said where the server is', async () => {
    const child = spawnHost(await freePort(), {});
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    onTestFinished(() => void child.kill());
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).not.toBe(0);
    expect(said).toContain('set NEXT_PUBLIC_API_BASE_URL, for instance to http://localhost:5001');
  });
});
