/**
 * Every stable `code` an error body or a `message-error` event may carry, with the HTTP status it
 * travels under. Codes are never renamed and never reused; readers treat an unknown one by its
 * status, as the first one that has it here.
 */
export const ERROR_STATUS = {
  invalid_request: 400,
  unsupported_media_type: 415,
  payload_too_large: 413,
  unauthenticated: 401,
  token_expired: 401,
  invalid_credentials: 401,
  session_revoked: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  username_taken: 409,
  reply_in_progress: 409,
  idempotency_mismatch: 409,
  undo_expired: 409,
  stream_expired: 410,
  rate_limited: 429,
  budget_exceeded: 429,
  internal: 500,
  storage_unavailable: 503,
  shutting_down: 503,
  reply_unreachable: 503,
  model_not_found: 400,
  provider_unauthorized: 502,
  provider_rate_limited: 502,
  provider_rejected: 502,
  provider_unavailable: 502,
  provider_timeout: 504,
  provider_invalid_response: 502,
  context_too_long: 400,
  interrupted: 503,
} as const;

/** One of the stable error codes of the wire. */
export type ErrorCode = keyof typeof ERROR_STATUS;

const RETRYABLE: ReadonlySet<string> = new Set<ErrorCode>([
  'rate_limited',
  'internal',
  'storage_unavailable',
  'shutting_down',
  'reply_unreachable',
  'provider_rate_limited',
  'provider_unavailable',
  'provider_timeout',
  'provider_invalid_response',
  'interrupted',
]);

/** Whether the same request may succeed later without being changed. */
export function isRetryableCode(code: string): boolean {
  return RETRYABLE.has(code);
}
