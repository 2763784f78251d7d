import { IDEMPOTENCY_HEADER } from '@chat-playground/sdk/protocol';
import type { Request } from 'express';
import { invalidRequest } from './validate.js';

const BEARER = /^Bearer +(\S+)$/i;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const EVENT_ID = /^\d{1,15}$/;

/** The access token. Only ever from this header: addresses end up in logs and histories. */
export function bearerToken(request: Request): string | undefined {
  return BEARER.exec(request.get('authorization') ?? '')?.[1];
}

/** @throws DomainError `invalid_request` */
export function idempotencyKey(request: Request): string | undefined {
  const key = request.get(IDEMPOTENCY_HEADER);
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  throw invalidRequest([
    {
      field: `headers.${IDEMPOTENCY_HEADER}`,
      message: 'must have 1 to 200 visible ASCII characters',
    },
  ]);
}

/** Where a reader resumes; empty means from the beginning. @throws DomainError `invalid_request` */
export function lastEventId(request: Request): number | undefined {
  const id = request.get('last-event-id');
  if (id === undefined || id === '') return undefined;
  if (EVENT_ID.test(id)) return Number(id);
  throw invalidRequest([
    { field: 'headers.last-event-id', message: 'must be the id of an event, a whole number' },
  ]);
}
