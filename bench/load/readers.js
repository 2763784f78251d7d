import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../figures/quantile.js';
import { createRandom } from '../figures/random.js';
import { createReply, readInto } from './read-reply.js';
import { createSurvivors } from './survivors.js';
import { createTarget, readStored, stopReply } from './target.js';

/**
 * Readers of many replies, in a process of their own.
 *
 * Messages in: `{ id, do: one of the verbs, ... }`; out: `{ id, result }`.
 */
const MARK = /@(\d+)@/g;
const now = () => Number(process.hrtime.bigint() / 1000n);

let target;
let latencies = [];
let isMeasuring = false;
const readers = new Set();
const survivors = createSurvivors();

const verbs = {
  use: async (options) => {
    target = await createTarget(options);
  },
  open,
  measure,
  first: measureFirst,
  stops: measureStops,
  follow: async ({ replies }) => survivors.follow(target, replies),
  comeBack: async ({ origin }) => survivors.comeBack(target, origin),
  leave: async () => {
    for (const response of readers) response.destroy();
    readers.clear();
  },
};

process.on('message', async ({ id, do: verb, ...options }) => {
  try {
    process.send({ id, result: await verbs[verb](options) });
  } catch (error) {
    process.send({ id, error: error.stack ?? String(error) });
  }
});
process.on('disconnect', () => process.exit(0));

/** Opens so many streams, a few at a time; they stay open. */
async function open({ streams, atOnce = 20 }) {
  let left = streams;
  const opener = async () => {
    while (left-- > 0) read((await target.start()).response);
  };
  await Promise.all(Array.from({ length: atOnce }, opener));
}

function read(response) {
  readers.add(response);
  let rest = '';
  response.setEncoding('utf8').on('data', (piece) => {
    const at = now();
    const text = rest + piece;
    let end = 0;
    for (const match of text.matchAll(MARK)) {
      if (isMeasuring) latencies.push(at - Number(match[1]));
      end = match.index + match[0].length;
    }
    // A mark may be cut in two.
    const open = text.indexOf('@', end);
    rest = open === -1 ? '' : text.slice(open);
  });
  response.once('close', () => readers.delete(response)).on('error', () => undefined);
}

/** Milliseconds each token took from the provider to its reader, for a while. */
async function measure({ forMs }) {
  latencies = [];
  isMeasuring = true;
  await delay(forMs);
  isMeasuring = false;
  return { ...summary(latencies), open: readers.size };
}

/** Milliseconds from asking to the first token, one after the other. */
async function measureFirst({ times }) {
  const taken = [];
  for (let time = 0; time < times; time += 1) {
    const askedAt = now();
    const { response } = await target.start();
    taken.push((await firstMark(response)) - askedAt);
    await ended(response);
  }
  return summary(taken);
}

function firstMark(response) {
  return new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      if (text.search(MARK) !== -1) resolve(now());
    });
    response.once('end', () =>
      reject(new Error(`A stream without a token: ${text.slice(0, 500)}`)),
    );
  });
}

async function ended(response) {
  if (response.closed) return undefined;
  return new Promise((resolve) => response.resume().once('close', resolve));
}

/**
 * When each stop was asked for (some time `withinMs` of the first text), what its reader saw and what
 * was stored, one after the other.
 */
async function measureStops({ origin, times, withinMs }) {
  const random = createRandom(1);
  const stops = [];
  for (let time = 0; time < times; time += 1) {
    const { response, ...facts } = await target.start();
    const reply = createReply(facts);
    const { begun, closed } = readInto(reply, response);
    await begun;
    await delay(random() * withinMs);
    const askedAt = now();
    await stopReply(origin, reply);
    const answeredAt = now();
    await closed;
    const { content, status } = await readStored(origin, reply);
    stops.push({ askedAt, answeredAt, seen: reply.text, ending: reply.ending, content, status });
  }
  return stops;
}

function summary(microseconds) {
  const ms = microseconds.map((value) => value / 1000);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(ms, share));
  return { count: ms.length, p50, p95, p99, max: quantile(ms, 1) };
}
