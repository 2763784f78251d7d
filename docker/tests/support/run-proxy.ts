import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../../packages/server/src/test-support/free-port.js';
import { root } from './resolve-compose.js';

const LOOK_EVERY_MS = 50;
const MAX_LOOKS = 400;

export interface RunningProxy {
  /** As browsers reach it. */
  url: string;
  /** Where the same is asked for without TLS, if the snippet says anything of that. */
  plainUrl: string | undefined;
  stop(): Promise<void>;
}

/** @throws in CI, where nothing is left out */
export function isInstalled(command: string, flag: string): boolean {
  try {
    const { PATH = '' } = process.env;
    execFileSync(command, [flag], { stdio: 'ignore', env: { PATH: `${PATH}:/usr/sbin` } });
    return true;
  } catch {
    if (process.env.CI) throw new Error(`${command} is needed to try its snippet.`);
    process.stderr.write(`SKIPPED the snippet for ${command}, which is not installed\n`);
    return false;
  }
}

interface Certificate {
  cert: string;
  key: string;
}

/** For localhost, signed by itself. */
export function makeCertificate(folder: string): Certificate {
  const certificate = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '1', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-keyout', certificate.key, '-out', certificate.cert],
    ],
    { stdio: 'ignore' },
  );
  return certificate;
}

/** The snippet of docs/deployment.md in this language, each text replaced; all must be in it. */
function snippet(language: string, replacements: [string, string][]): string {
  const page = readFileSync(join(root, 'docs/deployment.md'), 'utf8');
  const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1];
  if (found === undefined) throw new Error(`docs/deployment.md has no snippet for ${language}.`);
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The snippet for ${language} has no "${from}".`);
    return text.replaceAll(from, to);
  }, found);
}

export async function runNginx(
  folder: string,
  upstream: string,
  { cert, key }: Certificate,
): Promise<RunningProxy> {
  const [port, plainPort] = [await freePort(), await freePort()];
  const site = snippet('nginx', [
    ['127.0.0.1:5001', upstream],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['/etc/letsencrypt/live/chat.example.org/fullchain.pem', cert],
    ['/etc/letsencrypt/live/chat.example.org/privkey.pem', key],
    ['chat.example.org', 'localhost'],
  ]);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = places.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log stderr;
events {}
http {
access_log off;
${paths}
${site}
}
`,
  );
  const stop = await start('nginx', ['-e', 'stderr', '-c', file], port);
  return { url: `https://localhost:${port}`, plainUrl: `http://localhost:${plainPort}`, stop };
}

export async function runCaddy(
  folder: string,
  upstream: string,
  { cert, key }: Certificate,
): Promise<RunningProxy> {
  const port = await freePort();
  const site = snippet('caddyfile', [
    ['127.0.0.1:5001', upstream],
    ['chat.example.org {', `https://localhost:${port} {\n  tls ${cert} ${key}`],
  ]);
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n  admin off\n  auto_https disable_redirects\n}\n${site}`);
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  const stop = await start('caddy', args, port, { HOME: folder });
  return { url: `https://localhost:${port}`, plainUrl: undefined, stop };
}

/** The way below a path, over plain HTTP. @param keepsPath as for a server that has a `BASE_PATH` */
export async function runNginxPath(
  folder: string,
  upstream: string,
  keepsPath: boolean,
): Promise<RunningProxy> {
  const port = await freePort();
  const target = `http://127.0.0.1:5001`;
  const site = snippet('nginx-path', [
    [`${target}/;`, keepsPath ? `http://${upstream};` : `http://${upstream}/;`],
  ]);
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = places.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n');
  const file = join(folder, 'nginx-path.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${join(folder, 'nginx-path.pid')}; error_log stderr;
events {}
http {
access_log off;
${paths}
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
server {
listen 127.0.0.1:${port};
absolute_redirect off;
${site}
}
}
`,
  );
  const stop = await start('nginx', ['-e', 'stderr', '-c', file], port);
  return { url: `http://localhost:${port}`, plainUrl: undefined, stop };
}

/** As {@link runNginxPath}. */
export async function runCaddyPath(
  folder: string,
  upstream: string,
  keepsPath: boolean,
): Promise<RunningProxy> {
  const port = await freePort();
  const site = snippet('caddyfile-path', [
    ['127.0.0.1:5001', upstream],
    ['handle_path', keepsPath ? 'handle' : 'handle_path'],
  ]);
  const file = join(folder, 'Caddyfile-path');
  writeFileSync(file, `{\n  admin off\n}\nhttp://localhost:${port} {\n${site}}\n`);
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  const stop = await start('caddy', args, port, { HOME: folder });
  return { url: `http://localhost:${port}`, plainUrl: undefined, stop };
}

/** Starts a program and waits until it listens. @returns its end */
async function start(
  command: string,
  args: string[],
  port: number,
  environment: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const { PATH = '' } = process.env;
  const child = spawn(command, args, {
    env: { PATH: `${PATH}:/usr/sbin`, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += String(chunk)));
  const exited = once(child, 'exit');
  for (let looks = 0; !(await isListening(port)); looks += 1) {
    if (child.exitCode !== null || looks > MAX_LOOKS) throw new Error(`${command}: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
