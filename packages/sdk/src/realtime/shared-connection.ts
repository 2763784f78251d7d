import type { RealtimeEvent } from '../protocol/realtime-events.js';
import { followPage } from './page-lifecycle.js';
import type { ConnectionStatus } from './realtime.js';
import { openTabChannel, type TabChannel, type TabMessage } from './tab-channel.js';
import { claimLock } from './tab-lock.js';

/**
 * A tab that leads and does not answer for this long stands still without having been told so (a
 * dialog, a debugger, a system that stops background programs); another takes its place.
 */
const SILENCE_MS = 5_000;

/** Where a connection's events and status go. */
export interface Hearer {
  emit: (event: RealtimeEvent) => void;
  tell: (status: ConnectionStatus) => void;
}

/** Opens a socket of this tab's own. @returns the removal, which ends it */
export type ConnectOwn = (hearer: Hearer) => () => void;

/** Whether this is a page, of a browser that lets its tabs take turns and talk to one another. */
export function canShare(): boolean {
  return (
    typeof document === 'object' &&
    typeof BroadcastChannel === 'function' &&
    navigator.locks !== undefined
  );
}

/**
 * Hears what one connection for all tabs brings. The tab that holds the lock leads: it has the
 * socket, and passes everything on. When it ends, freezes or leaves, the next in line opens a
 * socket; `connecting` and then `online` tell every tab to catch up with what was missed between.
 *
 * @param name of the lock and the channel: the same for tabs that may hear the same
 * @param connect called while this tab leads
 * @returns the removal; another tab takes over
 */
export function shareConnection(name: string, connect: ConnectOwn, hearer: Hearer): () => void {
  let tab = joinTabs(name, connect, hearer);
  const removePage = followPage({
    onSuspend: () => tab.leave(),
    onResume: () => {
      // What happened meanwhile passed this tab by; `online` after this means catch up.
      hearer.tell('connecting');
      tab = joinTabs(name, connect, hearer);
    },
    onShow: () => tab.check(),
  });
  return () => {
    removePage();
    tab.leave();
  };
}

interface Membership {
  /** Looks whether someone leads. */
  check(): void;
  leave(): void;
}

function joinTabs(name: string, connect: ConnectOwn, hearer: Hearer): Membership {
  /** Ends the socket; null while another tab leads. */
  let endSocket: (() => void) | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const channel = openTabChannel(name, (message) => {
    if (message.kind === 'status') clearTimeout(silence);
    if (endSocket) answer(message, relay.repeat);
    else follow(message, hearer);
  });
  const relay = createRelay(channel, hearer);
  const check = () => {
    if (endSocket) return;
    clearTimeout(silence);
    silence = setTimeout(claim.seize, SILENCE_MS);
    channel.post({ kind: 'who-leads' });
  };
  const stopLeading = () => {
    endSocket?.();
    endSocket = null;
  };
  const claim = claimLock(name, {
    onHeld: () => {
      clearTimeout(silence);
      relay.tell('connecting');
      endSocket = connect(relay);
    },
    onLost: () => {
      stopLeading();
      check();
    },
  });
  check();

  return {
    check,
    leave: () => {
      clearTimeout(silence);
      stopLeading();
      claim.release();
      channel.close();
    },
  };
}

/** Hears for this tab, and lets the others hear it too. */
function createRelay(channel: TabChannel, hearer: Hearer): Hearer & { repeat: () => void } {
  let status: ConnectionStatus = 'connecting';
  const repeat = () => channel.post({ kind: 'status', status });
  return {
    emit: (event) => {
      channel.post({ kind: 'event', event });
      hearer.emit(event);
    },
    tell: (next) => {
      status = next;
      repeat();
      hearer.tell(next);
    },
    repeat,
  };
}

/** The tab that leads knows its own status best, should another believe for a moment that it leads. */
function answer(message: TabMessage, repeat: () => void): void {
  if (message.kind === 'who-leads') repeat();
}

function follow(message: TabMessage, { emit, tell }: Hearer): void {
  if (message.kind === 'status') tell(message.status);
  if (message.kind === 'event') emit(message.event);
}
