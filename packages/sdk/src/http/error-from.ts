import { ChatError, type ChatErrorCode } from '../errors/chat-error.js';
import { ERROR_STATUS, isRetryableCode, type ErrorCode } from '../protocol/error-codes.js';
import type { FieldIssue } from '../protocol/index.js';
import { REQUEST_ID_HEADER } from '../protocol/wire-names.js';

const MS_PER_SECOND = 1000;

/** A value that may have any fields, each still unknown; null for what is not an object. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

/** @returns null for what is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code);
}

/** Translates an answer that is not a success; reads its body. */
export async function errorFromResponse(response: Response, call: string): Promise<ChatError> {
  const { status, headers } = response;
  const body = asRecord(parseJson(await response.text().catch(() => '')));
  const code = isErrorCode(body?.code) ? body.code : codeByStatus(status);
  const message =
    typeof body?.message === 'string'
      ? body.message
      : `${call} was answered with status ${String(status)}.`;
  return new ChatError(message, {
    code,
    status,
    retryable: isRetryableCode(code),
    retryAfterMs: parseRetryAfter(headers.get('retry-after')),
    requestId: headers.get(REQUEST_ID_HEADER) ?? undefined,
    details: Array.isArray(body?.details) ? body.details.filter(isFieldIssue) : undefined,
  });
}

/** An answer that came, but is not what the protocol promises. */
export function invalidResponse(call: string, what: string, cause?: unknown): ChatError {
  return new ChatError(
    `${call} was answered with ${what}. Check that baseUrl is a Chat Playground server.`,
    { code: 'invalid_response', retryable: false, cause },
  );
}

/** Translates whatever kept a call from being answered. */
export function errorFromFailure(
  cause: unknown,
  call: string,
  context: { aborted: boolean; timeoutMs: number | null },
): ChatError {
  if (cause instanceof ChatError) return cause;
  const fail = (code: ChatErrorCode, message: string, retryable: boolean) =>
    new ChatError(message, { code, retryable, cause });
  if (context.aborted) return fail('aborted', `${call} was aborted.`, false);
  if (context.timeoutMs !== null) {
    return fail('timeout', `${call} had no answer within ${String(context.timeoutMs)} ms.`, true);
  }
  return fail('network', `${call} did not reach the server. Check the connection.`, true);
}

/** @returns milliseconds; undefined when the header is absent or neither seconds nor a date */
export function parseRetryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * MS_PER_SECOND : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/**
 * What a status means when the body does not say: a proxy's page, or a server of another age. The
 * first code of a status is the most general one.
 */
function codeByStatus(status: number): ErrorCode {
  if (status >= 500) return 'internal';
  return (
    Object.keys(ERROR_STATUS)
      .filter(isErrorCode)
      .find((code) => ERROR_STATUS[code] === status) ?? 'invalid_request'
  );
}

function isFieldIssue(value: unknown): value is FieldIssue {
  const issue = asRecord(value);
  return typeof issue?.field === 'string' && typeof issue.message === 'string';
}
