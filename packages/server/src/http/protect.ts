import {
  API_PREFIX,
  endpoints,
  IDEMPOTENCY_HEADER,
  REQUEST_ID_HEADER,
  type Endpoint,
} from '@chat-playground/sdk/protocol';
import compression from 'compression';
import cors, { type CorsRequest } from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { refusalOf, type AllowedHosts } from '../domain/allowed-hosts.js';
import type { AllowedOrigins } from '../domain/allowed-origins.js';
import { DomainError } from '../domain/domain-error.js';

const PREFLIGHT_LIFETIME_SECONDS = 600;
const HSTS_SECONDS = 365 * 24 * 60 * 60;

/** The page may use what this server serves and nothing else; `'self'` covers its websocket. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"],
};

export function createSecurityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    // Over HTTPS this host asks to be met so again; of its neighbours it knows nothing.
    strictTransportSecurity: { maxAge: HSTS_SECONDS, includeSubDomains: false },
  });
}

/** @throws DomainError `forbidden` for a name that is not this server's */
export function createHostCheck(hosts: AllowedHosts): RequestHandler {
  return ({ headers: { host } }, _response, next) => {
    if (!hosts.isAllowed(host)) throw new DomainError('forbidden', refusalOf(host));
    next();
  };
}

/** Answers hold what is personal, or what holds for a moment; files are not among them. */
export const forbidStoring: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};

/**
 * Lets pages of the listed sites read answers. There are no cookies, so there are no credentials to
 * allow: a page shows who it is by a token it holds itself.
 */
export function createCors(origins: AllowedOrigins): RequestHandler {
  return cors<CorsRequest>((request, decide) => {
    const { origin, host } = request.headers;
    decide(null, {
      origin: origin !== undefined && origins.isAllowed(origin, host),
      methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      allowedHeaders: [
        'authorization',
        'content-type',
        'last-event-id',
        IDEMPOTENCY_HEADER,
        REQUEST_ID_HEADER,
      ],
      exposedHeaders: [REQUEST_ID_HEADER, 'retry-after'],
      maxAge: PREFLIGHT_LIFETIME_SECONDS,
    });
  });
}

const STREAM_PATHS: ReadonlySet<string> = new Set(
  Object.values<Endpoint>(endpoints)
    .filter(({ response }) => response === 'event-stream' || response === 'probe-stream')
    .map(({ path }) => `${API_PREFIX}${path}`),
);

/**
 * Everything but streams: a compressor holds bytes back to see more of them. Their routes it does
 * not even see, as it puts itself before every write; however else one is reached, `no-transform`
 * among its headers keeps it as it is.
 */
export function createCompression(): RequestHandler {
  const compress = compression();
  return (request, response, next) => {
    if (STREAM_PATHS.has(request.path)) next();
    else compress(request, response, next);
  };
}
