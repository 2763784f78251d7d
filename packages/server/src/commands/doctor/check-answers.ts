import { endpoints } from '@chat-playground/sdk/protocol';
import { ENCRYPTION } from './advice.js';
import { explainFailure } from './explain-failure.js';
import { failed, ok, warning, type Outcome } from './finding.js';
import { isLocal, type Visit } from './visit.js';

/** What is known once somebody has answered. */
export interface Greeting {
  version: string;
  headers: Headers;
  /** Of the server, by its `Date` header; with our own clock in the middle of asking. */
  clock: { server: number; ours: number } | null;
}

/** Whether the address leads to a Chat Playground, without a detour. */
export async function greet(
  visit: Visit,
): Promise<{ outcome: Outcome; greeting: Greeting | null }> {
  const askedAt = Date.now();
  const answer = await visit.ask('api/health').then(
    async (response) => ({ response, text: await response.text() }),
    (error: unknown) => ({ error }),
  );
  const answeredAt = Date.now();
  if ('error' in answer) {
    const { found, advice } = explainFailure(answer.error);
    return { outcome: failed(found, advice), greeting: null };
  }
  const { headers } = answer.response;
  const version = versionIn(answer.text);
  if (version === null) return { outcome: strange(answer.response), greeting: null };
  const outcome = ok(`Chat Playground ${version} answered in ${answeredAt - askedAt} ms.`);
  const date = Date.parse(headers.get('date') ?? '');
  const clock = Number.isNaN(date) ? null : { server: date, ours: (askedAt + answeredAt) / 2 };
  return { outcome, greeting: { version, headers, clock } };
}

function versionIn(text: string): string | null {
  try {
    const parsed = endpoints.health.response.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.version : null;
  } catch {
    return null;
  }
}

function strange({ status, headers }: Response): Outcome {
  const location = headers.get('location');
  if (status >= 300 && status < 400 && location !== null) {
    const target = location.replace(/api\/health.*$/, '');
    return failed(
      `The address sends on to ${target}; browsers send no preflight and no message after it.`,
      `Use ${target} everywhere, and ask the doctor about that.`,
    );
  }
  const advice = 'Check where the proxy passes /api on to, and the path in the address.';
  if ([502, 503, 504].includes(status)) {
    return failed(`A proxy answers (status ${status}), the server behind it does not.`, advice);
  }
  return failed(`Something else answers at api/health (status ${status}).`, advice);
}

/** Whether passwords travel unseen. */
export function checkEncryption({ base }: Visit, { headers }: Greeting): Outcome {
  if (isLocal(base)) return ok('On this machine there is nobody to listen in.');
  if (base.protocol === 'http:') {
    return failed('Passwords and chats travel in the open (http).', ...ENCRYPTION);
  }
  if (headers.has('strict-transport-security'))
    return ok('HTTPS, and browsers are told to insist.');
  return warning(
    'HTTPS, but the header strict-transport-security is taken away.',
    'Let the proxy pass the server’s headers on, or set it there.',
  );
}

/** Whether the server has all it needs: its database, and Redis where there is one. */
export async function checkReady(visit: Visit): Promise<Outcome> {
  const response = await visit.ask('api/ready');
  const body: unknown = await response.json().catch(() => null);
  const ready = endpoints.ready.response.safeParse(body);
  if (response.status === 200 && ready.success) {
    const { redis } = ready.data;
    if (redis !== 'degraded')
      return ok(redis ? 'Database and Redis answer.' : 'The database answers.');
    return warning(
      'The database answers; Redis does not, so each node works by itself.',
      'Start Redis, or correct REDIS_URL.',
    );
  }
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : '';
  return failed(
    `The server is not ready (status ${response.status})${message && `: ${message}`}`,
    'Start the database, or correct MONGO_URI; the server’s log says more.',
  );
}
