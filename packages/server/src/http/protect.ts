import { IDEMPOTENCY_HEADER, REQUEST_ID_HEADER } from '@chat-playground/sdk/protocol';
import compression from 'compression';
import cors, { type CorsRequest } from 'cors';
import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { AllowedOrigins } from '../domain/allowed-origins.js';

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

/** Everything but streams: a compressor holds bytes back to see more of them. */
export function createCompression(): RequestHandler {
  return compression({
    filter: (request: Request, response: Response) =>
      !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
      compression.filter(request, response),
  });
}
