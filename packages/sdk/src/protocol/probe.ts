import { z } from 'zod';

/** Ticks of a probe; more than one packet's worth of them, and soon over. */
export const PROBE_TICKS = 5;
/** Milliseconds between two ticks. */
export const PROBE_TICK_MS = 500;
/** Longest time a probe may be held after its ticks, in seconds. */
export const MAX_PROBE_HOLD_SECONDS = 120;

/** @see endpoints.probeStream */
export const probeQuerySchema = z.object({
  /** How long the stream stays open after its last tick, with heartbeats alone. */
  hold_seconds: z.coerce.number().int().min(0).max(MAX_PROBE_HOLD_SECONDS).default(0),
});

/** What a probe's events carry: when each was written, in milliseconds since the epoch. */
export const probeTickSchema = z.object({ sent_at: z.number().int() });

/** A probe's events: `tick` some times, and `end` once it was held as long as asked. */
export interface ProbeEvent {
  /** From 1. */
  seq: number;
  event: 'tick' | 'end';
  data: z.output<typeof probeTickSchema>;
}
