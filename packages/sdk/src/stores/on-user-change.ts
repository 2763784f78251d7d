import type { ChatClient } from '../chat-client.js';

/** Calls back when someone else is signed in, or nobody, until the client is closed. */
export function onUserChange({ auth }: ChatClient, listener: () => void): void {
  let userId = auth.session()?.user.user_id;
  auth.onSessionChange((session) => {
    const now = session?.user.user_id;
    if (now === userId) return;
    userId = now;
    listener();
  });
}
