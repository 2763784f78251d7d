import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { SessionStorage } from '../auth/session-storage.js';
import type { ChatClient, StoredSession } from '../chat-client.js';
import { createChatClient, type ChatClientOptions } from '../create-chat-client.js';
import { failureOf } from '../test-support/failure-of.js';
import type { ConnectionStatus } from './realtime.js';

const AN_HOUR_MS = 3_600_000;

const url = inject('socketUrl');
const endings: (() => void)[] = [];
/** The server puts each connection in the room of its token, so these name no one else's. */
let tokens: { alice: string; bob: string };
let lockName: string;
beforeEach(() => {
  tokens = { alice: crypto.randomUUID(), bob: crypto.randomUUID() };
  lockName = crypto.randomUUID();
});
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function sessionOf(name: 'alice' | 'bob'): StoredSession {
  const user = { user_id: name, username: name, email: '', created_at: '' };
  return {
    token: tokens[name],
    refresh_token: null,
    expires_at: Date.now() + AN_HOUR_MS,
    user,
  };
}

/** A browser's storage: all its tabs read the same, and hear of a change when they are told. */
function createBrowser(first: StoredSession, baseUrl = url) {
  const browser = {
    session: first as StoredSession | null,
    openTab: () => {
      let listener: () => void = () => undefined;
      const storage: SessionStorage = {
        lockName,
        get: () => browser.session,
        set: (session) => {
          browser.session = session;
        },
        clear: () => {
          browser.session = null;
        },
        subscribe: (changed) => {
          listener = changed;
          return () => undefined;
        },
      };
      return { ...openTab({ baseUrl, storage }), hearOfChange: () => listener() };
    },
  };
  return browser;
}

function openTab(options: ChatClientOptions) {
  const client = createChatClient(options);
  endings.push(client.close);
  const deleted: string[] = [];
  client.realtime.onEvent(({ event, data }) => {
    if (event === 'chat_deleted') deleted.push(data.chat_id);
  });
  return { ...client, deleted };
}

const tell = (path: string, token: string, chatId = '', server = url) =>
  fetch(`${server}/api/${path}?token=${token}&chat_id=${chatId}`);

const connections = async (token: string, server = url) =>
  Number(await (await tell('connections', token, '', server)).text());

const reached = ({ realtime }: Pick<ChatClient, 'realtime'>, wanted: ConnectionStatus) =>
  new Promise<void>((resolve) => {
    realtime.onStatus((status) => status === wanted && resolve());
  });

const nextEvent = ({ realtime }: Pick<ChatClient, 'realtime'>) =>
  new Promise<void>((resolve) => {
    realtime.onEvent(() => resolve());
  });

describe('tabs of one session', () => {
  it('have one connection, and both hear what it brings', async () => {
    const browser = createBrowser(sessionOf('alice'));
    const [first, second] = [browser.openTab(), browser.openTab()];
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    expect(await connections(tokens.alice)).toBe(1);
    const heard = [nextEvent(first), nextEvent(second)];
    await tell('emit', tokens.alice, 'c');
    await Promise.all(heard);
    expect([first.deleted, second.deleted]).toEqual([['c'], ['c']]);
  });

  it('hand it over when the one that has it closes', async () => {
    const browser = createBrowser(sessionOf('alice'));
    const first = browser.openTab();
    await first.realtime.connect();
    const second = browser.openTab();
    await second.realtime.connect();
    const statuses: ConnectionStatus[] = [];
    second.realtime.onStatus((status) => statuses.push(status));
    const back = reached(second, 'online');
    first.close();
    await back;
    expect(statuses).toEqual(['connecting', 'online']);
    expect(await connections(tokens.alice)).toBe(1);
    const heard = nextEvent(second);
    await tell('emit', tokens.alice, 'after');
    await heard;
    expect([first.deleted, second.deleted]).toEqual([[], ['after']]);
  });

  it('all learn that it broke and came back', async () => {
    const browser = createBrowser(sessionOf('alice'));
    const [first, second] = [browser.openTab(), browser.openTab()];
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    const broken = [reached(first, 'offline'), reached(second, 'offline')];
    await tell('drop', tokens.alice);
    await Promise.all(broken);
    await Promise.all([reached(first, 'online'), reached(second, 'online')]);
    expect(await connections(tokens.alice)).toBe(1);
  });

  it('poll together where websockets are blocked', async () => {
    const server = inject('pollingUrl');
    const browser = createBrowser(sessionOf('alice'), server);
    const [first, second] = [browser.openTab(), browser.openTab()];
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    expect(await connections(tokens.alice, server)).toBe(1);
    const heard = [nextEvent(first), nextEvent(second)];
    await tell('emit', tokens.alice, 'c', server);
    await Promise.all(heard);
  });
});

describe('tabs of different sessions', () => {
  it('share nothing between two users', async () => {
    const alice = createBrowser(sessionOf('alice')).openTab();
    const bob = createBrowser(sessionOf('bob')).openTab();
    await Promise.all([alice.realtime.connect(), bob.realtime.connect()]);
    expect(await connections(tokens.alice)).toBe(1);
    expect(await connections(tokens.bob)).toBe(1);
    const heard = [nextEvent(alice), nextEvent(bob)];
    await tell('emit', tokens.alice, 'of-alice');
    await tell('emit', tokens.bob, 'of-bob');
    await Promise.all(heard);
    expect([alice.deleted, bob.deleted]).toEqual([['of-alice'], ['of-bob']]);
  });

  it('share nothing where the page holds the session', async () => {
    const getToken = () => tokens.alice;
    const [first, second] = [
      openTab({ baseUrl: url, getToken }),
      openTab({ baseUrl: url, getToken }),
    ];
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    expect(await connections(tokens.alice)).toBe(2);
  });
});

describe('a user who is no longer signed in', () => {
  it('is not heard of, by tabs that have not even noticed', async () => {
    const browser = createBrowser(sessionOf('alice'));
    const [first, second] = [browser.openTab(), browser.openTab()];
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    // A listener of all that is said between the tabs.
    const said: unknown[] = [];
    const channel = new BroadcastChannel(`cp:live:${lockName}:${url}/api:alice`);
    channel.onmessage = ({ data }: MessageEvent<{ kind: string }>) => {
      if (data.kind === 'event') said.push(data);
    };
    endings.push(() => channel.close());
    const heard = [nextEvent(first), nextEvent(second)];
    await tell('emit', tokens.alice, 'before');
    await Promise.all(heard);

    browser.session = sessionOf('bob');
    await tell('emit', tokens.alice, 'of-alice');
    // Passed on by a tab that has noticed no more than this one.
    const event = { event: 'chat_deleted', data: { chat_id: 'of-alice' } };
    const spoken = reached(second, 'connecting');
    channel.postMessage({ kind: 'event', event });
    channel.postMessage({ kind: 'status', status: 'connecting' });
    await spoken;
    // The tab that leads still believes that it does, and comes back to the server for alice.
    const broken = reached(second, 'offline');
    await tell('drop', tokens.alice);
    await broken;
    expect([first.deleted, second.deleted]).toEqual([['before'], ['before']]);
    expect(said).toHaveLength(1);

    for (const tab of [first, second]) tab.hearOfChange();
    expect([first.realtime.status(), second.realtime.status()]).toEqual(['idle', 'idle']);
    await Promise.all([first.realtime.connect(), second.realtime.connect()]);
    expect(await connections(tokens.alice)).toBe(0);
    expect(await connections(tokens.bob)).toBe(1);
    const heardAsBob = [nextEvent(first), nextEvent(second)];
    await tell('emit', tokens.bob, 'of-bob');
    await Promise.all(heardAsBob);
    expect([first.deleted, second.deleted]).toEqual([
      ['before', 'of-bob'],
      ['before', 'of-bob'],
    ]);
    expect(said).toHaveLength(1);
  });

  it('lends no connection to the next: a broken one does not come back with another’s token', async () => {
    const browser = createBrowser(sessionOf('alice'));
    const tab = browser.openTab();
    await tab.realtime.connect();
    browser.session = sessionOf('bob');
    const broken = reached(tab, 'offline');
    await tell('drop', tokens.alice);
    await broken;
    // What the next try comes to: it brings no token, and is refused.
    await failureOf(tab.realtime.connect());
    expect(await connections(tokens.bob)).toBe(0);
  });

  it('leaves the connection to the tabs where they still are', async () => {
    const [first, second] = [
      createBrowser(sessionOf('alice')).openTab(),
      createBrowser(sessionOf('alice')).openTab(),
    ];
    await first.realtime.connect();
    await second.realtime.connect();
    expect(await connections(tokens.alice)).toBe(1);
    const back = reached(second, 'online');
    await first.auth.logout().catch(() => undefined);
    await back;
    expect(first.realtime.status()).toBe('idle');
    const heard = nextEvent(second);
    await tell('emit', tokens.alice, 'c');
    await heard;
    expect([first.deleted, second.deleted]).toEqual([[], ['c']]);
  });
});
