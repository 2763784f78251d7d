import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RealtimeEvent } from '../protocol/index.js';
import type { ConnectionStatus } from './realtime.js';
import { shareConnection, type Hearer } from './shared-connection.js';

const LONG_AFTER_SILENCE_MS = 60_000;

let name: string;
const endings: (() => void)[] = [];
beforeEach(() => {
  name = crypto.randomUUID();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const end of endings.splice(0).reverse()) end();
});

const deletionOf = (chatId: string): RealtimeEvent => ({
  event: 'chat_deleted',
  data: { chat_id: chatId },
});

/** A tab, with what it has heard, and a socket that the test speaks through. */
function openTab() {
  const heard: (ConnectionStatus | RealtimeEvent)[] = [];
  const waiting: { isReached: () => boolean; resolve: () => void }[] = [];
  const tab = {
    heard,
    /** The socket's end; null while this tab has none. */
    socket: null as Hearer | null,
    /** Resolves as soon as this is so; looked at whenever something happens to the tab. */
    until: (isReached: () => boolean) =>
      new Promise<void>((resolve) => {
        waiting.push({ isReached, resolve });
        look();
      }),
    hears: (what: ConnectionStatus | RealtimeEvent) =>
      tab.until(() => JSON.stringify(heard.at(-1)) === JSON.stringify(what)),
    leads: () => tab.until(() => tab.socket !== null),
    leave: () => leave(),
  };
  const look = () => {
    for (const { isReached, resolve } of waiting) if (isReached()) resolve();
  };
  const hear = (what: ConnectionStatus | RealtimeEvent) => {
    heard.push(what);
    look();
  };
  const connect = (hearer: Hearer) => {
    tab.socket = hearer;
    look();
    return () => {
      tab.socket = null;
      look();
    };
  };
  const leave = shareConnection(name, connect, {
    emit: hear,
    // What a newcomer is answered all hear; a status that is no change is none to a client.
    tell: (status) => {
      if (heard.at(-1) !== status) hear(status);
    },
  });
  endings.push(leave);
  return tab;
}

/** Holds the lock as a tab would that does not say a word. @returns the release */
async function holdLock(options: LockOptions = {}): Promise<() => void> {
  return new Promise((held) => {
    const hold = () => new Promise<void>((release) => held(release));
    // Seizing takes it away again; that is what these tests are about.
    navigator.locks.request(name, options, hold).catch(() => undefined);
  });
}

async function openTwoTabs() {
  const leader = openTab();
  await leader.leads();
  leader.socket?.tell('online');
  const follower = openTab();
  await follower.hears('online');
  return { leader, follower };
}

describe('tabs that share a connection', () => {
  it('open one socket, and all hear what it brings', async () => {
    const { leader, follower } = await openTwoTabs();
    leader.socket?.emit(deletionOf('c'));
    leader.socket?.tell('offline');
    await follower.hears('offline');
    expect(follower.socket).toBeNull();
    expect(follower.heard).toEqual(['online', deletionOf('c'), 'offline']);
    expect(leader.heard).toEqual(['connecting', 'online', deletionOf('c'), 'offline']);
  });

  it('pass it on in line, and are told to catch up', async () => {
    const { leader, follower } = await openTwoTabs();
    const third = openTab();
    await third.hears('online');
    leader.leave();
    await follower.leads();
    expect(leader.socket).toBeNull();
    follower.socket?.tell('online');
    follower.socket?.emit(deletionOf('after'));
    await third.hears(deletionOf('after'));
    const heard = ['online', 'connecting', 'online', deletionOf('after')];
    expect(third.heard).toEqual(heard);
    expect(follower.heard).toEqual(heard);
    expect(third.socket).toBeNull();
    expect(leader.heard).toEqual(['connecting', 'online']);
  });

  it('leave the line too', async () => {
    const { leader, follower } = await openTwoTabs();
    const third = openTab();
    await third.hears('online');
    follower.leave();
    leader.leave();
    await third.leads();
    expect(follower.socket).toBeNull();
  });

  it('do not mind what a tab of another version says', async () => {
    const { leader, follower } = await openTwoTabs();
    const other = new BroadcastChannel(name);
    endings.push(() => other.close());
    for (const message of [
      null,
      'online',
      { kind: 'status', status: 'dreaming' },
      { kind: 'event', event: { event: 'unheard_of', data: {} } },
      { kind: 'event', event: null },
      { kind: 'status', status: 'offline' },
    ]) {
      other.postMessage(message);
    }
    await follower.hears('offline');
    expect(follower.heard).toEqual(['online', 'offline']);
    // Who has the socket needs no one to tell it how the socket is.
    expect(leader.heard).toEqual(['connecting', 'online']);
  });
});

describe('a page that stops running', () => {
  it.each([
    ['freeze', document, 'resume'],
    ['pagehide', window, 'pageshow'],
  ])('gives up leading on %s, and comes back', async (suspend, target, resume) => {
    const tab = openTab();
    await tab.leads();
    tab.socket?.tell('online');
    target.dispatchEvent(new Event(suspend));
    expect(tab.socket).toBeNull();
    const release = await holdLock();
    target.dispatchEvent(new Event(resume));
    await tab.hears('connecting');
    expect(tab.socket).toBeNull();
    release();
    await tab.leads();
  });

  it('is not brought back by events that come after its end', async () => {
    const tab = openTab();
    await tab.leads();
    document.dispatchEvent(new Event('freeze'));
    tab.leave();
    document.dispatchEvent(new Event('resume'));
    await holdLock();
    expect(tab.socket).toBeNull();
    expect(tab.heard).toEqual(['connecting']);
  });
});

describe('a tab that leads and does not answer', () => {
  it('is replaced by one that has just come', async () => {
    await holdLock();
    vi.useFakeTimers();
    const tab = openTab();
    vi.advanceTimersByTime(LONG_AFTER_SILENCE_MS);
    await tab.leads();
  });

  it('is replaced by one that someone looks at again', async () => {
    const { leader, follower } = await openTwoTabs();
    leader.leave();
    await follower.leads();
    vi.useFakeTimers();
    await holdLock({ steal: true });
    await follower.until(() => follower.socket === null);
    // This is what it asked in vain when it lost the lead; the answer lets it wait.
    const mute = new BroadcastChannel(name);
    endings.push(() => mute.close());
    mute.postMessage({ kind: 'status', status: 'online' });
    await follower.hears('online');
    vi.advanceTimersByTime(LONG_AFTER_SILENCE_MS);
    // Answered after all that was asked of the locks before.
    await navigator.locks.query();
    expect(follower.socket).toBeNull();
    document.dispatchEvent(new Event('visibilitychange'));
    vi.advanceTimersByTime(LONG_AFTER_SILENCE_MS);
    await follower.leads();
  });

  it('steps down when it wakes, and gets in line', async () => {
    const { leader, follower } = await openTwoTabs();
    const release = await holdLock({ steal: true });
    await leader.until(() => leader.socket === null);
    release();
    await follower.leads();
    follower.socket?.tell('online');
    await leader.hears('online');
    follower.leave();
    await leader.leads();
  });
});

it('leads alone where the browser refuses locks', async () => {
  const refusal = new DOMException('not here', 'SecurityError');
  vi.spyOn(navigator.locks, 'request').mockRejectedValue(refusal);
  const tab = openTab();
  await tab.leads();
  tab.leave();
  expect(tab.socket).toBeNull();
});
