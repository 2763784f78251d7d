/** A longer wait is a mistake, or a limit no one waits for, in seconds. */
const MAX_WAIT_SECONDS = 24 * 3600;
/** Numbers above are dates, not waits: seconds since 1970 are ten digits, milliseconds thirteen. */
const MIN_EPOCH_SECONDS = 1_000_000_000;
const MIN_EPOCH_MS = 1_000_000_000_000;
const UNIT_SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
};
/** "6m0s", "1.5 seconds", "250ms": each part of it. */
const PART =
  /(\d+(?:\.\d+)?)\s*(milliseconds?|ms|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|[smhd])(?![a-z])/gi;
/** Where a sentence says when to come back. */
const WAIT_WORDS =
  /\b(?:(?:try|retry|come back|again|wait)(?:ing)?\b.{0,20}?\b(?:in|after|for)|wait|retry[- _]?(?:after|delay)["':\s]*)\s*((?:(?:about|at least)\s+)?(?:\d+(?:\.\d+)?\s*(?:milliseconds?|ms|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|[smhd])(?![a-z])\s*(?:and\s+)?)+)/i;

/** Of several limits the one that is reached resets last. */
const RESET_HEADERS = [
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
  'x-ratelimit-reset',
  'ratelimit-reset',
  'anthropic-ratelimit-requests-reset',
  'anthropic-ratelimit-tokens-reset',
] as const;
/** Whether such a limit is reached, where that is said. */
const REMAINING_HEADERS: Readonly<Record<string, string>> = {
  'x-ratelimit-reset-requests': 'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-tokens': 'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset': 'x-ratelimit-remaining',
  'ratelimit-reset': 'ratelimit-remaining',
  'anthropic-ratelimit-requests-reset': 'anthropic-ratelimit-requests-remaining',
  'anthropic-ratelimit-tokens-reset': 'anthropic-ratelimit-tokens-remaining',
};

/**
 * How long a provider asks to wait, in whole seconds, 1 at least; undefined when it does not say.
 * What is meant for it (`retry-after-ms`, `retry-after`) comes before its words, and those before
 * the times at which its limits start anew.
 */
export function retryAfterSeconds(
  headers: Headers | undefined,
  reason: string,
  now: number,
): number | undefined {
  const candidates = [
    scaled(headers?.get('retry-after-ms'), 0.001),
    waitIn(headers?.get('retry-after'), now),
    waitInWords(reason),
    resetIn(headers, now),
  ];
  const wait = candidates.find((one) => one !== undefined && one <= MAX_WAIT_SECONDS);
  return wait === undefined ? undefined : Math.max(1, Math.ceil(wait));
}

function scaled(value: string | null | undefined, factor: number): number | undefined {
  return value && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) * factor : undefined;
}

/** Seconds, a time with units, or a date in any form. */
function waitIn(value: string | null | undefined, now: number): number | undefined {
  if (!value) return undefined;
  const amount = scaled(value, 1);
  if (amount !== undefined) {
    if (amount >= MIN_EPOCH_MS) return Math.max(0, (amount - now) / 1000);
    return amount >= MIN_EPOCH_SECONDS ? Math.max(0, amount - now / 1000) : amount;
  }
  const withUnits = durationIn(value);
  if (withUnits !== undefined && /^[\s\d.a-z]+$/i.test(value)) return withUnits;
  // Without a year the parser makes a date of anything.
  const at = /\d{4}/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now) / 1000);
}

function waitInWords(reason: string): number | undefined {
  const words = WAIT_WORDS.exec(reason.slice(0, 2_000))?.[1];
  return words === undefined ? undefined : durationIn(words);
}

function durationIn(text: string): number | undefined {
  let total: number | undefined;
  for (const [, amount, unit = 's'] of text.matchAll(PART)) {
    const name = /^m(s|illi)/i.test(unit) ? 'ms' : unit.charAt(0).toLowerCase();
    total = (total ?? 0) + Number(amount) * (UNIT_SECONDS[name] ?? 1);
  }
  return total;
}

function resetIn(headers: Headers | undefined, now: number): number | undefined {
  let last: number | undefined;
  for (const name of RESET_HEADERS) {
    const remaining = headers?.get(REMAINING_HEADERS[name] ?? '');
    if (remaining && Number(remaining) > 0) continue;
    const wait = waitIn(headers?.get(name), now);
    if (wait !== undefined && wait > (last ?? 0)) last = wait;
  }
  return last;
}
