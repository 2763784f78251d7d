import type { RedisLink } from './redis-link.js';

/** Silence after which a reader looks at storage instead: its writer may be gone. */
const SILENCE_MS = 5_000;
/** A channel is kept so long after its last listener: the next batch's is about to come. */
const LINGER_MS = 2_000;

interface Channel {
  active: Promise<void>;
  end: () => void;
  listeners: number;
  waiting: Set<() => void>;
  leaving: NodeJS.Timeout | null;
}

interface Listening {
  /** Resolves when notices arrive. */
  active: Promise<void>;
  /** The next notice; `nothing` after a long silence, when Redis goes away, or when aborted. */
  next(signal: AbortSignal): Promise<'notice' | 'nothing'>;
  end(): void;
}

/** Says when a stream has grown: any number of readers share one subscription. */
export function createStreamNotices(link: RedisLink): { listen(stream: string): Listening } {
  const channels = new Map<string, Channel>();
  link.watch((isUp) => {
    if (!isUp) for (const channel of channels.values()) wakeAll(channel);
  });

  function open(stream: string): Channel {
    const subscription = link.subscribe(stream, () => wakeAll(channel));
    const channel: Channel = { ...subscription, listeners: 0, waiting: new Set(), leaving: null };
    channels.set(stream, channel);
    return channel;
  }

  function leaveLater(stream: string, channel: Channel): void {
    channel.leaving = setTimeout(() => {
      channels.delete(stream);
      channel.end();
    }, LINGER_MS).unref();
  }

  return {
    listen(stream) {
      const channel = channels.get(stream) ?? open(stream);
      if (channel.leaving) clearTimeout(channel.leaving);
      channel.leaving = null;
      channel.listeners += 1;
      const gone = new AbortController();
      return {
        active: channel.active,
        next: (signal) => nextNotice(channel, AbortSignal.any([signal, gone.signal])),
        end() {
          gone.abort();
          channel.listeners -= 1;
          if (channel.listeners === 0) leaveLater(stream, channel);
        },
      };
    },
  };
}

function wakeAll(channel: Channel): void {
  for (const wake of [...channel.waiting]) wake();
}

function nextNotice(channel: Channel, signal: AbortSignal): Promise<'notice' | 'nothing'> {
  return new Promise((resolve) => {
    const settle = (heard: 'notice' | 'nothing') => {
      clearTimeout(silence);
      channel.waiting.delete(wake);
      signal.removeEventListener('abort', abort);
      resolve(heard);
    };
    const wake = () => settle('notice');
    const abort = () => settle('nothing');
    const silence = setTimeout(abort, SILENCE_MS);
    channel.waiting.add(wake);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
