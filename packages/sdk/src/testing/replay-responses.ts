import { ERROR_STATUS, type ErrorCode } from '../protocol/error-codes.js';
import { REQUEST_ID_HEADER } from '../protocol/wire-names.js';

const REQUEST_ID = 'replay-request';

export function jsonResponse(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { [REQUEST_ID_HEADER]: REQUEST_ID } });
}

/** An error as the real server answers it; also for a test's own `intercept`. */
export function errorResponse(
  code: ErrorCode,
  message: string = code,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { message, code, request_id: REQUEST_ID },
    { status: ERROR_STATUS[code], headers: { [REQUEST_ID_HEADER]: REQUEST_ID, ...headers } },
  );
}
