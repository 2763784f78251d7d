import { atom, type ReadableAtom } from 'nanostores';
import type { ChatClient, StoredSession } from '../chat-client.js';
import type { User } from '../protocol/index.js';
import { asChatError } from './as-chat-error.js';
import type { SessionState } from './state.js';

export interface SessionStore {
  readonly $session: ReadableAtom<SessionState>;
  /** Checks a kept session, or asks the page for one. Never rejects. */
  restore(): Promise<void>;
  /** Follows sign-ins and sign-outs of the client, other tabs included. @returns the removal */
  follow(): () => void;
  /** Back to the beginning, so that it can be restored again. */
  reset(): void;
}

const RESTORING: SessionState = { status: 'restoring', user: null };
const SIGNED_OUT: SessionState = { status: 'signed-out', user: null };

/** @param onUser told when someone else, or nobody, is signed in */
export function createSessionStore(
  client: ChatClient,
  onUser: (user: User | null) => void,
): SessionStore {
  const $session = atom<SessionState>(RESTORING);

  const show = (user: User | null) => {
    const before = $session.get();
    if (before.status !== 'restoring' && before.user?.user_id === user?.user_id) return;
    $session.set(user ? { status: 'signed-in', user } : SIGNED_OUT);
    onUser(user);
  };

  async function check(kept: StoredSession | null): Promise<User | null> {
    try {
      return await client.users.me();
    } catch (cause) {
      const { status } = asChatError(cause);
      const isRefused = status === 401 || status === 403 || status === 404;
      // Without an answer the kept session stands: a chat opened offline is not signed out.
      return isRefused ? null : (kept?.user ?? null);
    }
  }

  return {
    $session,
    restore: async () => {
      const kept = client.auth.session();
      if (!kept && client.auth.source === 'storage') return show(null);
      const user = await check(kept);
      // Signed in or out while this was asked: that is newer.
      if ($session.get().status === 'restoring') show(user);
    },
    reset: () => $session.set(RESTORING),
    follow: () => client.auth.onSessionChange((session) => show(session?.user ?? null)),
  };
}
