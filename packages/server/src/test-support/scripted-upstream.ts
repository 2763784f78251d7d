import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * One step of an answer.
 *
 * - `text`, `reasoning`: a delta; `field` is the delta's field, `content` or `reasoning_content` if absent
 * - `usage`, `finish`, `done`: what ends a well-behaved stream
 * - `error`: an error object in the middle of the stream
 * - `raw`: these characters as they are
 * - `flood`: that many bytes without a line end
 * - `wait`: that many milliseconds; `hold`: until the promise settles; `hang`: for ever
 * - `reset`: tears the connection down; `end`: closes it without `done`
 * - `status`: the whole answer, instead of a stream
 */
export type Step =
  | { do: 'text' | 'reasoning'; text: string; field?: string }
  | { do: 'usage'; prompt: number; completion: number }
  | { do: 'finish'; reason?: string }
  | { do: 'error'; error: unknown }
  | { do: 'raw'; data: string }
  | { do: 'flood'; bytes: number }
  | { do: 'wait'; ms: number }
  | { do: 'hold'; until: Promise<unknown> }
  | { do: 'done' | 'hang' | 'reset' | 'end' }
  | { do: 'status'; status: number; headers?: Record<string, string>; body?: unknown };

export type Script = readonly Step[];

/** What a chat completion was asked with. */
export interface UpstreamBody {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string }[];
  [field: string]: unknown;
}

export interface UpstreamRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: UpstreamBody;
  /** Resolves when the connection of this request is gone, with whether the answer was whole. */
  closed: Promise<{ wasWhole: boolean }>;
}

export interface ScriptedUpstream {
  /** What goes into a provider's `base_url`. */
  baseUrl: string;
  /** Chat completions received so far. */
  requests: UpstreamRequest[];
  /** Resolves with the nth request (from 0), as soon as there is one. */
  request(index: number): Promise<UpstreamRequest>;
  /** How every request is answered from now on. */
  answerWith(script: Script | ((body: UpstreamBody, index: number) => Script)): void;
  /** How GET /models is answered from now on. */
  listModels(answer: Extract<Step, { do: 'status' }>): void;
  /** How often GET /models was asked. */
  modelRequests: number;
  close(): Promise<void>;
}

/** A whole, well-behaved answer in these deltas. */
export function wholeReply(...deltas: string[]): Script {
  return [
    ...deltas.map((text) => ({ do: 'text', text }) as const),
    { do: 'finish' },
    { do: 'usage', prompt: 11, completion: deltas.length },
    { do: 'done' },
  ];
}

const FLOOD_PIECE = 'x'.repeat(64 * 1024);

/**
 * An OpenAI-compatible endpoint on a port of its own that behaves, or misbehaves, as it is told.
 * Its one model is `scripted`; without a script it answers with a short whole reply.
 */
export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
  let script: (body: UpstreamBody, index: number) => Script = () => wholeReply('Hello', '!');
  let models: Extract<Step, { do: 'status' }> = {
    do: 'status',
    status: 200,
    body: { object: 'list', data: [{ id: 'scripted', object: 'model' }] },
  };
  const requests: UpstreamRequest[] = [];
  const waiting = new Set<() => void>();

  const server = createServer((request, response) => {
    if (request.url?.endsWith('/models')) {
      upstream.modelRequests += 1;
      sendWhole(response, models);
      return;
    }
    void receive(request, response).then((received) => {
      const index = requests.push(received) - 1;
      for (const wake of waiting) wake();
      return play(response, script(received.body, index));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const upstream: ScriptedUpstream = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    modelRequests: 0,
    async request(index) {
      for (;;) {
        const found = requests[index];
        if (found) return found;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    answerWith(next) {
      script = typeof next === 'function' ? next : () => next;
    },
    listModels(answer) {
      models = answer;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return upstream;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<UpstreamRequest> {
  const closed = new Promise<{ wasWhole: boolean }>((resolve) => {
    response.once('close', () => resolve({ wasWhole: response.writableFinished }));
  });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as UpstreamBody,
    closed,
  };
}

async function play(response: ServerResponse, script: Script): Promise<void> {
  for (const step of script) {
    if (response.destroyed) return;
    if (step.do === 'status') {
      sendWhole(response, step);
      return;
    }
    await perform(response, step);
  }
  response.end();
}

async function perform(
  response: ServerResponse,
  step: Exclude<Step, { do: 'status' }>,
): Promise<void> {
  switch (step.do) {
    case 'text':
    case 'reasoning': {
      const field = step.field ?? (step.do === 'text' ? 'content' : 'reasoning_content');
      return send(response, chunk({ [field]: step.text }, null));
    }
    case 'finish':
      return send(response, chunk({}, step.reason ?? 'stop'));
    case 'usage': {
      const usage = { prompt_tokens: step.prompt, completion_tokens: step.completion };
      return send(response, { ...chunk({}, null), choices: [], usage });
    }
    case 'error':
      return send(response, { error: step.error });
    case 'done':
      return write(response, 'data: [DONE]\n\n');
    case 'raw':
      return write(response, step.data);
    case 'flood':
      return flood(response, step.bytes);
    case 'wait':
      await delay(step.ms);
      return;
    case 'hold':
      await step.until;
      return;
    case 'hang':
      await once(response, 'close');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'end':
      response.end();
  }
}

function chunk(delta: Record<string, string>, finishReason: string | null) {
  return {
    id: 'chatcmpl-scripted',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'scripted',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

function send(response: ServerResponse, data: unknown): Promise<void> {
  return write(response, `data: ${JSON.stringify(data)}\n\n`);
}

async function write(response: ServerResponse, data: string): Promise<void> {
  if (response.destroyed) return;
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (response.write(data)) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

async function flood(response: ServerResponse, bytes: number): Promise<void> {
  await write(response, 'data: {"choices":[{"delta":{"content":"');
  for (let sent = 0; sent < bytes && !response.destroyed; sent += FLOOD_PIECE.length) {
    await write(response, FLOOD_PIECE);
  }
}

function sendWhole(
  response: ServerResponse,
  { status, headers, body }: Extract<Step, { do: 'status' }>,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}
