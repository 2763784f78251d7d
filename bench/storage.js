import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from './figures/random.js';
import { bar, report, table } from './figures/report.js';
import { SERVER, startHelper, startProgram, startServer, stopProgram } from './load/processes.js';
import { call, readJson } from './load/target.js';
import { askForPages } from './storage/ask.js';
import { loadFill } from './storage/load-fill.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000,100000,1000000' },
    times: { type: 'string', default: '200' },
    /** Address of a MongoDB to copy each size into and ask instead, without a database's name. */
    mongo: { type: 'string' },
  },
});
const sizes = values.messages.split(',').map(Number);
const times = Number(values.times);
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
const fill = await loadFill();
const upstream = await startHelper('upstream');
const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-storage-'));
process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }));
const options = { dataDirectory, upstream: upstream.origin, env: { MONGO_URI: '' } };
const file = join(dataDirectory, DATABASE_FILE);
const ownerId = await makeUser();

const random = createRandom(1);
const results = [];
let filled = 0;
for (const messages of sizes) {
  const chats = messages / MESSAGES_PER_CHAT;
  console.error(`${messages} messages ...`);
  const startedAt = performance.now();
  const messagesPerChat = MESSAGES_PER_CHAT;
  fill({ file, ownerId, random, messagesPerChat, from: filled, to: chats });
  const fillSeconds = (performance.now() - startedAt) / 1000;
  filled = chats;
  const server = await startServer(values.mongo ? await copyToMongo(messages) : options);
  const { origin } = server;
  const token = await logIn(origin);
  const asked = await askForPages({ origin, token, random: createRandom(2), times });
  await stopProgram(server);
  results.push({ messages, chats, fillSeconds, fileBytes: sizeOnDisk(), asked });
}
await stopProgram(upstream, 'SIGKILL');
print();

/** @returns options of a server on the copy */
async function copyToMongo(messages) {
  const uri = `${values.mongo.replace(/\/$/, '')}/bench_${process.pid}_${messages}`;
  const env = { DATA_DIR: dataDirectory, MONGO_URI: uri };
  const child = startProgram(SERVER, { args: ['migrate'], env });
  child.stdout.resume();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The copy to ${values.mongo} ended with code ${code}.`);
  return { ...options, env };
}

/** @returns {Promise<string>} the id of the one user there is */
async function makeUser() {
  const server = await startServer(options);
  const { user } = await readJson(await call(`${server.origin}/api/register`, { body: USER }));
  await stopProgram(server);
  return user.user_id;
}

/** A token made when the data is there: it may have taken longer than one lives. */
async function logIn(origin) {
  const { email, password } = USER;
  const body = { email, password };
  const { token } = await readJson(await call(`${origin}/api/login`, { body }));
  return token;
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
      `SQLite's file: ${results.map(({ fileBytes }) => `${(fileBytes / 1e6).toFixed(0)} MB`).join(', ')}.`,
    ],
    bars: kinds.map((kind) =>
      bar(limitOf(kind), { what: `${kind}, p95`, value: most.asked[kind].p95, unit: ' ms' }),
    ),
    data: { times, messagesPerChat: MESSAGES_PER_CHAT, results },
  });
}
