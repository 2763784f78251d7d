import { DomainError } from '../../domain/domain-error.js';
import { cleanReason, type Secret } from './clean-reason.js';
import { certificateFault, connectionFault } from './connection-faults.js';
import type { ErrorBody } from './error-body.js';
import { causeOf, type Cause } from './failure-cause.js';
import { retryAfterSeconds } from './retry-after.js';

/** What went wrong between us and a provider, before it is put into words. */
export type Failure =
  | ReportedFailure
  | { kind: 'connection'; code: string; isProxied?: boolean; cause: unknown }
  | { kind: 'timeout'; afterMs: number }
  | { kind: 'cut' }
  | { kind: 'malformed'; what: string };

/**
 * The provider said that it failed (see `readErrorBody`). `status` is the answer's, or the one that
 * an error in the middle of a stream names; null when there is none.
 */
export interface ReportedFailure extends ErrorBody {
  kind: 'reported';
  headers?: Headers | undefined;
}

/** What words for a failure need to know of the configuration. */
export interface ErrorContext {
  /** What must not appear in them. */
  secrets?: readonly Secret[];
  /** What is likely wrong with the address, as a sentence without its stop. */
  addressHint?: string;
  /** Milliseconds since 1970. */
  now?: number;
}

const ADDRESS_HINT = 'most base addresses end in /v1, and none in /chat/completions';

/** What is likely wrong with an address that leads nowhere. */
export function addressHintFor(baseUrl: string): string {
  const hasVersion = /\/v\d/.test(new URL(baseUrl).pathname);
  return hasVersion
    ? ADDRESS_HINT
    : 'most end in /v1 and this one does not, so try it with /v1 at its end';
}

/**
 * A failure in words for the person who waits for the reply, and for the operator: which provider,
 * what happened, in its own words where it gave any, and what to do.
 */
export function providerError(
  provider: string,
  failure: Failure,
  context: ErrorContext = {},
): DomainError {
  switch (failure.kind) {
    case 'reported':
      return reportedError(provider, failure, context);
    case 'connection':
      return connectionError(provider, failure);
    case 'timeout':
      return new DomainError(
        'provider_timeout',
        `${provider} said nothing for ${seconds(failure.afterMs / 1000)}. Try again in a moment.`,
      );
    case 'cut':
      return new DomainError(
        'provider_unavailable',
        `${provider} broke the connection off before the reply was whole.`,
      );
    case 'malformed':
      return new DomainError('provider_invalid_response', `${provider} ${failure.what}.`);
  }
}

interface Wording {
  code: DomainError['code'];
  /** Goes on after the provider's name. */
  what: string;
  /** A sentence on what to do. */
  advice: string;
}

const WORDINGS: Readonly<Record<Exclude<Cause, 'rate' | 'day' | 'address'>, Wording>> = {
  redirect: {
    code: 'provider_invalid_response',
    what: 'answered with a redirect, which is not followed',
    advice:
      "Correct its base_url in the server's configuration: write the address it leads to, often https:// instead of http://.",
  },
  key: {
    code: 'provider_unauthorized',
    what: "refused the server's API key",
    advice: "Check the key in the server's configuration.",
  },
  permission: {
    code: 'provider_unauthorized',
    what: "refused what was asked with the server's API key",
    advice: 'Check what the key and its account may use.',
  },
  blocked: {
    code: 'provider_rejected',
    what: "did not let the server's request in; something in front of it blocks it",
    advice: "Check its base_url, and whether this server's address may use it.",
  },
  country: {
    code: 'provider_rejected',
    what: 'does not serve the country or region that this server asks from',
    advice: '',
  },
  credit: {
    code: 'provider_rejected',
    what: 'reports that its credit is used up',
    advice: 'Check the account there.',
  },
  filter: {
    code: 'provider_rejected',
    what: 'stopped at its content filter',
    advice: 'Word the message differently.',
  },
  context: {
    code: 'context_too_long',
    what: 'finds this conversation too long for the model',
    advice: 'Shorten it or start a new chat.',
  },
  model: {
    code: 'provider_rejected',
    what: 'does not offer this model',
    advice: 'Choose another model.',
  },
  overloaded: {
    code: 'provider_unavailable',
    what: 'has too much to do',
    advice: 'Try again in a moment.',
  },
  trouble: {
    code: 'provider_unavailable',
    what: 'has trouble of its own',
    advice: 'Try again in a moment.',
  },
  proxy: {
    code: 'provider_unavailable',
    what: 'cannot be reached: the proxy in between wants other credentials',
    advice: 'Check HTTPS_PROXY and HTTP_PROXY, or proxy in its configuration.',
  },
  rejected: { code: 'provider_rejected', what: 'rejected the request', advice: '' },
};

function reportedError(
  provider: string,
  failure: ReportedFailure,
  context: ErrorContext,
): DomainError {
  const { status, headers } = failure;
  const cause = causeOf(status, failure);
  const retryAfter = retryAfterSeconds(headers, failure.reason, context.now ?? Date.now());
  const { code, what, advice } = wordingOf(cause, retryAfter, context);
  const reason = cleanReason(failure.reason || failure.code, context.secrets ?? []);
  const place = placeOf(status, headers);
  const said = sentence(`${provider} ${what}${place}${reason && `: ${reason}`}`);
  const message = advice === '' ? said : `${said} ${advice}`;
  const waits = code === 'provider_rate_limited' || code === 'provider_unavailable';
  return new DomainError(code, message, waits ? { retryAfterSeconds: retryAfter } : {});
}

const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'apim-request-id', 'x-amzn-requestid'];

/** What the provider's own support asks for. */
function placeOf(status: number | null, headers: Headers | undefined): string {
  const ids = REQUEST_ID_HEADERS.map((name) => headers?.get(name) ?? '');
  const id = ids.find((one) => /^[\w.:-]{4,80}$/.test(one));
  const parts = [status === null ? '' : `HTTP ${status}`, id === undefined ? '' : `request ${id}`];
  const told = parts.filter((part) => part !== '').join(', ');
  return told && ` (${told})`;
}

function wordingOf(
  cause: Cause,
  retryAfter: number | undefined,
  { addressHint = ADDRESS_HINT }: ErrorContext,
): Wording {
  const wait =
    retryAfter === undefined ? 'Try again later.' : `It asked to wait ${seconds(retryAfter)}.`;
  switch (cause) {
    case 'rate':
      return {
        code: 'provider_rate_limited',
        what: 'is busy: it takes no more requests for the moment',
        advice: wait,
      };
    case 'day':
      return { code: 'provider_rate_limited', what: 'takes no more requests today', advice: wait };
    case 'address':
      return {
        code: 'provider_rejected',
        what: "has nothing at the address that the server's configuration names",
        advice: `Correct its base_url: ${addressHint}.`,
      };
    default:
      return WORDINGS[cause];
  }
}

function connectionError(
  provider: string,
  { code, isProxied = false, cause }: Extract<Failure, { kind: 'connection' }>,
): DomainError {
  const certificate = certificateFault(code);
  const message =
    certificate === undefined
      ? `${provider} cannot be reached: ${connectionFault(code, isProxied)}`
      : `${provider} cannot be trusted: ${certificate}`;
  return new DomainError('provider_unavailable', sentence(message), { cause });
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function seconds(amount: number): string {
  const whole = Math.max(1, Math.round(amount));
  if (whole >= 7200) return `${Math.round(whole / 3600)} hours`;
  if (whole >= 300) return `${Math.round(whole / 60)} minutes`;
  return `${whole} second${whole === 1 ? '' : 's'}`;
}
