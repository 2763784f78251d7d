import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StoredSession } from '../chat-client.js';
import { createBrowserStorage } from './session-storage.js';

const SESSION: StoredSession = {
  token: 't',
  refresh_token: 'r',
  expires_at: 1,
  user: { user_id: 'u', username: 'n', email: 'e', created_at: 'c' },
};

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page's globals, of which only the storage behaves as told. */
function stubPage(storage: Partial<Storage> | 'blocked') {
  vi.stubGlobal('window', {});
  const target = new EventTarget();
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
  const get = () => {
    if (storage === 'blocked') throw new DOMException('denied', 'SecurityError');
    return storage;
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get });
  return {
    target,
    restore: () => {
      if (before) Object.defineProperty(globalThis, 'localStorage', before);
      else Reflect.deleteProperty(globalThis, 'localStorage');
    },
  };
}

function createEntries(setItem?: () => never): Partial<Storage> {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: setItem ?? ((key, value) => void entries.set(key, value)),
    removeItem: (key) => void entries.delete(key),
  };
}

describe('createBrowserStorage', () => {
  it('shares the session with other holders of the same key', () => {
    const { restore } = stubPage(createEntries());
    const storage = createBrowserStorage('key');
    storage.set(SESSION);
    expect(createBrowserStorage('key').get()).toEqual(SESSION);
    expect(createBrowserStorage('other').get()).toBeNull();
    storage.clear();
    expect(createBrowserStorage('key').get()).toBeNull();
    restore();
  });

  it('keeps to memory where the browser blocks storage', () => {
    const { restore } = stubPage('blocked');
    const storage = createBrowserStorage('key');
    storage.set(SESSION);
    expect(storage.get()).toEqual(SESSION);
    expect(createBrowserStorage('key').get()).toBeNull();
    restore();
  });

  it('keeps to memory when the storage is full', () => {
    const { restore } = stubPage(
      createEntries(() => {
        throw new DOMException('full', 'QuotaExceededError');
      }),
    );
    const storage = createBrowserStorage('key');
    storage.set(SESSION);
    expect(storage.get()).toEqual(SESSION);
    storage.clear();
    expect(storage.get()).toBeNull();
    restore();
  });

  it.each(['nonsense', '[]', '{"token":"t"}', '{"token":1,"expires_at":1,"user":{"user_id":"u"}}'])(
    'takes %s for no session',
    (text) => {
      const { restore } = stubPage({ getItem: () => text });
      expect(createBrowserStorage('key').get()).toBeNull();
      restore();
    },
  );

  it('tells of changes by other tabs, until it is no longer asked to', () => {
    const { target, restore } = stubPage(createEntries());
    const heard: string[] = [];
    const remove = createBrowserStorage('key').subscribe?.(() => heard.push('change'));
    const tell = (key: string | null) =>
      target.dispatchEvent(Object.assign(new Event('storage'), { key }));
    tell('key');
    tell('other');
    tell(null);
    remove?.();
    tell('key');
    expect(heard).toEqual(['change', 'change']);
    restore();
  });
});
