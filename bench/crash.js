import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { quantile } from './figures/quantile.js';
import { createRandom } from './figures/random.js';
import { bar, report, table } from './figures/report.js';
import { startHelper, startServer, stopProgram } from './load/processes.js';
import { marksOf, sentText } from './load/read-reply.js';

const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '100' },
    /** Kills, each of a server with so many live replies. */
    crashes: { type: 'string', default: '8' },
    /** Milliseconds between the tokens of one reply. */
    every: { type: 'string', default: '50' },
  },
});
const replies = Number(values.replies);
const crashes = Number(values.crashes);
const everyMs = Number(values.every);
/** The kill falls anywhere within a window of persistence, after the replies have run for a while. */
const RUN_MS = 1_000;
const KILL_WITHIN_MS = 250;
const random = createRandom(1);
const now = () => Number(process.hrtime.bigint() / 1000n);

const results = [];
for (let crash = 0; crash < crashes; crash += 1) results.push(await measureCrash());

const all = results.flatMap(({ outcomes }) => outcomes);
const count = (isSo) => all.filter(isSo).length;
const lostMs = all.map((one) => one.lostMs);
const shownMs = all.map((one) => one.shownMs);
const restartMs = results.map((one) => one.restartMs);
const shares = [0.5, 0.95, 1];
const row = (name, ms) => [name, ...shares.map((share) => quantile(ms, share).toFixed(0))];
const sum = (pick) => results.reduce((total, result) => total + pick(result), 0);
report('crash', {
  tables: [
    `${crashes} times kill -9 during ${replies} live replies, a token every ${everyMs} ms in each.`,
    table(
      ['', 'p50, ms', 'p95', 'max'],
      [
        row('text lost of a reply: from the first token lost to the kill', lostMs),
        row('of it, shown to the reader before', shownMs),
        row('from starting the server again to its address', restartMs),
      ],
    ),
  ],
  bars: [
    bar(0, { what: 'chats lost', value: sum((one) => one.chatsLost), digits: 0 }),
    bar(250, { what: 'text lost of each reply, p95', value: quantile(lostMs, 0.95), unit: ' ms' }),
    bar(0, {
      what: 'replies not stored as interrupted',
      value: count((one) => one.status !== 'interrupted'),
      digits: 0,
    }),
    bar(0, {
      what: 'stored text is no beginning of what was sent',
      value: count((one) => !one.isBeginning),
      digits: 0,
    }),
    bar(0, {
      what: 'readers back without an ending',
      value: count((one) => one.ending !== 'interrupted'),
      digits: 0,
    }),
  ],
  data: { replies, crashes, everyMs, results },
});

async function measureCrash() {
  const upstream = await startHelper('upstream');
  const readers = await startHelper('readers');
  const sent = new Map();
  upstream.child.on('message', ({ sentAt }) => sent.set(sentAt[0], sentAt));
  upstream.child.send({ everyMs });
  const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-crash-'));
  const options = { dataDirectory, upstream: upstream.origin };
  const first = await startServer(options);
  await readers.ask('use', { kind: 'server', origin: first.origin });
  await readers.ask('follow', { replies });
  await delay(RUN_MS + random() * KILL_WITHIN_MS);
  const killedAt = now();
  await stopProgram(first, 'SIGKILL');
  const startedAt = now();
  const second = await startServer(options);
  const restartMs = (now() - startedAt) / 1000;
  const { outcomes, chatsLost } = await readers.ask('comeBack', { origin: second.origin });
  for (const program of [second, readers, upstream]) await stopProgram(program, 'SIGKILL');
  rmSync(dataDirectory, { recursive: true, force: true });
  return {
    ...{ chatsLost, restartMs },
    outcomes: outcomes.map((one) => compare(one, sent.get(marksOf(one.seen)[0]), killedAt)),
  };
}

/** Holds what was stored and what was seen against what the provider had sent by the kill. */
function compare({ seen, stored = '', status, ending }, sentAt, killedAt) {
  const [keptMarks, seenMarks] = [marksOf(stored), marksOf(seen)];
  const lost = sentAt.slice(keptMarks.length).filter((at) => at <= killedAt);
  const shown = seenMarks.slice(keptMarks.length);
  const span = (marks) => (marks.length === 0 ? 0 : (killedAt - marks[0]) / 1000);
  return {
    ...{ status, ending },
    lostMs: span(lost),
    shownMs: span(shown),
    isBeginning: sentText(sentAt).startsWith(stored),
  };
}
