import type { StoredSession } from '../chat-client.js';
import { asRecord, parseJson } from '../http/error-from.js';

/**
 * Where a session is kept between page loads. Methods are synchronous and must not throw.
 * `lockName`, when given, names what all holders of the same storage share: a lock, so that only one
 * of them refreshes at a time, and a live connection.
 */
export interface SessionStorage {
  get(): StoredSession | null;
  set(session: StoredSession): void;
  clear(): void;
  /** Calls back when another holder (a tab) changed it. @returns the removal */
  subscribe?(listener: () => void): () => void;
  readonly lockName?: string;
}

/** Keeps the session for as long as the process or page lives. */
export function createMemoryStorage(): SessionStorage {
  let kept: StoredSession | null = null;
  return {
    get: () => kept,
    set: (session) => {
      kept = session;
    },
    clear: () => {
      kept = null;
    },
  };
}

/** A browser's storage, or null where there is none or the page may not use it. */
export function browserStorage(): Storage | null {
  try {
    // Reading the property alone throws where storage is blocked.
    return (globalThis as { localStorage?: Storage }).localStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * Keeps the session in the browser's localStorage, shared by the tabs of one origin. Falls back to
 * memory where localStorage is absent, blocked or full.
 *
 * @param key the entry's name
 */
export function createBrowserStorage(key: string): SessionStorage {
  const storage = typeof window === 'undefined' ? null : browserStorage();
  const memory = createMemoryStorage();
  if (!storage) return memory;
  // Set when a write failed: from then on this tab keeps its session to itself.
  let isDetached = false;
  return {
    lockName: key,
    get: () => (isDetached ? memory.get() : parseSession(storage.getItem(key))),
    set: (session) => {
      try {
        storage.setItem(key, JSON.stringify(session));
        isDetached = false;
      } catch {
        isDetached = true;
        memory.set(session);
      }
    },
    clear: () => {
      memory.clear();
      storage.removeItem(key);
    },
    subscribe: (listener) => {
      const handleStorage = (event: StorageEvent) => {
        if (event.key === key || event.key === null) listener();
      };
      addEventListener('storage', handleStorage);
      return () => removeEventListener('storage', handleStorage);
    },
  };
}

/** Whatever else is in that entry (an older layout, someone's edit) counts as no session. */
function parseSession(text: string | null): StoredSession | null {
  const session = asRecord(parseJson(text ?? ''));
  const isWhole =
    typeof session?.token === 'string' &&
    typeof session.expires_at === 'number' &&
    typeof asRecord(session.user)?.user_id === 'string';
  return isWhole ? (session as unknown as StoredSession) : null;
}
