import { REALTIME_PATH } from '@chat-playground/sdk/protocol';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createTestClient,
  PASSWORD,
  type TestClient,
} from '../packages/server/src/test-support/test-client.js';
import { launchBrowser } from './support/browser.js';
import { PlaygroundPage } from './support/playground-page.js';
import { startServer, type ServerProcess } from './support/server-process.js';

let server: ServerProcess;
let browser: Browser;
let people = 0;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  server = await startServer();
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** Someone with a chat, at another device than the browser. */
async function newPerson(): Promise<TestClient & { rename: (title: string) => Promise<unknown> }> {
  const device = createTestClient(server.url);
  await device.register(`tabs ${(people += 1)}`);
  const { chat_id } = await device.chat('Hello');
  const rename = (title: string) =>
    device.call('updateChat', { params: { chat_id }, body: { chat_title: title } });
  return { ...device, rename };
}

/** A tab of the playground; `sockets` are the websockets that it has open. */
class Tab extends PlaygroundPage {
  sockets = 0;

  static async open(context: BrowserContext): Promise<Tab> {
    const tab = new Tab(await context.newPage());
    tab.page.on('websocket', (socket) => {
      if (!socket.url().includes(REALTIME_PATH)) return;
      tab.sockets += 1;
      socket.on('close', () => (tab.sockets -= 1));
    });
    await tab.page.goto(server.url);
    return tab;
  }

  async shows(title: string): Promise<void> {
    await this.chats.filter({ hasText: title }).waitFor();
  }

  /** Until a live connection by requests has failed. */
  async waitForRefusal(): Promise<void> {
    await this.page.waitForEvent('requestfailed', (one) => one.url().includes(REALTIME_PATH));
  }

  /** Says what the browser says to a page it stops running; a headless one never stops any. */
  async announce(event: 'freeze' | 'resume'): Promise<void> {
    await this.page.evaluate((type) => document.dispatchEvent(new Event(type)), event);
  }
}

/** A browser in which someone has signed in, with so many tabs; the first has the socket. */
async function openTabs(person: TestClient, count: number): Promise<Tab[]> {
  const context = await browser.newContext();
  contexts.push(context);
  const first = await Tab.open(context);
  await first.signIn({ email: person.user.email, password: PASSWORD });
  await expect.poll(() => first.sockets).toBe(1);
  const others = [];
  for (let opened = 1; opened < count; opened += 1) others.push(await Tab.open(context));
  for (const tab of others) await tab.chats.first().waitFor();
  return [first, ...others];
}

const socketsOf = (tabs: Tab[]) => tabs.map(({ sockets }) => sockets);

describe('the tabs of one browser', () => {
  it('have one websocket, which brings news to all of them', async () => {
    const person = await newPerson();
    const tabs = await openTabs(person, 3);
    await person.rename('News for all');
    await Promise.all(tabs.map((tab) => tab.shows('News for all')));
    expect(socketsOf(tabs)).toEqual([1, 0, 0]);
  });

  it('hand it on when its tab is closed, and learn what happened meanwhile', async () => {
    const person = await newPerson();
    const [first, ...others] = (await openTabs(person, 3)) as [Tab, Tab, Tab];
    // Nobody can connect while the one who was connected goes, neither by websocket nor by requests,
    // which is what comes next and would do where it came after the outage. Then a websocket is tried.
    const refused = Promise.any(others.map((tab) => tab.waitForRefusal()));
    await first.page.context().setOffline(true);
    await first.page.close();
    await refused;
    await person.rename('Missed by all');
    await first.page.context().setOffline(false);
    await Promise.all(others.map((tab) => tab.shows('Missed by all')));
    // Whichever asked first has it, and under load that need not be the one opened first.
    await expect.poll(() => socketsOf(others).sort()).toEqual([0, 1]);
    await person.rename('Live again');
    await Promise.all(others.map((tab) => tab.shows('Live again')));
  });

  it('hand it on when its tab is frozen, which catches up when it thaws', async () => {
    const person = await newPerson();
    const [first, second] = (await openTabs(person, 2)) as [Tab, Tab];
    await first.announce('freeze');
    await expect.poll(() => second.sockets).toBe(1);
    await person.rename('Not for the frozen');
    await second.shows('Not for the frozen');
    expect(await first.chats.filter({ hasText: 'Not for the frozen' }).count()).toBe(0);
    await first.announce('resume');
    await first.shows('Not for the frozen');
    await person.rename('For both');
    await Promise.all([first.shows('For both'), second.shows('For both')]);
    expect(socketsOf([first, second])).toEqual([0, 1]);
  });

  it('all leave with the one who signs out, and hear nothing of them as someone else', async () => {
    const [before, after] = [await newPerson(), await newPerson()];
    const tabs = (await openTabs(before, 2)) as [Tab, Tab];
    const [first, second] = tabs;
    await second.signOut();
    await expect.poll(() => socketsOf(tabs)).toEqual([0, 0]);
    await first.signIn({ email: after.user.email, password: PASSWORD });
    await second.chats.first().waitFor();
    await before.rename('Of the one before');
    await before.chat('Of the one before');
    await after.rename('Of the one after');
    await Promise.all(tabs.map((tab) => tab.shows('Of the one after')));
    for (const tab of tabs) expect(await tab.chats.count()).toBe(1);
    expect(tabs.reduce((sum, { sockets }) => sum + sockets, 0)).toBe(1);
  });
});

it('two browsers share nothing', async () => {
  const people = [await newPerson(), await newPerson()] as const;
  const [here] = (await openTabs(people[0], 1)) as [Tab];
  const [there] = (await openTabs(people[1], 1)) as [Tab];
  await people[0].rename('Mine');
  await people[1].rename('Theirs');
  await Promise.all([here.shows('Mine'), there.shows('Theirs')]);
  expect(socketsOf([here, there])).toEqual([1, 1]);
});
