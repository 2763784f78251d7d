import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from './figures/random.js';
import { bar, report, table } from './figures/report.js';
import { SERVER, startHelper, startProgram, startServer, stopProgram } from './load/processes.js';
import { call, readJson } from './load/target.js';
import { askForPages } from './storage/ask.js';
import { buildFiller, FILLER } from './storage/build-filler.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000,100000,1000000' },
    times: { type: 'string', default: '200' },
    /** Most seconds to ask for one kind of page or search. */
    seconds: { type: 'string', default: '10' },
    /** Address of a MongoDB to copy each size into and ask instead, without a database's name. */
    mongo: { type: 'string' },
    /** A folder to keep the data in, and to find it again instead of filling it anew. */
    data: { type: 'string' },
  },
});
const sizes = values.messages.split(',').map(Number);
const times = Number(values.times);
const maxMs = Number(values.seconds) * 1000;
const MESSAGES_PER_CHAT = 100;
/** Fewer would leave no second page of chats to ask for. */
const MIN_MESSAGES = 4_000;
const USER = { username: 'bench', email: 'bench@example.org', password: 'a long passphrase' };
const DATABASE_FILE = 'chat-playground.sqlite';

if (!sizes.every((size) => size >= MIN_MESSAGES)) {
  throw new Error(
    `--messages is ${values.messages}: expected numbers from ${MIN_MESSAGES}, rising.`,
  );
}
await buildFiller();
const upstream = await startHelper('upstream');
const dataDirectory = values.data ?? mkdtempSync(join(tmpdir(), 'bench-storage-'));
if (values.data === undefined) {
  process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }));
}
const options = { dataDirectory, upstream: upstream.origin, env: { MONGO_URI: '' } };
const file = join(dataDirectory, DATABASE_FILE);
const ownerId = await findUser();

const results = [];
for (const messages of sizes) {
  const chats = messages / MESSAGES_PER_CHAT;
  console.error(`${messages} messages ...`);
  const startedAt = performance.now();
  await run(FILLER, [JSON.stringify({ file, ownerId, messagesPerChat: MESSAGES_PER_CHAT, chats })]);
  const fillSeconds = (performance.now() - startedAt) / 1000;
  const server = await startServer(values.mongo ? await copyToMongo(messages) : options);
  const { origin } = server;
  // A new token: filling may have taken longer than one lives.
  const { token } = await logIn(origin);
  const asked = await askForPages({ origin, token, random: createRandom(2), times, maxMs });
  await stopProgram(server);
  results.push({ messages, chats, fillSeconds, fileBytes: sizeOnDisk(), asked });
}
await stopProgram(upstream, 'SIGKILL');
print();

/** @returns options of a server on the copy */
async function copyToMongo(messages) {
  const uri = `${values.mongo.replace(/\/$/, '')}/bench_${process.pid}_${messages}`;
  const env = { DATA_DIR: dataDirectory, MONGO_URI: uri };
  await run(SERVER, ['migrate'], env);
  return { ...options, env };
}

async function run(program, args, env) {
  const child = startProgram(program, { args, env });
  child.stdout.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${program} ended with code ${code}.`);
}

/** @returns {Promise<string>} the id of the one user there is */
async function findUser() {
  const isNew = !existsSync(file);
  const server = await startServer(options);
  const { user } = isNew
    ? await readJson(await call(`${server.origin}/api/register`, { body: USER }))
    : await logIn(server.origin);
  await stopProgram(server);
  return user.user_id;
}

async function logIn(origin) {
  const { email, password } = USER;
  return readJson(await call(`${origin}/api/login`, { body: { email, password } }));
}

/** With what its journal still holds. */
function sizeOnDisk() {
  const journal = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return statSync(file).size + (journal?.size ?? 0);
}

function print() {
  const [least, most] = [results[0], results.at(-1)];
  const kinds = Object.keys(most.asked);
  const cell = ({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`;
  const sizeOf = ({ messages, chats }) =>
    `${messages.toLocaleString('en')} messages, ${chats.toLocaleString('en')} chats`;
  const growth = (kind) => most.asked[kind].p50 / least.asked[kind].p50;
  const limitOf = (kind) => (kind.startsWith('search') ? 100 : 20);
  report(values.mongo ? 'storage-mongo' : 'storage', {
    tables: [
      `${values.mongo ? 'MongoDB' : 'SQLite'} through the HTTP API, one user, up to ${times} requests of each kind one after the other: p50 / p95 in ms.`,
      table(
        ['', ...results.map(sizeOf), 'p50, most / least'],
        kinds.map((kind) => [
          ...[kind, ...results.map(({ asked }) => cell(asked[kind]))],
          `${growth(kind).toFixed(1)}x`,
        ]),
      ),
      ...describeLongSearches(kinds, cell, sizeOf),
      `SQLite's file: ${results.map(({ fileBytes }) => `${(fileBytes / 1e6).toFixed(0)} MB`).join(', ')}.`,
    ],
    bars: kinds.map((kind) =>
      bar(limitOf(kind), { what: `${kind}, p95`, value: most.asked[kind].p95, unit: ' ms' }),
    ),
    data: { times, messagesPerChat: MESSAGES_PER_CHAT, results },
  });
}

/** A table of the searches one request did not answer; nothing when there were none. */
function describeLongSearches(kinds, cell, sizeOf) {
  const isLong = (kind) => results.some(({ asked }) => asked[kind].whole.mostRequests > 1);
  const long = kinds.filter(isLong);
  if (long.length === 0) return [];
  const tell = ({ whole }) => `${cell(whole)}, ${whole.mostRequests}`;
  return [
    'Searches that took more than one request, to their first messages or their end: p50 / p95 in ms, and the most requests.',
    table(
      ['', ...results.map(sizeOf)],
      long.map((kind) => [kind, ...results.map(({ asked }) => tell(asked[kind]))]),
    ),
  ];
}
