import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { quantile } from './figures/quantile.js';
import { bar, report, table } from './figures/report.js';
import { announcedOrigin, cpuSecondsOfGroup } from './load/processes.js';

const { values } = parseArgs({ options: { times: { type: 'string', default: '7' } } });
const times = Number(values.times);
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SCRIPT = /<script[^>]+src="([^"]+)"/;

const dataDirectory = mkdtempSync(join(tmpdir(), 'bench-start-'));
// The first one builds what is stale and makes the database.
await measureStart();
const starts = [];
for (let time = 0; time < times; time += 1) starts.push(await measureStart());
rmSync(dataDirectory, { recursive: true, force: true });

const seconds = (name, pick) => {
  const all = starts.map(pick);
  return [name, ...[0, 0.5, 1].map((share) => quantile(all, share).toFixed(2))];
};
report('start', {
  tables: [
    `\`npm start\`, ${times} times, after a first one.`,
    table(
      ['', 'least, s', 'median', 'most'],
      [
        seconds('to its address on the terminal', (one) => one.announcedSeconds),
        seconds('to the page and its script', (one) => one.pageSeconds),
        seconds('processor time, npm and all', (one) => one.cpuSeconds),
      ],
    ),
  ],
  bars: [
    bar(3, {
      what: 'npm start to a page that answers, median',
      value: quantile(
        starts.map((one) => one.pageSeconds),
        0.5,
      ),
      unit: ' s',
    }),
  ],
  data: { times, starts },
});

async function measureStart() {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDirectory },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own: npm, its shell and the server are counted and ended together.
    detached: true,
  });
  const kill = () => process.kill(-child.pid, 'SIGKILL');
  process.once('exit', kill);
  const origin = await announcedOrigin(child);
  const announcedSeconds = elapsed();
  await loadPage(origin);
  const pageSeconds = elapsed();
  const cpuSeconds = cpuSecondsOfGroup(child.pid);
  const gone = once(child, 'exit');
  kill();
  process.off('exit', kill);
  await gone;
  return { announcedSeconds, pageSeconds, cpuSeconds };
}

async function loadPage(origin) {
  const page = await load(`${origin}/`);
  const script = SCRIPT.exec(page)?.[1];
  if (!script) throw new Error(`The page at ${origin} names no script: ${page.slice(0, 300)}`);
  await load(new URL(script, origin));
}

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}
