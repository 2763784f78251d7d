import type { StoredSession } from '../chat-client.js';
import { ChatError } from '../errors/chat-error.js';
import type { Authorizer, HttpClient } from '../http/http-client.js';
import type { Auth } from '../protocol/index.js';
import { withLock } from './lock.js';
import type { SessionStorage } from './session-storage.js';

const MS_PER_SECOND = 1000;
/** A token this close to its end is renewed first, so that it does not expire on the way. */
const RENEW_BEFORE_MS = 10_000;

/** What every answer that holds tokens must have. */
export const AUTH_FIELDS = ['token', 'refresh_token', 'expires_in', 'user'] as const;

export type SessionListener = (session: StoredSession | null) => void;

/** Holds the tokens: hands them to calls, renews them once for all callers, tells of changes. */
export interface SessionKeeper extends Authorizer {
  session(): StoredSession | null;
  accept(auth: Auth): StoredSession;
  /** Forgets the session here; ending it at the server is the caller's. */
  forget(): void;
  onChange(listener: SessionListener): () => void;
  close(): void;
}

/**
 * @param http makes the refresh call, without authorization
 */
export function createSessionKeeper(storage: SessionStorage, http: HttpClient): SessionKeeper {
  const listeners = new Set<SessionListener>();
  let flight: Promise<string | null> | null = null;
  let last = storage.get();

  const announce = () => {
    const session = storage.get();
    if (session?.token === last?.token) return;
    last = session;
    for (const listener of [...listeners]) listener(session);
  };
  const unsubscribe = storage.subscribe?.(announce);

  const keep = (auth: Auth): StoredSession => {
    const session = toSession(auth);
    storage.set(session);
    announce();
    return session;
  };
  const forget = () => {
    storage.clear();
    announce();
  };

  const renew = (refused: string | null) => {
    flight ??= withLock(storage.lockName, () =>
      exchange(refused, { storage, http, keep, forget }),
    ).finally(() => {
      flight = null;
    });
    return flight;
  };

  return {
    session: () => storage.get(),
    accept: keep,
    forget,
    renew,
    token: async () => {
      const session = storage.get();
      if (!session) return null;
      const isFresh = session.expires_at - Date.now() > RENEW_BEFORE_MS;
      return isFresh || session.refresh_token === null ? session.token : renew(session.token);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      unsubscribe?.();
      listeners.clear();
    },
  };
}

interface Exchange {
  storage: SessionStorage;
  http: HttpClient;
  keep: (auth: Auth) => unknown;
  forget: () => void;
}

/** Trades the refresh token for a new pair. @returns the token to use now, whoever obtained it */
async function exchange(
  refused: string | null,
  { storage, http, keep, forget }: Exchange,
): Promise<string | null> {
  // Read again under the lock: another tab may have renewed (or signed out) meanwhile, and using
  // a refresh token twice would revoke the session for all of them.
  const session = storage.get();
  if (!session) return null;
  if (session.token !== refused) return session.token;
  if (session.refresh_token === null) return null;
  try {
    const body = { refresh_token: session.refresh_token };
    const auth = await http.json<Auth>('POST /refresh', AUTH_FIELDS, {}, { body });
    // Signed out while the answer was on its way: it stays that way.
    if (storage.get()?.token === refused) keep(auth);
  } catch (error) {
    if (!(error instanceof ChatError) || error.status !== 401) throw error;
    if (storage.get()?.token === refused) forget();
  }
  return storage.get()?.token ?? null;
}

function toSession({ token, refresh_token, expires_in, user }: Auth): StoredSession {
  return { token, refresh_token, expires_at: Date.now() + expires_in * MS_PER_SECOND, user };
}
