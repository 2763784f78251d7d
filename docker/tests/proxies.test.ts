import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../../e2e/support/server-process.js';
import {
  isInstalled,
  makeCertificate,
  runCaddy,
  runNginx,
  type RunningProxy,
} from './support/run-proxy.js';
import { root } from './support/resolve-compose.js';

const execute = promisify(execFile);
const ORIGIN = 'https://www.example.org';
const PROBES_PER_MINUTE = 12;

describe.each([
  ['nginx', isInstalled('nginx', '-v'), runNginx],
  ['caddy', isInstalled('caddy', 'version'), runCaddy],
] as const)('the snippet for %s', (name, isThere, run) => {
  let folder: string;
  let server: ServerProcess;
  let proxy: RunningProxy;
  let cert: string;

  beforeAll(async () => {
    if (!isThere) return;
    folder = await mkdtemp(join(tmpdir(), `${name}-`));
    const certificate = makeCertificate(folder);
    cert = certificate.cert;
    server = await startServer({ env: { TRUST_PROXY: '1', CORS_ORIGINS: ORIGIN } });
    proxy = await run(folder, new URL(server.url).host, certificate);
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop('SIGKILL');
    if (folder) await rm(folder, { recursive: true });
  });

  it.skipIf(!isThere)('passes the doctor: streams, websockets, CORS, caching', async () => {
    const bin = join(root, 'packages/server/dist/bin.js');
    const args = [bin, 'doctor', proxy.url, '--origin', ORIGIN, '--idle', '3', '--json'];
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
    const { stdout } = await execute(process.execPath, args, { env }).catch(
      (error: unknown) => error as { stdout: string },
    );
    const { findings } = JSON.parse(stdout) as { findings: { verdict: string }[] };
    expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  });

  it.skipIf(!isThere)('is told from one whose certificate nobody trusts', async () => {
    const bin = join(root, 'packages/server/dist/bin.js');
    const run = execute(process.execPath, [bin, 'doctor', proxy.url]);
    const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
    expect(stdout).toContain('The certificate is signed by itself.');
  });

  it.skipIf(!isThere)('brings a reply word by word, and the news of it by websocket', async () => {
    const account = { username: name, email: `${name}@example.org`, password: 'correct horse' };
    const { token } = await post<{ token: string }>('/api/register', account);
    const socket = io(proxy.url, {
      path: '/api/ws',
      transports: ['websocket'],
      auth: { token },
      rejectUnauthorized: false,
      forceNew: true,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', reject);
    });
    const told = new Promise((resolve) => socket.once('reply_ended', resolve));
    const { chat_id } = await post<{ chat_id: string }>(
      '/api/chats',
      { message: 'Tell me something long.' },
      token,
    );
    const pieces: string[] = [];
    await ask(`/api/chats/stream?chat_id=${chat_id}`, {
      token,
      onPiece: (text) => pieces.push(text),
    });
    // Buffered, it would come in one piece.
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.join('')).toContain('event: message-end');
    await told;
    socket.close();
  });

  it.skipIf(!isThere)('tells the server who asks, whatever they say themselves', async () => {
    const statuses: number[] = [];
    for (let count = 0; count <= PROBES_PER_MINUTE; count += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${count}` };
      statuses.push((await ask('/api/probe', { headers, leavesEarly: true })).status);
    }
    expect(statuses.at(-1)).toBe(429);
    // The same headers are believed of a proxy, which is what a direct caller is taken for here.
    for (let count = 0; count <= PROBES_PER_MINUTE; count += 1) {
      const leave = new AbortController();
      const headers = { 'x-forwarded-for': `203.0.113.${count}` };
      const direct = await fetch(`${server.url}/api/probe`, { headers, signal: leave.signal });
      leave.abort();
      expect(direct.status).toBe(200);
    }
  });

  it.skipIf(!isThere)('sends plain HTTP on to HTTPS, where it is asked for that', async () => {
    if (proxy.plainUrl === undefined) return;
    const response = await fetch(`${proxy.plainUrl}/chat/x`, { redirect: 'manual' });
    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('https://localhost/chat/x');
  });

  interface AskOptions {
    token?: string | undefined;
    headers?: Record<string, string>;
    body?: object;
    onPiece?(text: string): void;
    leavesEarly?: boolean;
  }

  /** By Node's own client, which can be given the certificate. */
  function ask(path: string, options: AskOptions): Promise<{ status: number; text: string }> {
    const { token, body, onPiece, leavesEarly = false } = options;
    const headers = {
      ...options.headers,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    };
    return new Promise((resolve, reject) => {
      const method = body ? 'POST' : 'GET';
      const from = { method, headers, rejectUnauthorized: false };
      const outgoing = request(proxy.url + path, from, (response) => {
        const status = response.statusCode ?? 0;
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          text += piece;
          onPiece?.(piece);
        });
        response.on('end', () => resolve({ status, text }));
        if (!leavesEarly) return;
        resolve({ status, text });
        response.on('error', () => undefined).destroy();
      });
      outgoing.on('error', reject).end(body && JSON.stringify(body));
    });
  }

  async function post<Answer>(path: string, body: object, token?: string): Promise<Answer> {
    const { status, text } = await ask(path, { body, token });
    expect(status, text).toBeLessThan(300);
    return JSON.parse(text) as Answer;
  }
});
