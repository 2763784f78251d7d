import type { ErrorBody } from '@chat-playground/sdk/protocol';
import type { NextFunction, Request, Response } from 'express';
import { DomainError, isDomainError } from '../domain/domain-error.js';
import type { Logger } from '../ports/logger.js';
import { requestIdOf } from './request-id.js';

const UNEXPECTED = new DomainError('internal', 'Something went wrong on the server.');

/** Every address nothing answers at. */
export function answerNotFound(request: Request): never {
  throw new DomainError('not_found', `Nothing is at ${request.method} ${request.path}.`);
}

/**
 * Turns whatever was thrown into an answer. Only the text of a DomainError is meant for callers;
 * of anything else they learn the request id, and the log the rest.
 */
export function createErrorMiddleware(logger: Logger) {
  // Express tells an error handler by its four parameters.
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const requestId = requestIdOf(response);
    const known = isDomainError(error) ? error : asClientError(error);
    if (!known && !hasLeft(error, response)) {
      logger.error({ err: error, request_id: requestId }, 'a request failed');
    }
    if (response.headersSent) {
      // In the middle of a stream the one thing left to say is that it was cut.
      response.destroy();
      return;
    }
    const answer = known ?? UNEXPECTED;
    if (answer.retryAfterSeconds !== undefined) {
      response.setHeader('retry-after', Math.ceil(answer.retryAfterSeconds));
    }
    if (answer.status === 401) response.setHeader('www-authenticate', 'Bearer');
    response.setHeader('cache-control', 'no-store');
    response.status(answer.status).json(presentError(answer, requestId));
  };
}

export function presentError(error: DomainError, requestId: string): ErrorBody {
  const { message, code, details } = error;
  return { message, code, request_id: requestId, ...(details && { details }) };
}

const LEFT: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ABORT_ERR',
]);

/**
 * Whether what was thrown only says that nobody reads the answer any more, which is everyone's
 * right. With the connection still there the same error is somebody else's: a fault.
 */
function hasLeft(error: unknown, response: Response): boolean {
  if (!(response.closed || response.destroyed || response.req.socket.destroyed)) return false;
  if (!(error instanceof Error)) return false;
  return error.name === 'AbortError' || ('code' in error && LEFT.has(error.code));
}

/** The router's own complaint about an address it cannot decode (`/users/%E0`). */
function asClientError(error: unknown): DomainError | undefined {
  if (!(error instanceof URIError)) return undefined;
  return new DomainError('not_found', 'Nothing is at this address.', { cause: error });
}
