/**
 * Drives the whole API by its own description: `npm run test:api`. Schemathesis reads
 * /api/openapi.json of a running server and sends, as someone signed in, what the schemas allow and
 * what they forbid. No answer may be a 5xx, have a status that is not described, or break the
 * schema of its status. The seed is fixed: the same server gets the same requests.
 *
 * Needs Python 3.10 or newer.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildWhatIsStale, root } from './build.js';
import { makePythonEnvironment } from './python-environment.js';
import { run } from './run.js';

const SCHEMATHESIS = 'schemathesis==4.32.5';
const SEED = '20260101';
/** Per operation; the systematic cases (each limit of each field) come on top. */
const EXAMPLES = process.env.API_EXAMPLES ?? '10';
const PROBES_PER_MINUTE = 12;
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
  'unsupported_method',
  'ignored_auth',
];

const folder = mkdtempSync(join(tmpdir(), 'chat-playground-api-'));

/** @returns {Promise<{ address: string, end: () => void }>} */
function startServer() {
  const child = spawn(process.execPath, [join(root, 'packages/server/dist/bin.js')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: folder,
      LOCAL_PROVIDERS: 'off',
      METRICS_TOKEN: 'metrics-token-of-the-tests',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
    createInterface({ input: child.stdout }).once('line', (line) => {
      const port = /http:\/\/localhost:(\d+)/.exec(line)?.[1];
      resolve({ address: `http://127.0.0.1:${port}`, end: () => child.kill('SIGKILL') });
    });
  });
}

/** Asks as this person, and wants to be answered. */
async function request(address, token, method, path, body) {
  const response = await fetch(`${address}/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

/** Something of every kind, twice: to be asked for, and to be deleted. */
async function makeThings(address, token) {
  const parameters = { output_length: 20 };
  const make = async () => {
    const message = 'Say something';
    const sent = await request(address, token, 'POST', '/chats', { message, parameters });
    const { chat_id, reply } = sent;
    await request(address, token, 'GET', `/chats/stream?chat_id=${chat_id}`);
    const preset = { name: `Terse ${chat_id}`, parameters };
    const { preset_id } = await request(address, token, 'POST', '/presets', preset);
    return { chat_id, message_id: reply.message_id, preset_id };
  };
  return { kept: await make(), doomed: await make() };
}

/**
 * Leaves of the probes an address may have in a minute only two: each is a stream of two seconds, and
 * dozens are asked for. The others are refused, as described.
 */
async function useUpProbes(address) {
  for (let count = 0; count < PROBES_PER_MINUTE - 2; count += 1) {
    const leave = new AbortController();
    await fetch(`${address}/api/probe`, { signal: leave.signal });
    leave.abort();
  }
}

/**
 * The description with examples of ids that exist, wherever an operation takes one: ids made up
 * lead to nothing but 404.
 */
function withExamples(description, { kept, doomed }) {
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const isDeleting = method === 'delete' || /\/(delete|restore)$/.test(path);
      addExamples(operation, isDeleting ? doomed : kept);
    }
  }
  return description;
}

function addExamples({ parameters = [], requestBody }, ids) {
  for (const parameter of parameters) {
    if (parameter.name in ids) parameter.example = ids[parameter.name];
    // A stream is held as long as it is asked for, up to two minutes: too long to wait for here.
    if (parameter.name === 'hold_seconds') parameter.schema.maximum = 1;
  }
  const properties = requestBody?.content['application/json'].schema.properties ?? {};
  for (const [name, property] of Object.entries(properties)) {
    if (name in ids) property.examples = [ids[name]];
  }
}

async function fuzz({ address }, programIn) {
  const { token } = await request(address, undefined, 'POST', '/register', {
    username: 'someone',
    email: 'someone@example.org',
    password: 'correct horse battery staple',
  });
  const description = await request(address, undefined, 'GET', '/openapi.json');
  const file = join(folder, 'openapi.json');
  const things = await makeThings(address, token);
  writeFileSync(file, JSON.stringify(withExamples(description, things)));
  await useUpProbes(address);
  const report = join(folder, 'report.xml');
  await run(
    programIn('st'),
    [
      ...['run', file, '--url', address, '--header', `Authorization: Bearer ${token}`],
      ...['--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing'],
      ...['--max-examples', EXAMPLES, '--seed', SEED, '--no-shrink', '--workers', '1'],
      ...['--request-timeout', '30', '--warnings', 'off', '--continue-on-failure'],
      ...['--report', 'junit', '--report-junit-path', report],
    ],
    { cwd: folder },
  );
  return readCounts(report);
}

/** A test is one operation: all of its answers were as described, or some were not. */
function readCounts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const [head] = /<testsuites [^>]*>/.exec(readFileSync(report, 'utf8')) ?? [''];
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  return { passed: count('tests') - failed, failed };
}

await buildWhatIsStale();
let counts = { passed: 0, failed: 1 };
let server;
try {
  const programIn = await makePythonEnvironment('schemathesis', [SCHEMATHESIS]);
  server = await startServer();
  counts = await fuzz(server, programIn);
} catch (error) {
  console.error(error.message);
} finally {
  server?.end();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
