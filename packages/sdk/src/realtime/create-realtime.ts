import type { ChatClient } from '../chat-client.js';
import { ChatError, type ChatErrorCode } from '../errors/chat-error.js';
import type { Authorizer } from '../http/http-client.js';
import type { RealtimeEvent } from '../protocol/index.js';
import { createListeners } from './listeners.js';
import type { LiveConnection } from './live-connection.js';
import type { ConnectionStatus, Realtime } from './realtime.js';

export interface RealtimeOptions {
  /** The server's address; the websocket is below it. */
  url: string;
  authorizer: Authorizer;
  auth: Pick<ChatClient['auth'], 'source' | 'session' | 'onSessionChange'>;
  /** Names what tabs with the same session have in common. Absent: nothing is shared with them. */
  lockName?: string | undefined;
}

/** The live connection; socket.io-client is loaded by the first `connect`. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const { auth } = options;
  const events = createListeners<RealtimeEvent>();
  const statuses = createListeners<ConnectionStatus>();
  let status: ConnectionStatus = 'idle';
  let live: LiveConnection | null = null;
  let opening: Promise<void> | null = null;
  /** Counts disconnects, for a socket that was still being loaded then. */
  let generation = 0;

  const setStatus = (next: ConnectionStatus) => {
    if (next === status) return;
    status = next;
    statuses.emit(next);
  };

  async function open(): Promise<void> {
    if (live) return live.outcome();
    const own = generation;
    setStatus('connecting');
    // Loaded now rather than with the page: it weighs more than the rest of the SDK.
    const { openLiveConnection } = await import('./live-connection.js').catch((cause) => {
      if (own === generation) setStatus('offline');
      throw failure('network', 'The live connection could not be loaded.', cause);
    });
    if (own !== generation) throw failure('aborted', 'The live connection was ended.');
    live = openLiveConnection({ ...options, emit: events.emit, setStatus });
    return live.outcome();
  }

  const disconnect = () => {
    generation += 1;
    live?.end();
    live = null;
    opening = null;
    setStatus('idle');
  };
  disconnectWithSession(auth, disconnect);

  return {
    connect: () => {
      if (auth.source === 'storage' && !auth.session())
        return Promise.reject(failure('unauthenticated', 'Sign in first: call auth.login.'));
      if (status === 'online') return Promise.resolve();
      if (opening) return opening;
      const attempt = open().finally(() => {
        if (opening === attempt) opening = null;
      });
      opening = attempt;
      return attempt;
    },
    disconnect,
    status: () => status,
    onEvent: events.add,
    onStatus: statuses.add,
  };
}

/** When someone else signed in, or nobody is, the connection belongs to the one before. */
function disconnectWithSession(auth: RealtimeOptions['auth'], disconnect: () => void): void {
  let userId = auth.session()?.user.user_id;
  auth.onSessionChange((session) => {
    if (session?.user.user_id !== userId) disconnect();
    userId = session?.user.user_id;
  });
}

function failure(code: ChatErrorCode, message: string, cause?: unknown): ChatError {
  return new ChatError(message, { code, retryable: code === 'network', cause });
}
