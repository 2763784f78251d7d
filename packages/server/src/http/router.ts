import { endpoints, type Endpoint, type EndpointName } from '@chat-playground/sdk/protocol';
import { Router, type Request, type Response } from 'express';
import { DomainError } from '../domain/domain-error.js';
import { createTurns } from '../domain/turns.js';
import type { Caller } from '../domain/user.js';
import type { Metrics } from '../ports/metrics.js';
import type { Authenticate } from '../use-cases/authenticate.js';
import type { Handlers } from './handler.js';
import type { LiveStreams } from './live-streams.js';
import type { PrefixOf } from './base-path.js';
import { addressKey } from './client-address.js';
import { createReadBody, type ReadBody } from './read-body.js';
import { bearerToken, idempotencyKey, lastEventId } from './request-headers.js';
import { validate } from './validate.js';
import { writeAnswer } from './write-answer.js';

export interface RouterDeps {
  handlers: Handlers;
  authenticate: Authenticate;
  liveStreams: LiveStreams;
  prefixOf: PrefixOf;
  metrics?: Metrics | undefined;
  /** Milliseconds between the comments that keep a quiet stream open; 15 s when absent. */
  heartbeatMs?: number | undefined;
}

/** An endpoint with all that serving it takes. */
interface Served {
  endpoint: Endpoint;
  handler: AnyHandler;
  readBody: ReadBody | undefined;
}

/** A handler as the loop below sees it: the table's types hold at its two ends, not in between. */
type AnyHandler = (request: object) => Promise<unknown>;

/**
 * Serves the protocol's endpoints, all of them and nothing else. Each request takes the same way:
 * authenticate, read, validate, check ownership of a named user, handle, present. As no route is
 * added by hand, none can forget a step.
 */
export function createRouter(deps: RouterDeps): Router {
  const router = Router({ caseSensitive: true });
  const turns = createTurns();
  for (const [path, names] of namesByPath()) {
    const route = router.route(path);
    for (const name of names) {
      const endpoint: Endpoint = endpoints[name];
      const handler = deps.handlers[name] as AnyHandler;
      const readBody = endpoint.body && createReadBody(name, endpoint, turns);
      const served: Served = { endpoint, handler, readBody };
      route[methodOf(endpoint)]((request, response) => {
        if (deps.metrics) count(deps.metrics, name, endpoint, response);
        return serve(served, deps, request, response);
      });
    }
    const allowed = names.map((name) => endpoints[name].method).join(', ');
    route.all((request, response) => refuseMethod(request, response, allowed));
  }
  return router;
}

/** In the table's order, which matters where a literal segment and a parameter compete. */
function namesByPath(): Map<string, EndpointName[]> {
  const byPath = new Map<string, EndpointName[]>();
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    const { path } = endpoints[name];
    byPath.set(path, [...(byPath.get(path) ?? []), name]);
  }
  return byPath;
}

function methodOf({ method }: Endpoint) {
  return method.toLowerCase() as Lowercase<Endpoint['method']>;
}

function refuseMethod({ method, path }: Request, response: Response, allowed: string): never {
  response.setHeader('allow', allowed);
  throw new DomainError('method_not_allowed', `${path} does not take ${method}: use ${allowed}.`);
}

function count(metrics: Metrics, name: EndpointName, endpoint: Endpoint, response: Response): void {
  const startedAt = performance.now();
  const endStream = endpoint.response === 'event-stream' ? metrics.countStream() : undefined;
  response.once('close', () => {
    endStream?.();
    metrics.countRequest(name, response.statusCode, (performance.now() - startedAt) / 1000);
  });
}

async function serve(
  { endpoint, handler, readBody }: Served,
  deps: RouterDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const caller = endpoint.auth === 'none' ? null : await deps.authenticate(bearerToken(request));
  // Not before it is known who asks: strangers cannot make the server read what they send.
  const body = await readBody?.(request, response);
  const { params, query } = request;
  const validated = validate(endpoint, { params, query, body });
  if (caller) assertOwnUserId(caller, validated.query, validated.body);

  const connection = watch(response, caller, deps.liveStreams);
  try {
    const answer = await handler({
      ...validated,
      caller,
      userAgent: request.get('user-agent') ?? '',
      address: addressKey(request),
      prefix: deps.prefixOf(request) ?? '',
      bearer: bearerToken(request),
      idempotencyKey: idempotencyKey(request),
      lastEventId: lastEventId(request),
      signal: connection.signal,
    });
    const { signal } = connection;
    await writeAnswer(endpoint, response, answer, { signal, heartbeatMs: deps.heartbeatMs });
  } finally {
    connection.close();
  }
}

/** The original's requests may name a user; it can only be the one who asks. */
function assertOwnUserId(caller: Caller, ...places: unknown[]): void {
  for (const place of places) {
    if (typeof place !== 'object' || place === null || !('user_id' in place)) continue;
    if (place.user_id !== undefined && place.user_id !== caller.userId) {
      throw new DomainError('forbidden', 'user_id must be your own, or be left out.');
    }
  }
}

/** Made once: an error of its own for each request, with its stack, costs more than the rest of this. */
const GONE = new DOMException('Nobody reads this answer any more.', 'AbortError');

/** A signal for as long as someone is there, and allowed, to read the answer. */
function watch(response: Response, caller: Caller | null, liveStreams: LiveStreams) {
  const gone = new AbortController();
  const leave = () => gone.abort(GONE);
  response.once('close', leave);
  const forget = caller ? liveStreams.open(caller.sessionId, leave) : undefined;
  return {
    signal: gone.signal,
    close() {
      response.off('close', leave);
      forget?.();
    },
  };
}
