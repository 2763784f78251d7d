import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from './figures/quantile.js';
import { bar, report, table } from './figures/report.js';
import { startHelper, startServer, stopProgram } from './load/processes.js';
import { marksOf } from './load/read-reply.js';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '150' },
    /** Other replies that go on meanwhile. */
    live: { type: 'string', default: '100' },
  },
});
const times = Number(values.times);
const live = Number(values.live);
const EVERY_MS = 50;
/** A stop falls anywhere within this of a reply's first text. */
const WITHIN_MS = 300;

const upstream = await startHelper('upstream');
const readers = await startHelper('readers');
const closedAt = new Map();
upstream.child.on('message', ({ sentAt, closedAt: at }) => closedAt.set(sentAt?.[0], at));
upstream.child.send({ everyMs: EVERY_MS });

const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-stop-'));
const server = await startServer({ dataDirectory, upstream: upstream.origin });
const { origin } = server;
await readers.ask('use', { kind: 'server', origin });
await readers.ask('open', { streams: live });
const stops = await readers.ask('stops', { origin, times, withinMs: WITHIN_MS });
await readers.ask('leave');
for (const program of [server, readers, upstream]) await stopProgram(program, 'SIGKILL');
rmSync(dataDirectory, { recursive: true, force: true });

const closed = stops.map(({ seen, askedAt }) => closedAt.get(marksOf(seen)[0]) - askedAt);
const answered = stops.map(({ answeredAt, askedAt }) => answeredAt - askedAt);
const neverClosed = closed.filter(Number.isNaN).length;
const different = stops.filter(({ seen, content }) => seen !== content).length;
const otherEnding = stops.filter((one) => one.ending !== 'stopped' || one.status !== 'stopped');
const inMs = (values, share) => quantile(values, share) / 1000;
const shares = [0.5, 0.95, 0.99, 1];
const row = (name, values) => [name, ...shares.map((share) => inMs(values, share).toFixed(1))];
report('stop', {
  tables: [
    `${times} replies stopped one after the other, while ${live} others go on with a token every ${EVERY_MS} ms.`,
    table(
      ['from the stop request to', 'p50, ms', 'p95', 'p99', 'max'],
      [row("the provider's socket closed", closed), row('the answer', answered)],
    ),
  ],
  bars: [
    bar(100, { what: "provider's socket closed, p95", value: inMs(closed, 0.95), unit: ' ms' }),
    bar(0, { what: 'sockets left open', value: neverClosed, digits: 0 }),
    bar(0, { what: 'stored text is not what the reader saw', value: different, digits: 0 }),
    bar(0, {
      what: 'shown or stored as anything but stopped',
      value: otherEnding.length,
      digits: 0,
    }),
  ],
  data: { times, live, everyMs: EVERY_MS, closedUs: closed, answeredUs: answered },
});
