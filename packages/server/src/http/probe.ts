import { setTimeout as wait } from 'node:timers/promises';
import { PROBE_TICK_MS, PROBE_TICKS, type ProbeEvent } from '@chat-playground/sdk/protocol';
import { DomainError } from '../domain/domain-error.js';
import type { Clock } from '../ports/clock.js';
import type { Source, Take } from '../ports/source.js';

/** Held at once by everyone: a probe costs a connection for as long as two minutes. */
const MAX_OPEN = 20;
const WINDOW_MS = 60_000;
/** Enough for a doctor's visit every ten seconds. */
const MAX_PER_WINDOW = 12;
/** Addresses that may ask within one window; so many are remembered and no more. */
const MAX_ADDRESSES = 1_000;
const BUSY_SECONDS = 5;

const busy = (message: string, retryAfterSeconds: number) =>
  new DomainError('rate_limited', message, { retryAfterSeconds });

interface ProbeRequest {
  address: string;
  holdSeconds: number;
  signal: AbortSignal;
}

/** @throws DomainError `rate_limited` when this address, or everyone together, asks too much */
export type Probe = (request: ProbeRequest) => Source<ProbeEvent>;

/**
 * Streams that say nothing but when each event was written. Whoever stands outside learns from them
 * what lies between: whether events are held back on their way, and whether quiet streams are cut.
 */
export function createProbe({ clock }: { clock: Clock }): Probe {
  const admit = createAdmission(clock);
  let open = 0;

  async function run({ holdSeconds, signal }: ProbeRequest, take: Take<ProbeEvent>): Promise<void> {
    open += 1;
    try {
      for (let seq = 1; seq <= PROBE_TICKS; seq += 1) {
        if (seq > 1) await wait(PROBE_TICK_MS, undefined, { signal });
        await take([{ seq, event: 'tick', data: { sent_at: clock.now() } }]);
      }
      await wait(holdSeconds * 1000, undefined, { signal });
      await take([{ seq: PROBE_TICKS + 1, event: 'end', data: { sent_at: clock.now() } }]);
    } finally {
      open -= 1;
    }
  }

  return (request) => {
    if (open >= MAX_OPEN) throw busy('Too many probes are open.', BUSY_SECONDS);
    admit(request.address);
    return (take) => run(request, take);
  };
}

/** Counts by address in fixed windows: exact enough for what is cheap anyway. */
function createAdmission(clock: Clock) {
  const windows = new Map<string, { endsAt: number; count: number }>();
  return (address: string): void => {
    const now = clock.now();
    if (windows.size >= MAX_ADDRESSES) {
      for (const [known, { endsAt }] of windows) if (endsAt <= now) windows.delete(known);
    }
    const known = windows.get(address);
    if (!known && windows.size >= MAX_ADDRESSES) throw busy('Too many probes.', BUSY_SECONDS);
    const current = known && known.endsAt > now ? known : { endsAt: now + WINDOW_MS, count: 0 };
    if (current.count >= MAX_PER_WINDOW) {
      throw busy('Too many probes from this address.', (current.endsAt - now) / 1000);
    }
    current.count += 1;
    windows.set(address, current);
  };
}
