import type { z } from 'zod';
import type { ErrorCode } from '../error-codes.js';

/** One endpoint of the API: what it takes, what it answers, who may call it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the API's prefix, with `:name` for path parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly auth: 'none' | 'user';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  /**
   * The answer: JSON; a stream of the protocol's events; a probe's events, in the same form; a JSON
   * object a line, as many as there are; plain text; or a page.
   */
  readonly response: z.ZodType | 'event-stream' | 'probe-stream' | 'json-lines' | 'text' | 'html';
  /** What can go wrong beyond `invalid_request`, `unauthenticated`, `rate_limited`, `internal`. */
  readonly errors: readonly ErrorCode[];
}
