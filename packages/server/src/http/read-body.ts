import {
  MAX_MESSAGE_LENGTH,
  MAX_SYSTEM_PROMPT_LENGTH,
  type Endpoint,
  type EndpointName,
} from '@chat-playground/sdk/protocol';
import express, { type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.js';
import type { Turns } from '../domain/turns.js';
import { findBadShape } from './body-shape.js';
import { invalidRequest } from './validate.js';

/** A UTF-16 code unit costs at most this much in JSON, written as \uXXXX. */
const MAX_BYTES_PER_CHARACTER = 6;

/** Of those who have not signed in: a name, an address and a password, however they are escaped. */
export const MAX_STRANGERS_BODY_BYTES = 8 * 1024;
/** Of endpoints that take no long text. */
export const MAX_SHORT_BODY_BYTES = 64 * 1024;
/** So large that the longest allowed message always fits, however it is escaped: about 1.5 MB. */
export const MAX_BODY_BYTES =
  (MAX_MESSAGE_LENGTH + MAX_SYSTEM_PROMPT_LENGTH) * MAX_BYTES_PER_CHARACTER + MAX_SHORT_BODY_BYTES;

/** Those that take a message or a system prompt. */
const LONG: ReadonlySet<EndpointName> = new Set(['sendMessage', 'createPreset', 'updatePreset']);

/** A shorter one is parsed in less time than waiting for a turn takes. */
const TAKES_A_TURN_BYTES = 32 * 1024;

/** @throws DomainError `unsupported_media_type`, `payload_too_large` or `invalid_request` */
export type ReadBody = (request: Request, response: Response) => Promise<unknown>;

/**
 * Reads an endpoint's JSON bodies, and only those: a form or plain text is what a page of another
 * site can send without asking, so it is refused rather than guessed at. No body holds up others:
 * it has no more bytes than the endpoint has a use for, no more entries than are quickly made, and
 * of the long ones one is parsed in each round of the event loop.
 */
export function createReadBody(name: EndpointName, { auth }: Endpoint, turns: Turns): ReadBody {
  const maxBytes = LONG.has(name) ? MAX_BODY_BYTES : MAX_SHORT_BODY_BYTES;
  const limit = auth === 'none' ? MAX_STRANGERS_BODY_BYTES : maxBytes;
  const readBytes = express.raw({ limit, type: 'application/json' });
  return async (request, response) => {
    // No body at all is for the schema to report, in its own words.
    if (request.get('content-length') === '0') return undefined;
    assertReadable(request, limit);
    await new Promise<void>((resolve, reject) => {
      readBytes(request, response, (error?: unknown) =>
        error ? reject(refusal(error, limit)) : resolve(),
      );
    });
    const bytes: unknown = request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
    if (bytes.length > TAKES_A_TURN_BYTES) await turns.enter()();
    return parse(bytes);
  };
}

/** Looks at what the head says of the body, before a byte of it is read. */
function assertReadable(request: Request, limit: number): void {
  if (request.is('application/json') === false) {
    throw new DomainError(
      'unsupported_media_type',
      'The body must be JSON, sent with content-type application/json.',
    );
  }
  // In other encodings quotes and brackets are not where they seem to be.
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(request.get('content-type') ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw notInUtf8();
  if (Number(request.get('content-length')) > limit) throw tooLarge(limit);
}

function parse(bytes: Buffer): unknown {
  const fault = findBadShape(bytes);
  if (fault !== null) throw invalidRequest([{ field: 'body', message: fault }]);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw invalidRequest([{ field: 'body', message: 'must be well-formed JSON' }]);
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError('payload_too_large', `The body is larger than ${limit} bytes. Send less.`);
}

function notInUtf8(): DomainError {
  return new DomainError('unsupported_media_type', 'The body must be JSON in UTF-8.');
}

function refusal(error: unknown, limit: number): unknown {
  switch (bodyErrorType(error)) {
    case 'entity.too.large':
      return tooLarge(limit);
    case 'encoding.unsupported':
      return notInUtf8();
    case undefined:
      return error;
    default:
      return invalidRequest([{ field: 'body', message: 'must be well-formed JSON' }]);
  }
}

/** Faults of the body carry a `type`; anything without one is our own. */
function bodyErrorType(error: unknown): string | undefined {
  const isTyped = error instanceof Error && 'type' in error && typeof error.type === 'string';
  return isTyped ? String(error.type) : undefined;
}
