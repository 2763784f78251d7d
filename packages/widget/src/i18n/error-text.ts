import type { ChatError, ChatErrorCode } from '@chat-playground/sdk';
import type { PlainTerm } from './dictionary.js';
import type { Localization } from './localization.js';

const TERMS: Partial<Record<ChatErrorCode, PlainTerm>> = {
  network: 'errorNetwork',
  stream_incomplete: 'errorNetwork',
  timeout: 'errorTimeout',
  invalid_credentials: 'errorInvalidCredentials',
  email_taken: 'errorEmailTaken',
  username_taken: 'errorUsernameTaken',
  unauthenticated: 'errorSessionEnded',
  token_expired: 'errorSessionEnded',
  session_revoked: 'errorSessionEnded',
  not_found: 'chatNotFound',
  reply_in_progress: 'errorReplyInProgress',
  undo_expired: 'errorUndoExpired',
  payload_too_large: 'errorTooLarge',
  context_too_long: 'errorContextTooLong',
  model_not_found: 'errorModelGone',
  shutting_down: 'errorShuttingDown',
  provider_unavailable: 'errorProvider',
  provider_timeout: 'errorProvider',
  provider_invalid_response: 'errorProvider',
};

/**
 * An error in the reader's language: its code's own sentence, or else the server's where it says
 * what to do (a wrong request), or else that something went wrong.
 */
export function errorText(error: ChatError, localization: Localization): string {
  if (error.retryAfterMs !== undefined && error.status === 429) {
    return localization.term('rateLimited', { count: Math.ceil(error.retryAfterMs / 1000) });
  }
  const term = TERMS[error.code];
  if (term !== undefined) return localization.term(term);
  const isForPeople = error.status !== undefined && error.status !== 500 && error.message !== '';
  return isForPeople ? error.message : localization.term('errorUnexpected');
}
