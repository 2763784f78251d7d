import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { bar, report, table } from './figures/report.js';
import { startHelper, startServer, stopProgram, usageOf } from './load/processes.js';

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    /** Milliseconds between the tokens of one stream. */
    every: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    /** Goes before everything else on the machine, for one that is shared with others. */
    urgent: { type: 'boolean', default: false },
  },
});
const streams = Number(values.streams);
const everyMs = Number(values.every);
const forMs = Number(values.seconds) * 1000;
/** Of 200, one pause of the machine's would be the 99th percentile. */
const FIRST_TIMES = 1_000;
/** By then what a send runs is compiled, as in any server that has been up for a minute. */
const FIRST_WARM_UP = 100;
const WARM_UP = { streams: 50, ms: 2_000 };
const MEASURED_CORE = { core: 0, isUrgent: values.urgent };
const OTHER_CORE = { core: 1, isUrgent: values.urgent };

const upstream = await startHelper('upstream', OTHER_CORE);
const readers = await startHelper('readers', OTHER_CORE);
const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-server-'));

const results = [];
results.push(await measure('no one between', () => ({ origin: upstream.origin }), 'provider'));
results.push(
  await measure(
    'bare Node proxy',
    () => startHelper('proxy', { ...MEASURED_CORE, args: [upstream.origin] }),
    'provider',
  ),
);
results.push(
  await measure(
    'Chat Playground',
    () => startServer({ ...MEASURED_CORE, dataDirectory, upstream: upstream.origin }),
    'server',
  ),
);
for (const helper of [readers, upstream]) await stopProgram(helper, 'SIGKILL');
rmSync(dataDirectory, { recursive: true, force: true });

const [direct, proxy, server] = results;
const added = (part, share) => server[part][share] - direct[part][share];
report('server', {
  tables: [
    `${streams} streams, a token every ${everyMs} ms in each; ${FIRST_TIMES} first tokens one after the other.`,
    table(
      ['between', 'first token p50, ms', 'p99', 'each token p50, ms', 'p95', 'p99', 'max'],
      results.map(({ name, first, each }) => [
        name,
        ...[first.p50, first.p99, each.p50, each.p95, each.p99, each.max].map((ms) =>
          ms.toFixed(1),
        ),
      ]),
    ),
    table(
      ['between', 'tokens / s', 'of a core', 'tokens per core second', 'kB per stream'],
      [proxy, server].map((one) => [
        ...[one.name, one.tokensPerSecond.toFixed(0), `${(one.coreShare * 100).toFixed(0)} %`],
        ...[one.tokensPerCoreSecond.toFixed(0), (one.bytesPerStream / 1000).toFixed(0)],
      ]),
    ),
  ],
  bars: [
    bar(10, { what: 'added to the first token, p99', value: added('first', 'p99'), unit: ' ms' }),
    bar(25, { what: 'added to each token, p99', value: added('each', 'p99'), unit: ' ms' }),
    bar(60, {
      what: 'throughput of the bare proxy',
      value: (server.tokensPerCoreSecond / proxy.tokensPerCoreSecond) * 100,
      unit: ' %',
      isFloor: true,
    }),
    bar(100, { what: 'memory per stream', value: server.bytesPerStream / 1000, unit: ' kB' }),
  ],
  data: { streams, everyMs, results },
});

/**
 * First tokens with nothing else going on, then every token of many streams at once: each of a
 * program that has just begun, since the garbage of the former would be room for the latter.
 */
async function measure(name, start, kind) {
  console.error(`${name} ...`);
  const once = await warmedUp(start, kind);
  const first = await readers.ask('first', { times: FIRST_TIMES });
  if (once.child) await stopProgram(once);
  const program = await warmedUp(start, kind);
  upstream.child.send({ everyMs });
  await readers.ask('open', { streams: WARM_UP.streams });
  await delay(WARM_UP.ms);
  const idle = program.child && usageOf(program);
  await readers.ask('open', { streams: streams - WARM_UP.streams });
  const before = program.child && usageOf(program);
  const each = await readers.ask('measure', { forMs });
  const after = program.child && usageOf(program);
  await readers.ask('leave');
  upstream.child.send({ end: true });
  if (!program.child) return { name, first, each };
  await stopProgram(program);
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  return {
    ...{ name, first, each },
    tokensPerSecond: each.count / (forMs / 1000),
    coreShare: cpuSeconds / (forMs / 1000),
    tokensPerCoreSecond: each.count / cpuSeconds,
    bytesPerStream: (after.rssBytes - idle.rssBytes) / (streams - WARM_UP.streams),
  };
}

/** A program that the readers ask from now on, and have asked for a while. */
async function warmedUp(start, kind) {
  const program = await start();
  await readers.ask('use', { kind, origin: program.origin });
  upstream.child.send({ everyMs: 1, tokens: 4 });
  await readers.ask('first', { times: FIRST_WARM_UP });
  return program;
}
