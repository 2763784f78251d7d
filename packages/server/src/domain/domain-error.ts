import {
  ERROR_STATUS,
  isRetryableCode,
  type ErrorCode,
  type FieldIssue,
} from '@chat-playground/sdk/protocol';

interface DomainErrorOptions {
  /** Which fields were wrong, when fields were. */
  details?: FieldIssue[];
  /** Seconds after which the caller may try again. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * The one error class of the server: a stable code, and a message that is safe to show to the
 * caller. Whatever else is thrown is unexpected and answered as `internal` without its text.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly details: FieldIssue[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }

  get retryable(): boolean {
    return isRetryableCode(this.code);
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}

type Noun = 'chat' | 'message' | 'user' | 'reply' | 'session' | 'preset';

/** The answer for what does not exist and, word for word, for what belongs to someone else. */
export function notFound(noun: Noun): DomainError {
  return new DomainError('not_found', `No such ${noun}.`);
}

/** A field that is well-formed and still cannot be. @param message ends a sentence the name begins */
export function invalidField(field: string, message: string): DomainError {
  return new DomainError('invalid_request', `${field} ${message}.`, {
    details: [{ field, message }],
  });
}
