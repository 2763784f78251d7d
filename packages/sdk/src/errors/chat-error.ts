import type { ErrorCode, FieldIssue } from '../protocol/index.js';

/** Codes for what goes wrong on this side of the wire, beside the server's own. */
export type ClientErrorCode =
  'network' | 'timeout' | 'aborted' | 'invalid_response' | 'stream_incomplete';

export type ChatErrorCode = ErrorCode | ClientErrorCode;

interface ChatErrorOptions {
  code: ChatErrorCode;
  /** HTTP status; undefined when there was no answer. */
  status?: number | undefined;
  retryable: boolean;
  retryAfterMs?: number | undefined;
  requestId?: string | undefined;
  details?: FieldIssue[] | undefined;
  cause?: unknown;
}

/** The one error class of the SDK. Recognise it with {@link isChatError}, act on `code`. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly code: ChatErrorCode;
  readonly status: number | undefined;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** Which fields were wrong, when fields were. */
  readonly details: readonly FieldIssue[];

  constructor(message: string, options: ChatErrorOptions) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.status = options.status;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
    this.requestId = options.requestId;
    this.details = options.details ?? [];
  }
}

export function isChatError(error: unknown): error is ChatError {
  return error instanceof ChatError;
}
