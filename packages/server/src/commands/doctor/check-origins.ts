import { IDEMPOTENCY_HEADER } from '@chat-playground/sdk/protocol';
import { HOST } from './advice.js';
import { failed, ok, skipped, warning, type Outcome } from './finding.js';
import type { Visit } from './visit.js';

const NEEDED_HEADERS = ['authorization', 'content-type', 'last-event-id', IDEMPOTENCY_HEADER];
/** No site can have it (RFC 2606). */
const STRANGER = 'https://stranger.invalid';

/** Whether the server takes its own page for its own: it compares `Origin` with `Host`. */
export async function checkOwnPage(visit: Visit): Promise<Outcome> {
  const allowed = await allowedFor(visit, visit.base.origin);
  if (allowed !== null) return ok('The server knows its own address.');
  return failed(
    'The server takes its own page for a stranger’s: the proxy does not pass the Host header on.',
    ...HOST,
  );
}

/** Whether the pages of a website may use the server. */
export async function checkCors(visit: Visit): Promise<Outcome> {
  const { origin } = visit;
  if (origin === undefined) {
    return skipped(
      'Name the website that embeds the chat to have this looked at: --origin https://…',
    );
  }
  const allowed = await allowedFor(visit, origin);
  const preflight = await visit.ask('api/chats', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': NEEDED_HEADERS.join(','),
    },
  });
  await preflight.body?.cancel();
  for (const [what, value] of [
    ['answers', allowed],
    ['preflights', preflight.headers.get('access-control-allow-origin')],
  ] as const) {
    const problem = problemOf(what, value, origin);
    if (problem) return problem;
  }
  const listed = (preflight.headers.get('access-control-allow-headers') ?? '').toLowerCase();
  const missing = NEEDED_HEADERS.filter((name) => !listed.includes(name));
  if (!preflight.ok || missing.length > 0) {
    return failed(
      `The preflight is answered with status ${preflight.status} and without ${missing.join(', ') || 'an OK'}.`,
      'Let the proxy pass OPTIONS requests on to the server instead of answering them.',
    );
  }
  if ((await allowedFor(visit, STRANGER)) === null)
    return ok(`Pages of ${origin} may use the server.`);
  return warning(
    `Pages of ${origin} may use the server, and so may those of any other site.`,
    'Name the sites in CORS_ORIGINS instead of *.',
  );
}

async function allowedFor(visit: Visit, origin: string): Promise<string | null> {
  const response = await visit.ask('api/health', { headers: { origin } });
  await response.body?.cancel();
  return response.headers.get('access-control-allow-origin');
}

function problemOf(what: string, value: string | null, origin: string): Outcome | undefined {
  if (value === origin || value === '*') return undefined;
  if (value === null) {
    return failed(
      `Browsers keep ${what} from pages of ${origin}: they come without access-control-allow-origin.`,
      `Add ${origin} to CORS_ORIGINS of the server, and let the proxy pass its headers on.`,
    );
  }
  return failed(
    `Browsers keep ${what} from pages of ${origin}: access-control-allow-origin is "${value}".`,
    'Let the server alone set CORS headers: remove add_header or header Access-Control-… from the proxy.',
  );
}
