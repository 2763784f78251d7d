import { DomainError } from '../../domain/domain-error.js';

/** What went wrong between us and a provider, before it is put into words. */
export type Failure =
  | { kind: 'status'; status: number; code: string; reason: string; headers: Headers | undefined }
  | { kind: 'connection'; code: string; cause: unknown }
  | { kind: 'timeout'; afterMs: number }
  | { kind: 'cut' }
  | { kind: 'malformed'; what: string };

const MAX_REASON_LENGTH = 200;
const CONTEXT_WORDS =
  /context.{0,20}(length|window|size|limit)|maximum context|prompt is too long|too many tokens|input is too long/i;

/**
 * A failure in words for the person who waits for the reply, and for the operator: which provider,
 * what happened, what to do. Of the provider's own text at most a short, cleaned reason is shown.
 *
 * @param secrets texts that must not appear in it, such as the key
 */
export function providerError(
  provider: string,
  failure: Failure,
  secrets: readonly string[] = [],
): DomainError {
  switch (failure.kind) {
    case 'status':
      return statusError(provider, failure, secrets);
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

function statusError(
  provider: string,
  failure: Extract<Failure, { kind: 'status' }>,
  secrets: readonly string[],
): DomainError {
  const { status, code, headers } = failure;
  const reason = cleanReason(failure.reason, secrets);
  if (status >= 300 && status < 400) {
    const what = `${provider} answered with a redirect, which is not followed. Correct its base_url in the server's configuration.`;
    return new DomainError('provider_invalid_response', what);
  }
  if (status === 401 || status === 403) {
    const what = `${provider} refused the server's API key. Check the key in the server's configuration.`;
    return new DomainError('provider_unauthorized', what);
  }
  if (status === 402 || code === 'insufficient_quota') {
    const what = `${provider} reports that its credit is used up. Check the account there.`;
    return new DomainError('provider_rejected', what);
  }
  if (status === 429) return rateLimited(provider, headers);
  if (code === 'context_length_exceeded' || CONTEXT_WORDS.test(failure.reason)) {
    const what = `This conversation is too long for the model at ${provider}. Shorten it or start a new chat.`;
    return new DomainError('context_too_long', what);
  }
  if (status >= 500 || status === 408) {
    const what = `${provider} has trouble of its own (HTTP ${status}). Try again in a moment.`;
    return new DomainError('provider_unavailable', what, retryAfter(headers));
  }
  const what = `${provider} rejected the request (HTTP ${status})${reason && `: ${reason}`}`;
  return new DomainError('provider_rejected', what.replace(/\.?$/, '.'));
}

function rateLimited(provider: string, headers: Headers | undefined): DomainError {
  const { retryAfterSeconds } = retryAfter(headers);
  const wait =
    retryAfterSeconds === undefined
      ? 'it takes no more requests for the moment. Try again later'
      : `it asked to wait ${seconds(retryAfterSeconds)}`;
  return new DomainError('provider_rate_limited', `${provider} is busy: ${wait}.`, {
    retryAfterSeconds,
  });
}

function connectionError(
  provider: string,
  { code, cause }: Extract<Failure, { kind: 'connection' }>,
): DomainError {
  const why =
    code === 'ECONNREFUSED'
      ? 'nothing answers at its address'
      : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
        ? 'its name cannot be resolved'
        : 'the connection failed';
  const message = `${provider} cannot be reached: ${why}. Check that it runs and that its base_url is right.`;
  return new DomainError('provider_unavailable', message, { cause });
}

function retryAfter(headers: Headers | undefined): { retryAfterSeconds?: number } {
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return {};
  const wait = /^\d+(\.\d+)?$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(wait) ? { retryAfterSeconds: Math.max(1, Math.ceil(wait)) } : {};
}

function seconds(amount: number): string {
  const whole = Math.max(1, Math.round(amount));
  return `${whole} second${whole === 1 ? '' : 's'}`;
}

/** One short line without addresses, keys or markup. */
function cleanReason(text: string, secrets: readonly string[]): string {
  let reason = text.slice(0, MAX_REASON_LENGTH * 4);
  for (const secret of secrets) reason = reason.replaceAll(secret, '(hidden)');
  reason = reason
    .replace(/https?:\/\/\S+/g, '(address)')
    .replace(/\b(sk|pk|key|token|bearer)[-_ ][\w*.-]{6,}/gi, '(hidden)')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return reason.slice(0, MAX_REASON_LENGTH).toWellFormed();
}
