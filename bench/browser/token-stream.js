import { setTimeout as delay } from 'node:timers/promises';

/** How often tokens leave: providers send them in small bundles too. */
const TICK_MS = 4;

/**
 * Calls back with the tokens that have become due, at a steady pace whatever the timers do.
 *
 * @param {readonly string[]} tokens
 * @param {{ perSecond: number, signal: AbortSignal, take: (due: readonly string[]) => void }} options
 */
export async function paceTokens(tokens, { perSecond, signal, take }) {
  const startedAt = performance.now();
  let sent = 0;
  while (sent < tokens.length && !signal.aborted) {
    await delay(TICK_MS);
    const due = Math.min(
      tokens.length,
      Math.floor(((performance.now() - startedAt) / 1000) * perSecond),
    );
    if (due > sent) take(tokens.slice(sent, due));
    sent = Math.max(sent, due);
  }
}
