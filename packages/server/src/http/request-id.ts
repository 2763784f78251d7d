import { randomUUID } from 'node:crypto';
import { REQUEST_ID_HEADER } from '@chat-playground/sdk/protocol';
import type { NextFunction, Request, Response } from 'express';

/** Enough for any tracing scheme, and nothing that could forge a log line. */
const ACCEPTABLE = /^[\w-]{1,64}$/;

/** Names each request, by the caller's own id if that is harmless. */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(REQUEST_ID_HEADER);
  const id = given !== undefined && ACCEPTABLE.test(given) ? given : randomUUID();
  response.setHeader(REQUEST_ID_HEADER, id);
  next();
}

export function requestIdOf(response: { getHeader(name: string): unknown }): string {
  return String(response.getHeader(REQUEST_ID_HEADER));
}
