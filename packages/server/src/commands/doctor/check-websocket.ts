import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { HOST, UPGRADE } from './advice.js';
import { explainFailure } from './explain-failure.js';
import { failed, ok, type Outcome } from './finding.js';
import type { Visit } from './visit.js';

const TIMEOUT_MS = 10_000;
const MAX_BODY_LENGTH = 2_000;
/** The first words of engine.io to a websocket, in an unmasked frame of text. */
const GREETING = '0{"sid"';

type Answer =
  | { kind: 'opened'; greeting: string }
  | { kind: 'refused'; status: number; text: string }
  | { kind: 'nothing'; error: unknown };

/** Whether live updates can come through a websocket, for the server's own page and another's. */
export async function checkWebsocket(visit: Visit): Promise<Outcome> {
  for (const origin of [visit.base.origin, visit.origin]) {
    if (origin === undefined) continue;
    const problem = problemOf(await openWebsocket(visit, origin), origin, visit);
    if (problem) return problem;
  }
  return ok('Upgrades pass, and so does what follows them.');
}

function problemOf(answer: Answer, origin: string, visit: Visit): Outcome | undefined {
  switch (answer.kind) {
    case 'opened':
      if (answer.greeting.includes(GREETING)) return undefined;
      return failed('The websocket opens, but nothing comes through it.', ...UPGRADE);
    case 'nothing': {
      const { found } = explainFailure(answer.error);
      return failed(`The websocket does not open. ${found}`, ...UPGRADE);
    }
    case 'refused': {
      const { status, text } = answer;
      if (!text.includes('origin not allowed')) {
        return failed(`The upgrade to a websocket is answered with status ${status}.`, ...UPGRADE);
      }
      const isOwn = origin === visit.base.origin;
      const advice = isOwn ? HOST : [`Add ${origin} to CORS_ORIGINS of the server.`];
      return failed(`The server refuses a websocket to pages of ${origin}.`, ...advice);
    }
  }
}

function openWebsocket(visit: Visit, origin: string): Promise<Answer> {
  const address = new URL('api/ws/?EIO=4&transport=websocket', visit.base);
  const request = address.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const outgoing = request(address, {
      timeout: TIMEOUT_MS,
      headers: {
        origin,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    outgoing.on('upgrade', (_response, socket, head) => {
      void readGreeting(socket, head).then((greeting) => resolve({ kind: 'opened', greeting }));
    });
    outgoing.on('response', (response) => {
      void readText(response).then((text) =>
        resolve({ kind: 'refused', status: response.statusCode ?? 0, text }),
      );
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer came in time')));
    outgoing.on('error', (error) => resolve({ kind: 'nothing', error }));
    outgoing.end();
  });
}

/** What comes first, and then no more. */
async function readGreeting(socket: Duplex, head: Buffer): Promise<string> {
  const timer = setTimeout(() => socket.destroy(), TIMEOUT_MS);
  let text = '';
  socket.unshift(head);
  try {
    for await (const chunk of socket) {
      text += (chunk as Buffer).toString('latin1');
      if (text.includes(GREETING)) break;
    }
  } catch {
    // Torn: what came until then is the answer.
  }
  clearTimeout(timer);
  socket.destroy();
  return text;
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > MAX_BODY_LENGTH) break;
    }
  } catch {
    // A refusal needs no last word.
  }
  return text;
}
