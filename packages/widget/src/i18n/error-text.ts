import type { ChatError, ChatErrorCode } from '@chat-playground/sdk';
import type { PlainTerm } from './dictionary.js';
import type { Localization } from './localization.js';

/** The language the server's own sentences are in. */
const SERVER_LANGUAGE = 'en';

const TERMS: Readonly<Record<ChatErrorCode, PlainTerm>> = {
  network: 'errorNetwork',
  stream_incomplete: 'errorNetwork',
  timeout: 'errorTimeout',
  aborted: 'errorAborted',
  invalid_response: 'errorIncomprehensible',
  invalid_request: 'errorInvalid',
  unsupported_media_type: 'errorIncomprehensible',
  method_not_allowed: 'errorIncomprehensible',
  payload_too_large: 'errorTooLarge',
  unauthenticated: 'errorSessionEnded',
  token_expired: 'errorSessionEnded',
  session_revoked: 'errorSessionEnded',
  invalid_credentials: 'errorInvalidCredentials',
  forbidden: 'errorForbidden',
  not_found: 'errorNotFound',
  conflict: 'errorConflict',
  email_taken: 'errorEmailTaken',
  username_taken: 'errorUsernameTaken',
  reply_in_progress: 'errorReplyInProgress',
  idempotency_mismatch: 'errorUnexpected',
  undo_expired: 'errorUndoExpired',
  stream_expired: 'errorStreamExpired',
  rate_limited: 'errorTooMany',
  budget_exceeded: 'errorBudget',
  internal: 'errorUnexpected',
  storage_unavailable: 'errorStorage',
  shutting_down: 'errorShuttingDown',
  reply_unreachable: 'errorReplyUnreachable',
  model_not_found: 'errorModelGone',
  provider_unauthorized: 'errorProviderKey',
  provider_rate_limited: 'errorProviderBusy',
  provider_rejected: 'errorProviderRejected',
  provider_unavailable: 'errorProvider',
  provider_timeout: 'errorProvider',
  provider_invalid_response: 'errorProvider',
  context_too_long: 'errorContextTooLong',
  interrupted: 'replyInterrupted',
};

/** Codes whose own sentence says less than the server's, which names the field or the setting. */
const SAID_BETTER_BY_SERVER: ReadonlySet<string> = new Set<ChatErrorCode>([
  'invalid_request',
  'conflict',
]);

/**
 * An error in the reader's language: its code's own sentence, unless the server names what to mend
 * (a wrong request) and the reader reads the server's language.
 */
export function errorText(error: ChatError, localization: Localization): string {
  const { code, message, retryAfterMs } = error;
  if (retryAfterMs !== undefined && code === 'rate_limited') {
    return localization.term('rateLimited', { count: Math.ceil(retryAfterMs / 1000) });
  }
  if (SAID_BETTER_BY_SERVER.has(code) && message !== '' && readsServer(localization)) {
    return message;
  }
  return localization.term(termOf(code));
}

/**
 * Why a reply failed, in the reader's language. The server's own words are exact about the provider
 * and the model, so whoever reads them is given those.
 */
export function replyErrorText(
  { code, message }: { code: string; message: string },
  localization: Localization,
): string {
  if (message !== '' && readsServer(localization)) return message;
  return localization.term(code in TERMS ? termOf(code) : 'replyFailed');
}

/** A server may be newer than the page and name a code that is not known here. */
function termOf(code: string): PlainTerm {
  return (TERMS as Readonly<Record<string, PlainTerm>>)[code] ?? 'errorUnexpected';
}

function readsServer({ locale }: Localization): boolean {
  return new Intl.Locale(locale).language === SERVER_LANGUAGE;
}
