import { MAX_MESSAGE_LENGTH, MAX_SYSTEM_PROMPT_LENGTH } from '@chat-playground/sdk/protocol';
import express, { type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.js';
import { invalidRequest } from './validate.js';

/** A UTF-16 code unit costs at most this much in JSON, written as \uXXXX. */
const MAX_BYTES_PER_CHARACTER = 6;
const ROOM_FOR_THE_REST = 64 * 1024;

/** So large that the longest allowed message always fits, however it is escaped: about 1.5 MB. */
export const MAX_BODY_BYTES =
  (MAX_MESSAGE_LENGTH + MAX_SYSTEM_PROMPT_LENGTH) * MAX_BYTES_PER_CHARACTER + ROOM_FOR_THE_REST;

const parseJson = express.json({ limit: MAX_BODY_BYTES, type: 'application/json' });

/**
 * Reads a JSON body, and only that: a form or plain text is what a page of another site can send
 * without asking, so it is refused rather than guessed at.
 *
 * @throws DomainError `unsupported_media_type`, `payload_too_large` or `invalid_request`
 */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  // No body at all is for the schema to report, in its own words.
  if (request.get('content-length') === '0') return undefined;
  if (request.is('application/json') === false) {
    throw new DomainError(
      'unsupported_media_type',
      'The body must be JSON, sent with content-type application/json.',
    );
  }
  await new Promise<void>((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => (error ? reject(refusal(error)) : resolve()));
  });
  return request.body;
}

function refusal(error: unknown): unknown {
  switch (bodyErrorType(error)) {
    case 'entity.too.large':
      return new DomainError(
        'payload_too_large',
        `The body is larger than ${MAX_BODY_BYTES} bytes. Send less.`,
      );
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new DomainError('unsupported_media_type', 'The body must be JSON in UTF-8.');
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
